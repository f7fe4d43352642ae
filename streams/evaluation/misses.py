"""The worst misses: what to look at first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from schemas import Statement
from streams.evaluation import fields
from streams.evaluation.gold import GoldStatement
from streams.evaluation.scores import ArticleScore, Found, Spans, overlap, points

_FIELDS = ("name", "country", "kind", "act", "statement_kind", "diplomatic")


@dataclass(frozen=True)
class Miss:
    """One thing that went wrong: ``what`` it is, where, and what stands there; ``severity`` orders one sort."""

    what: str
    article: str
    where: str
    asked: str
    found: str
    severity: float


def misses(scores: Iterable[ArticleScore], most: int) -> tuple[Miss, ...]:
    """For each thing that can go wrong the ``most`` worst cases.

    Missed statements and extra ones (longest and most confident first), other edges of the content or the source
    (least overlap first), and wrong fields.
    """
    by_what: dict[str, list[Miss]] = {}
    for score in scores:
        for miss in _of(score):
            by_what.setdefault(miss.what, []).append(miss)
    ordered = (sorted(same, key=lambda miss: -miss.severity)[:most] for same in by_what.values())
    return tuple(miss for same in ordered for miss in same)


def _of(score: ArticleScore) -> Iterator[Miss]:
    body, id_ = score.article.body, score.article.id
    for gold in score.missed:
        text = _text(gold.content, body)
        yield Miss("missed", id_, _text(gold.cue, body), text, "", len(text))
    for found in score.extra:
        yield Miss("extra", id_, _text(found.cue, body), "", _text(found.content, body), found.confidence)
    for gold, found in score.matched:
        yield from _edges(id_, body, gold, found)
        if found.statement:
            yield from _wrong(id_, body, gold, found.statement)


def _edges(article: str, body: str, gold: GoldStatement, found: Found) -> Iterator[Miss]:
    parts: Sequence[tuple[str, Spans, Spans]] = (
        ("content edges", gold.content, found.content),
        ("source edges", gold.source, found.source),
    )
    for what, asked, given in parts:
        one, other = points(asked, body), points(given, body)
        if one != other:
            cue = _text(gold.cue, body)
            yield Miss(what, article, cue, _text(asked, body), _text(given, body), 1 - overlap(one, other))


def _wrong(article: str, body: str, gold: GoldStatement, statement: Statement) -> Iterator[Miss]:
    """Each wrong field, those of the speaker beside its mention."""
    outcome = fields.right(gold, statement)
    for field in _FIELDS:
        if not outcome.get(field, True):
            of_speaker = field in fields.SPEAKER_FIELDS
            where = _text(gold.source if of_speaker else (*gold.cue, *gold.content), body)
            asked, found = _SAYS[of_speaker](gold, statement, field)
            yield Miss(f"wrong {fields.LABELS[field]}", article, where, asked, found, statement.confidence)


def _of_speaker(gold: GoldStatement, statement: Statement, field: str) -> tuple[str, str]:
    asked = dict.fromkeys(", ".join(str(getattr(s, field)) for s in reader) for reader in gold.speakers)
    found = ", ".join(f"{getattr(s, field)} ({s.resolution})" for s in statement.speakers)
    return " / ".join(asked), found


def _of_statement(gold: GoldStatement, statement: Statement, field: str) -> tuple[str, str]:
    asked = {"act": gold.acts, "statement_kind": gold.kinds, "diplomatic": gold.diplomatic}[field]
    found = {"act": statement.act, "statement_kind": statement.kind, "diplomatic": statement.diplomatic}[field]
    return " / ".join(map(str, asked)), str(found)


_SAYS: dict[bool, Callable[[GoldStatement, Statement, str], tuple[str, str]]] = {
    True: _of_speaker,
    False: _of_statement,
}


def _text(spans: Spans, body: str) -> str:
    return " … ".join(" ".join(body[start:end].split()) for start, end in sorted(spans))
