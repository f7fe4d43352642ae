"""Scores of a model folder's spans, for the log and for its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from streams.attribution.tagging.decoding import Decoding
from streams.attribution.tagging.model import Model
from streams.attribution.tagging.session import Session
from streams.attribution.tagging.tagger import LearnedTagger
from streams.evaluation.evaluation import Evaluation, extraction, tagging
from streams.evaluation.gold import GoldArticle, articles, bodies, json_lines, polnear
from streams.knowledge import load

Row = dict[str, float]
"""Figures by name."""

LEAST_SCORE = 0.5
"""What a candidate needs to count while the model has neither calibration nor threshold."""

AS_POLNEAR = Decoding(quoted_cue_bias=0.0, begin_penalty=1.5, source_slack=0.0)
"""Settings for PolNeAR's own definition, chosen on its dev split."""


def _row(found: Evaluation) -> Row:
    summary = found.summary
    return {
        "content F1 IoU >= .3": summary.content[0.3].f1,
        "exact": summary.content[1.0].f1,
        "precision": summary.content[0.3].precision,
        "recall": summary.content[0.3].recall,
        "source exact, of matched": summary.source_exact.share or 0.0,
        **{f"{part} spans exact": value.f1 for part, value in summary.spans.items()},
    }


def on_polnear(folder: Path, data: Path) -> Row:
    """What the tagger alone finds in PolNeAR's dev split (in the folder ``data``), by PolNeAR's definition."""
    tagger = LearnedTagger(Session(folder), AS_POLNEAR)
    return _row(tagging("dev", polnear(data / "dev.jsonl"), tagger, LEAST_SCORE))


def on_articles(folder: Path, read: Sequence[GoldArticle]) -> Row:
    """What all of the extraction finds in articles annotated by our definition."""
    model = Model(folder)
    least = float(model.config.get("threshold", LEAST_SCORE))
    return _row(extraction("articles", read, model.tagger(0.0), load(), least))


def measured(folder: Path, own: Mapping[str, Sequence[GoldArticle]], gold: Path | None) -> dict[str, Row]:
    """One row of figures for each data set that is there."""
    sets = dict(own)
    if gold is not None:
        sets["gold (5 articles, two readers)"] = articles(json_lines(gold / "statements.jsonl"), bodies(gold), {})
    return {name: on_articles(folder, found) for name, found in sets.items()}


def told(row: Row) -> str:
    """``row`` in a line."""
    return ", ".join(f"{name} {value:.3f}" for name, value in row.items())
