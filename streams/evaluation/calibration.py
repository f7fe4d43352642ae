"""Whether confidence means what it says, and what a threshold on it buys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from streams.evaluation.scores import F1, ArticleScore, same_source

BINS = 10

CURVE = tuple(round(step / 20, 2) for step in range(20))
"""Thresholds of the precision/recall curve: 0, .05, ... .95."""

Judged = tuple[float, bool]
"""A confidence, and whether it is a statement with this source."""


@dataclass(frozen=True)
class Bin:
    """Statements with a confidence in ``[low, high)`` (the last holds 1 too), and means over them, 0 if none."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """``error``: the expected calibration error, in [0, 1]."""

    error: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class CurvePoint:
    """Scores of what the tagger reports from ``threshold`` on: contents at the lowest overlap, and exact."""

    threshold: float
    content: F1
    exact: F1


def judged(score: ArticleScore) -> list[Judged]:
    """Every found statement but those that match an optional one; right when content and source match a reader's."""
    body = score.article.body
    return [
        *((found.confidence, same_source(gold, found, body)) for gold, found in score.matched),
        *((found.confidence, False) for found in score.extra),
    ]


def calibration(statements: Sequence[Judged]) -> Calibration:
    """Bins of equal width, and the mean distance of confidence to truth over them, weighted by their counts."""
    members: list[list[Judged]] = [[] for _ in range(BINS)]
    for confidence, is_right in statements:
        members[min(int(confidence * BINS), BINS - 1)].append((confidence, is_right))
    bins = tuple(_bin(number, inside) for number, inside in enumerate(members))
    total = max(len(statements), 1)
    return Calibration(sum(b.count * abs(b.confidence - b.right) for b in bins) / total, bins)


def _bin(number: int, members: Sequence[Judged]) -> Bin:
    count = len(members)
    of = max(count, 1)
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        count=count,
        confidence=sum(confidence for confidence, _ in members) / of,
        right=sum(is_right for _, is_right in members) / of,
    )
