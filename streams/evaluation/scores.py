"""Scores of found statements against annotated ones.

Contents are compared as sets of alphanumeric code points, so that a comma or quotation mark more or less does not
count. Statements are matched one to one, greedily from the best overlap down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schemas import Statement
from streams.evaluation.gold import PARTS, GoldArticle, GoldStatement

Spans = Sequence[tuple[int, int]]
Points = frozenset[int]

THRESHOLDS = (0.3, 0.5, 0.8, 1.0)
"""Least overlaps of contents at which statements count as the same; the last asks for exactly the same."""

SAME_SOURCE = 0.5


@dataclass(frozen=True)
class Found:
    """A found statement's spans; ``statement`` is absent where only spans are scored."""

    source: Spans
    cue: Spans
    content: Spans
    confidence: float
    statement: Statement | None = None


@dataclass(frozen=True)
class F1:
    """Counts from which precision, recall and F1 follow; 0 where nothing was asked and nothing found."""

    right: int = 0
    found: int = 0
    asked: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what was asked that was found."""
        return self.right / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.right / (self.found + self.asked) if self.found + self.asked else 0.0

    def __add__(self, other: F1) -> F1:
        return F1(self.right + other.right, self.found + other.found, self.asked + other.asked)


def points(spans: Spans, body: str) -> Points:
    """The alphanumeric code points under ``spans``."""
    return frozenset(i for start, end in spans for i in range(start, end) if body[i].isalnum())


def overlap(one: Points, other: Points) -> float:
    """Intersection over union; 0 for two empty sets."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def same_source(gold: GoldStatement, found: Found, body: str) -> bool:
    """Whether both have the same source, give or take a title or an apposition: an overlap above one half."""
    asked, given = points(gold.source, body), points(found.source, body)
    return asked == given or overlap(asked, given) > SAME_SOURCE


def match(gold: Sequence[Points], found: Sequence[Points], least: float) -> list[tuple[int, int]]:
    """Pairs (gold, found) with an overlap of ``least`` or more, each used once, best first."""
    pairs = sorted(
        ((overlap(g, f), -i, -j) for i, g in enumerate(gold) for j, f in enumerate(found) if g & f), reverse=True
    )
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    matched = []
    for share, i, j in pairs:
        if share >= least and -i not in taken_gold and -j not in taken_found:
            taken_gold.add(-i)
            taken_found.add(-j)
            matched.append((-i, -j))
    return matched


@dataclass(frozen=True)
class Share:
    """So many right of so many."""

    right: int
    of: int

    @property
    def share(self) -> float | None:
        """In [0, 1]; null where there was nothing to get right."""
        return self.right / self.of if self.of else None

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)


@dataclass(frozen=True)
class ArticleScore:
    """One article's matches; what matches only an optional statement counts neither way.

    ``content`` at each of the ``THRESHOLDS``; ``matched``, ``missed`` and ``extra`` at the lowest of them, and how many
    of the matched are ``source_exact``; ``spans`` of each part over the whole article, whoever's statement they are.
    """

    article: GoldArticle
    found: tuple[Found, ...]
    content: Mapping[float, F1]
    matched: tuple[tuple[GoldStatement, Found], ...]
    missed: tuple[GoldStatement, ...]
    extra: tuple[Found, ...]
    source_exact: int
    spans: Mapping[str, F1]


def _content_score(gold: Sequence[Points], optional: Sequence[bool], found: Sequence[Points], least: float) -> F1:
    pairs = match(gold, found, least)
    spare = sum(optional[i] for i, _ in pairs)
    return F1(len(pairs) - spare, len(found) - spare, len(gold) - sum(optional))


def _span_score(article: GoldArticle, found: Sequence[Found], part: str) -> F1:
    """Exact spans of one part over the whole article, as sets."""

    def spans(statements: Iterable[GoldStatement | Found]) -> set[Points]:
        return {points([span], article.body) for s in statements for span in getattr(s, part)} - {frozenset()}

    asked, given = spans(s for s in article.statements if not s.optional), spans(found)
    spare = spans(s for s in article.statements if s.optional) - asked
    given -= spare
    return F1(len(asked & given), len(given), len(asked))


def score(article: GoldArticle, found: Sequence[Found]) -> ArticleScore:
    """Compare what was ``found`` in ``article`` with what its readers found."""
    gold = [points(s.content, article.body) for s in article.statements]
    optional = [s.optional for s in article.statements]
    contents = [points(f.content, article.body) for f in found]
    pairs = match(gold, contents, THRESHOLDS[0])
    matched = tuple((article.statements[i], found[j]) for i, j in pairs if not optional[i])
    seen_gold, seen_found = {i for i, _ in pairs}, {j for _, j in pairs}
    return ArticleScore(
        article=article,
        found=tuple(found),
        content={least: _content_score(gold, optional, contents, least) for least in THRESHOLDS},
        matched=matched,
        missed=tuple(s for i, s in enumerate(article.statements) if i not in seen_gold and not optional[i]),
        extra=tuple(f for j, f in enumerate(found) if j not in seen_found),
        source_exact=sum(points(g.source, article.body) == points(f.source, article.body) for g, f in matched),
        spans={part: _span_score(article, found, part) for part in PARTS},
    )
