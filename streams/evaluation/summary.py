"""Figures over many articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas import Statement
from streams.evaluation import fields
from streams.evaluation.calibration import Calibration, CurvePoint, calibration, judged
from streams.evaluation.fields import GIVEN_FIELDS, Given
from streams.evaluation.gold import PARTS, GoldStatement
from streams.evaluation.scores import F1, THRESHOLDS, ArticleScore, Share

Pair = tuple[GoldStatement, Statement]


@dataclass(frozen=True)
class Summary:
    """All figures of a set of articles; a mapping is empty, and a share null, where there is nothing to compare.

    ``kinds``: content F1 by the statement's kind. ``fields``: share of matched statements in which a field is right.
    ``names`` and ``acts``: the share of right names and acts by the annotated resolution and act.
    ``end_to_end``: statements found with the right speakers.
    """

    articles: int
    statements: int
    content: Mapping[float, F1]
    spans: Mapping[str, F1]
    source_exact: Share
    kinds: Mapping[str, F1]
    fields: Mapping[str, Share]
    names: Mapping[str, Share]
    acts: Mapping[str, Share]
    targets: F1
    given: Mapping[str, Given]
    end_to_end: F1
    calibration: Calibration | None
    curve: tuple[CurvePoint, ...]


def summary(scores: Sequence[ArticleScore], calibrated: bool = False, curve: Sequence[CurvePoint] = ()) -> Summary:
    """The figures of ``scores``; ``calibrated`` tells that confidences mean something there."""
    pairs = tuple(_pairs(scores))
    content = {least: sum((score.content[least] for score in scores), F1()) for least in THRESHOLDS}
    found, asked = content[THRESHOLDS[0]].found, content[THRESHOLDS[0]].asked
    by_field = _shares(
        (field, is_right) for gold, statement in pairs for field, is_right in fields.right(gold, statement).items()
    )
    return Summary(
        articles=len(scores),
        statements=asked,
        content=content,
        spans={part: sum((score.spans[part] for score in scores), F1()) for part in PARTS},
        source_exact=Share(sum(s.source_exact for s in scores), sum(len(s.matched) for s in scores)),
        kinds=_kinds(scores),
        fields=by_field,
        names=_by(pairs, "name", _resolution),
        acts=_by(pairs, "act", lambda gold: next(iter(gold.acts), None)),
        targets=sum((fields.targets(*pair) for pair in pairs), F1()),
        given={field: sum((fields.given(*pair, field) for pair in pairs), Given()) for field in GIVEN_FIELDS},
        end_to_end=F1(by_field["name"].right, found, asked) if "name" in by_field else F1(),
        calibration=calibration([one for score in scores for one in judged(score)]) if calibrated else None,
        curve=tuple(curve),
    )


def _resolution(gold: GoldStatement) -> str | None:
    speakers = next(iter(gold.speakers), ())
    return speakers[0].resolution if speakers else None


def _pairs(scores: Iterable[ArticleScore]) -> Iterator[Pair]:
    return ((gold, found.statement) for score in scores for gold, found in score.matched if found.statement)


def _shares(outcomes: Iterable[tuple[str, bool]]) -> dict[str, Share]:
    total: dict[str, Share] = {}
    for key, is_right in outcomes:
        total[key] = total.get(key, Share(0, 0)) + Share(int(is_right), 1)
    return total


def _by(pairs: Iterable[Pair], field: str, key: Callable[[GoldStatement], str | None]) -> dict[str, Share]:
    """How often ``field`` is right, by what the first reader wrote under ``key``."""
    return dict(
        sorted(
            _shares(
                (group, fields.right(gold, statement)[field])
                for gold, statement in pairs
                if (group := key(gold)) is not None
            ).items()
        )
    )


def _kinds(scores: Sequence[ArticleScore]) -> dict[str, F1]:
    """Content F1 by kind: that of the first reader, and of what no reader marked the one that was found."""
    right: dict[str, int] = defaultdict(int)
    missed: dict[str, int] = defaultdict(int)
    extra: dict[str, int] = defaultdict(int)
    for score in scores:
        for gold, _ in score.matched:
            for kind in gold.kinds[:1]:
                right[kind] += 1
        for gold in score.missed:
            for kind in gold.kinds[:1]:
                missed[kind] += 1
        for found in score.extra:
            if found.statement:
                extra[found.statement.kind] += 1
    asked = sorted(right.keys() | missed.keys())
    return {kind: F1(right[kind], right[kind] + extra[kind], right[kind] + missed[kind]) for kind in asked}
