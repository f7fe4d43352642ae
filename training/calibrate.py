"""Decoding settings, calibration and threshold, chosen on articles that the network was not trained on."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path

import numpy as np

from streams.attribution.document import Attribution, Document
from streams.attribution.extract import attributions
from streams.attribution.segmentation import segment
from streams.attribution.tagging.decoding import Decoding
from streams.attribution.tagging.model import Calibration
from streams.attribution.tagging.session import Session
from streams.attribution.tagging.tagger import LearnedTagger
from streams.evaluation.gold import GoldArticle
from streams.evaluation.scores import F1, Found, match, points, same_source, score
from streams.knowledge import Knowledge, load

CUE_BIASES = (0.0, 0.5)
BEGIN_PENALTIES = (0.5, 1.0, 1.5)
THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(2, 15))


def _finished(article: GoldArticle, tagger: LearnedTagger, known: Knowledge) -> tuple[Attribution, ...]:
    return attributions(Document(article.body, segment(article.body)), tagger, known)


def _f1(articles: Sequence[GoldArticle], found: Sequence[Sequence[Attribution]], least: float) -> float:
    """Mean of content F1 at IoU .3 and exact, over attributions as sure as ``least``."""
    loose = exact = F1(0, 0, 0)
    for article, these in zip(articles, found, strict=True):
        kept = [Found(a.source, a.cue, a.content, a.confidence) for a in these if a.confidence >= least]
        result = score(article, kept)
        loose, exact = loose + result.content[0.3], exact + result.content[1.0]
    return (loose.f1 + exact.f1) / 2


def _right(article: GoldArticle, attributions: Sequence[Attribution]) -> list[bool]:
    """Whether each is a statement of the article with the source that the reader gave it."""
    gold = [points(s.content, article.body) for s in article.statements]
    pairs = match(gold, [points(a.content, article.body) for a in attributions], 0.3)
    right = [False] * len(attributions)
    for g, f in pairs:
        a = attributions[f]
        right[f] = same_source(article.statements[g], Found(a.source, a.cue, a.content, a.confidence), article.body)
    return right


def fitted(scores: Sequence[float], has_cue: Sequence[bool], right: Sequence[bool]) -> Calibration:
    """Logistic regression of ``right`` on the scores' log odds, a little pulled towards the scores themselves."""
    bounded = np.clip(np.array(scores), 1e-6, 1 - 1e-6)
    with_cue = np.array(has_cue, dtype=float)
    design = np.stack([np.log(bounded / (1 - bounded)), with_cue, 1 - with_cue], axis=1)
    target = np.array(right, dtype=float)
    prior = np.array([1.0, 0.0, 0.0])
    weights = prior.copy()
    for _ in range(50):
        guess = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (guess - target) + (weights - prior)
        hessian = design.T @ (design * (guess * (1 - guess))[:, None]) + np.eye(3)
        weights -= np.linalg.solve(hessian, gradient)
    slope, offset, without = (round(float(w), 4) for w in weights)
    return Calibration(slope, offset, without)


def choose(
    folder: Path, articles: Sequence[GoldArticle], version: str, log: Callable[[str], None] = print
) -> dict[str, object]:
    """Write ``config.json`` into the model's ``folder``; return it."""
    session, known = Session(folder), load()
    best: tuple[float, Decoding, float, list[tuple[Attribution, ...]]] | None = None
    for bias, penalty in product(CUE_BIASES, BEGIN_PENALTIES):
        settings = replace(Decoding(), cue_bias=bias, begin_penalty=penalty)
        tagger = LearnedTagger(session, settings)
        found = [_finished(article, tagger, known) for article in articles]
        value, least = max((_f1(articles, found, least), -least) for least in THRESHOLDS)
        log(f"cue bias {bias}, begin penalty {penalty}: {value:.4f} at {-least}")
        if best is None or value > best[0]:
            best = (value, settings, -least, found)
    assert best is not None
    _, settings, raw, found = best
    rows = [
        (a.confidence, bool(a.cue), ok)
        for article, these in zip(articles, found, strict=True)
        for a, ok in zip(these, _right(article, these), strict=True)
    ]
    calibration = fitted(*zip(*rows, strict=True))
    config: dict[str, object] = {
        "version": version,
        "decoding": asdict(settings),
        "calibration": asdict(calibration),
        "threshold": round(calibration.probability(raw, True), 3),
    }
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    return config
