"""A set of articles evaluated: all of the extraction, the tagger alone, or the resolver alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from streams.attribution.extract import Tagger
from streams.attribution.learned import Learned
from streams.evaluation import trial
from streams.evaluation.calibration import CURVE, CurvePoint
from streams.evaluation.gold import GoldArticle
from streams.evaluation.scores import F1, THRESHOLDS, ArticleScore, score
from streams.evaluation.summary import Summary, summary
from streams.knowledge import Knowledge


@dataclass(frozen=True)
class Evaluation:
    """What came out for the articles called ``name``; ``mode`` tells what was evaluated."""

    name: str
    mode: str
    scores: tuple[ArticleScore, ...]
    summary: Summary


def extraction(
    name: str, articles: Iterable[GoldArticle], tagger: Tagger, knowledge: Knowledge, threshold: float
) -> Evaluation:
    """All of the extraction, reporting what is as sure as ``threshold``.

    ``tagger`` reports everything it sees, however unsure: the curve over thresholds needs what lies below this one.
    """
    scores: list[ArticleScore] = []
    by_threshold: list[list[ArticleScore]] = []
    for article in articles:
        read = trial.document(article)
        seen = tagger.attributions(read)
        scores.append(score(article, trial.found(read, article, trial.Replay(seen, threshold), knowledge)))
        by_threshold.append(
            [score(article, trial.spans_found(read, trial.Replay(seen, least), knowledge)) for least in CURVE]
        )
    curve = [_point(least, same) for least, same in zip(CURVE, zip(*by_threshold, strict=True), strict=False)]
    return Evaluation(name, "extraction", tuple(scores), summary(scores, calibrated=True, curve=curve))


def tagging(name: str, articles: Iterable[GoldArticle], tagger: Tagger, threshold: float) -> Evaluation:
    """The tagger's own spans, as a corpus with another definition of a statement asks for them."""
    scores = []
    for article in articles:
        read = trial.document(article)
        scores.append(score(article, trial.tagged(read, trial.Replay(tagger.attributions(read), threshold))))
    return Evaluation(name, "tagger", tuple(scores), summary(scores))


def resolution(
    name: str, articles: Iterable[GoldArticle], knowledge: Knowledge, unseen: Mapping[str, Learned] | None = None
) -> Evaluation:
    """Fields alone: the resolver gets the spans that the readers marked, so every statement is matched.

    ``unseen``: by article, models learned without it; others are read with those that ship.
    """
    models = unseen or {}
    scores = [
        score(article, trial.understood(trial.document(article), article, knowledge, models.get(article.id)))
        for article in articles
    ]
    return Evaluation(name, "resolver", tuple(scores), summary(scores))


def _point(threshold: float, scores: Sequence[ArticleScore]) -> CurvePoint:
    content, exact = (sum((one.content[least] for one in scores), F1()) for least in (THRESHOLDS[0], THRESHOLDS[-1]))
    return CurvePoint(threshold, content, exact)
