"""Figures as plain values: for JSON, and one line each for the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from streams.evaluation.fields import GIVEN_FIELDS
from streams.evaluation.scores import F1, THRESHOLDS, Share
from streams.evaluation.summary import Summary

_PLACES = 4


def figures(summary: Summary) -> dict[str, Any]:
    """Everything in ``summary`` as JSON can hold it, the counts behind each figure with it."""
    return {
        "articles": summary.articles,
        "statements": summary.statements,
        "content": {_key(least): _f1(value) for least, value in summary.content.items()},
        "spans": _each(summary.spans),
        "source_exact": _share(summary.source_exact),
        "kinds": _each(summary.kinds),
        "fields": {key: _share(value) for key, value in summary.fields.items()},
        "names": {key: _share(value) for key, value in summary.names.items()},
        "acts": {key: _share(value) for key, value in summary.acts.items()},
        "targets": _f1(summary.targets),
        "given": {key: asdict(value) for key, value in summary.given.items()},
        "end_to_end": _f1(summary.end_to_end),
        "calibration": asdict(summary.calibration) if summary.calibration else None,
        "curve": [
            {"threshold": point.threshold, "content": _f1(point.content), "exact": _f1(point.exact)}
            for point in summary.curve
        ],
    }


def _key(least: float) -> str:
    return "exact" if least == THRESHOLDS[-1] else str(least)


def _each(values: Mapping[str, F1]) -> dict[str, Any]:
    return {key: _f1(value) for key, value in values.items()}


def _f1(value: F1) -> dict[str, float]:
    return {"f1": value.f1, "precision": value.precision, "recall": value.recall, **asdict(value)}


def _share(value: Share) -> dict[str, float | None]:
    return {"share": value.share, **asdict(value)}


_FIELDS = ("name", "country", "kind", "resolution", "act", "statement_kind", "diplomatic")

COLUMNS = (
    "date", "model", "corpus", "mode", "articles", "statements",
    "content_30", "content_50", "content_80", "content_exact", "precision_30", "recall_30",
    "source_exact", "span_source", "span_cue", "span_content",
    "name", "country", "speaker_kind", "resolution", "act", "kind", "diplomatic",
    "targets", "medium", "said_at", "negated", "end_to_end", "calibration_error",
)  # fmt: skip
"""Of the history."""


def history_row(day: date, model: str, corpus: str, mode: str, summary: Summary) -> tuple[str, ...]:
    """One line of the history, under ``COLUMNS``; empty where nothing was annotated.

    ``mode`` tells what was scored: all of the extraction, the tagger alone, or the resolver alone. Of ``said_at`` and
    ``negated`` it keeps the share right where given, of ``medium`` the share right of all.
    """
    given = summary.given
    medium, *rest = (given[field] for field in GIVEN_FIELDS)
    loosest = summary.content[THRESHOLDS[0]]
    values = (
        *(summary.content[least].f1 for least in THRESHOLDS),
        loosest.precision,
        loosest.recall,
        summary.source_exact.share,
        *(span.f1 for span in summary.spans.values()),
        *(summary.fields[field].share if field in summary.fields else None for field in _FIELDS),
        summary.targets.f1 if summary.targets.asked else None,
        Share(medium.right, medium.of).share,
        *(Share(value.given_right, value.given).share for value in rest),
        summary.end_to_end.f1 if summary.end_to_end.asked else None,
        summary.calibration.error if summary.calibration else None,
    )
    counts = str(summary.articles), str(summary.statements)
    return (day.isoformat(), model, corpus, mode, *counts, *map(_rounded, values))


def _rounded(value: float | None) -> str:
    return "" if value is None else str(round(value, _PLACES))
