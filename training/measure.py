"""Scores of a model folder's spans, for its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from streams.attribution.document import Document
from streams.attribution.extract import attributions
from streams.attribution.segmentation import segment
from streams.attribution.tagging.model import load_tagger
from streams.evaluation.gold import GoldArticle, articles, bodies, json_lines, polnear
from streams.evaluation.scores import F1, ArticleScore, Found, score
from streams.knowledge import load


def _scored(articles: Sequence[GoldArticle], folder: Path) -> list[ArticleScore]:
    tagger, known = load_tagger(folder), load()
    scored = []
    for article in articles:
        document = Document(article.body, segment(article.body))
        found = attributions(document, tagger, known)
        scored.append(score(article, [Found(a.source, a.cue, a.content, a.confidence) for a in found]))
    return scored


def _row(scored: Sequence[ArticleScore]) -> dict[str, float]:
    def total(threshold: float) -> F1:
        return sum((s.content[threshold] for s in scored), F1(0, 0, 0))

    matched = sum(len(s.matched) for s in scored)
    spans = {part: sum((s.spans[part] for s in scored), F1(0, 0, 0)).f1 for part in ("source", "cue", "content")}
    return {
        "content F1 IoU >= .3": total(0.3).f1,
        "exact": total(1.0).f1,
        "precision": total(0.3).precision,
        "recall": total(0.3).recall,
        "source exact, of matched": sum(s.source_exact for s in scored) / matched if matched else 0.0,
        **{f"{part} spans exact": value for part, value in spans.items()},
    }


def measured(
    folder: Path, own: Mapping[str, Sequence[GoldArticle]], gold: Path | None, polnear_folder: Path
) -> dict[str, dict[str, float]]:
    """One row of figures for each data set that is there."""
    sets: dict[str, Sequence[GoldArticle]] = dict(own)
    if gold is not None:
        sets["gold (5 articles, two readers)"] = articles(json_lines(gold / "statements.jsonl"), bodies(gold), {})
    if (dev := polnear_folder / "dev.jsonl").exists():
        sets["PolNeAR dev (its own definition)"] = polnear(dev)
    return {name: _row(_scored(found, folder)) for name, found in sets.items()}
