"""Figures as tables that a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from streams.evaluation.calibration import Calibration, CurvePoint
from streams.evaluation.evaluation import Evaluation
from streams.evaluation.fields import LABELS, Given
from streams.evaluation.scores import F1, THRESHOLDS, ArticleScore, Share
from streams.evaluation.summary import Summary, summary

NOTHING = "-"


@dataclass(frozen=True)
class Table:
    """Rows of text under headings; the first column names the row, the others are figures."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def share(value: float | None) -> str:
    """Three decimals without the leading zero."""
    return NOTHING if value is None else f"{value:.3f}".removeprefix("0")


def f1(value: F1) -> str:
    """The F1, unless nothing was asked and nothing found."""
    return share(value.f1 if value.found or value.asked else None)


def threshold_name(least: float) -> str:
    """How a content threshold is called."""
    return "exact" if least == THRESHOLDS[-1] else f"IoU >= {least}"


def tables(evaluation: Evaluation) -> tuple[Table, ...]:
    """Every table that has something to say; of the resolver alone none about spans, which it was given."""
    name, figures = evaluation.name, evaluation.summary
    of_spans = () if evaluation.mode == "resolver" else _span_tables(name, figures)
    of_fields = (
        _fields(name, figures),
        _shares(f"{name}: speaker name by resolution", "resolution", figures.names),
        _shares(f"{name}: act", "act", figures.acts),
        _given(name, figures),
        _calibration(name, figures.calibration),
        _curve(name, figures.curve),
        _articles(name, evaluation.scores),
    )
    return tuple(table for table in (*of_spans, *of_fields) if table.rows)


def _span_tables(name: str, figures: Summary) -> tuple[Table, ...]:
    return (
        _f1s(
            f"{name}: contents",
            "content",
            {threshold_name(least): value for least, value in figures.content.items()}
            | ({"end to end, IoU >= 0.3 and speaker name": figures.end_to_end} if figures.fields else {}),
        ),
        _f1s(f"{name}: exact spans", "part", figures.spans),
        _f1s(f"{name}: contents by kind", "kind", figures.kinds),
    )


def _f1s(title: str, heading: str, values: Mapping[str, F1]) -> Table:
    rows = ((key, *_f1(value), str(value.right), str(value.found), str(value.asked)) for key, value in values.items())
    return Table(title, (heading, "F1", "precision", "recall", "right", "found", "asked"), tuple(rows))


def _f1(value: F1) -> tuple[str, str, str]:
    return f1(value), share(value.precision), share(value.recall)


def _shares(title: str, heading: str, values: Mapping[str, Share]) -> Table:
    rows = ((key, share(value.share), str(value.right), str(value.of)) for key, value in values.items())
    return Table(title, (heading, "share right", "right", "of"), tuple(rows))


def _fields(name: str, figures: Summary) -> Table:
    labelled = {label: figures.fields[key] for key, label in LABELS.items() if key in figures.fields}
    return _shares(f"{name}: of matched statements", "field", {"source, exact": figures.source_exact} | labelled)


def _given(name: str, figures: Summary) -> Table:
    title = f"{name}: of matched statements, fields that are mostly empty"
    rows = [_given_row(field, value) for field, value in figures.given.items() if value.of]
    if figures.targets.asked:
        targets = figures.targets
        rows.append(("targets: F1, precision, recall of names", *_f1(targets), NOTHING))
    return Table(title, ("field", "share right", "right where given", "given", "invented"), tuple(rows))


def _given_row(field: str, value: Given) -> tuple[str, ...]:
    where_given = Share(value.given_right, value.given)
    return field, share(value.right / value.of), share(where_given.share), str(value.given), str(value.invented)


def _calibration(name: str, found: Calibration | None) -> Table:
    if found is None:
        return Table("", (), ())
    rows = (
        (f"{b.low:.1f} - {b.high:.1f}", str(b.count), share(b.confidence), share(b.right))
        for b in found.bins
        if b.count
    )
    title = f"{name}: confidence (expected calibration error {share(found.error)})"
    return Table(title, ("confidence", "statements", "mean confidence", "share right"), tuple(rows))


def _curve(name: str, curve: Iterable[CurvePoint]) -> Table:
    rows = ((f"{at.threshold:.2f}", *_f1(at.content), share(at.exact.f1), str(at.content.found)) for at in curve)
    headings = ("threshold", "F1", "precision", "recall", "exact F1", "found")
    return Table(f"{name}: threshold on confidence", headings, tuple(rows))


_ARTICLE_FIELDS = ("name", "country", "act", "statement_kind")


def _articles(name: str, scores: Iterable[ArticleScore]) -> Table:
    headings = (
        "article",
        *map(threshold_name, (THRESHOLDS[0], THRESHOLDS[-1])),
        "missed",
        "extra",
        *(LABELS[field] for field in _ARTICLE_FIELDS),
    )
    return Table(f"{name}: by article", headings, tuple(map(_article, scores)))


def _article(score: ArticleScore) -> tuple[str, ...]:
    fields = summary([score]).fields
    return (
        score.article.id,
        *(f1(score.content[least]) for least in (THRESHOLDS[0], THRESHOLDS[-1])),
        str(len(score.missed)),
        str(len(score.extra)),
        *(share(fields[field].share if field in fields else None) for field in _ARTICLE_FIELDS),
    )


def markdown(table: Table) -> str:
    """The table as GitHub reads it."""
    lines = [_line(table.headings), "|---|" + "---:|" * (len(table.headings) - 1), *map(_line, table.rows)]
    return f"**{table.title}**\n\n" + "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
