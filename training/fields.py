"""Fits the two small linear models of the fields: which candidates are targets, and which statements are diplomatic.

``python -m training.fields`` reads the annotated articles (see ``corpora``), prints cross-validated scores (folds of
whole articles) and writes ``streams/attribution/data/{targets,relevance}.json``. Gold spans and acts are given.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from schemas import Speaker, Target
from streams.attribution import relevance, targets
from streams.attribution.antecedents import reporters
from streams.attribution.document import Attribution, Document
from streams.attribution.entities import Entities, Entity, entities
from streams.attribution.resolution import anchor_of, speakers
from streams.attribution.segmentation import segment
from streams.attribution.span import Span
from streams.knowledge import Knowledge, load
from streams.knowledge.phrases import folded_words
from training.markup import read_corpus

FOLDS = 8
DATA = Path(__file__).parent.parent / "streams" / "attribution" / "data"
Features = dict[str, float]


@dataclass(frozen=True)
class Read:
    """One annotated article, as the resolver reads it."""

    rows: list[dict[str, Any]]
    said: list[targets.Said]
    table: Entities
    knowledge: Knowledge


def _spans(spans: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in spans)


def _article(text: str, on: date | None, rows: list[dict[str, Any]], knowledge: Knowledge) -> Read:
    document = Document(text, segment(text), None, on)
    rows = sorted(rows, key=lambda row: (row["content"][0][0], -row["content"][-1][1]))
    found = [Attribution(_spans(row["source"]), _spans(row["cue"]), _spans(row["content"]), 1.0) for row in rows]
    table = entities(document, knowledge)
    who = speakers(document, found, table, knowledge)
    holders = reporters([one.content for one in found], [anchor_of(one) for one in found])
    said = [
        targets.Said(one, speaking, row["act"], holder)
        for one, speaking, row, holder in zip(found, who, rows, holders, strict=True)
    ]
    return Read(rows, said, table, knowledge)


def corpora(folders: Sequence[Path], knowledge: Knowledge) -> Iterator[Read]:
    """The articles of ``training/corpus`` and of each folder with ``statements.jsonl``, ``dates.tsv`` and ``texts/``.

    Articles of which the text is elsewhere are looked up in ``POLNEAR`` (a JSON lines file), when that is set.
    """
    for article in read_corpus(Path(__file__).parent / "corpus"):
        on = date.fromisoformat(article.date) if article.date else None
        yield _article(article.text, on, article.statements, knowledge)
    for folder in folders:
        texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "texts").glob("*.txt"))}
        if polnear := os.environ.get("POLNEAR"):
            with Path(polnear).open(encoding="utf-8") as lines:
                texts.update((row["id"], row["text"]) for row in map(json.loads, lines))
        dates = dict(line.split("\t") for line in (folder / "dates.tsv").read_text(encoding="utf-8").splitlines())
        rows: dict[str, list[dict[str, Any]]] = {}
        with (folder / "statements.jsonl").open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                rows.setdefault(row["doc"], []).append(row)
        for name, found in rows.items():
            if name in texts:
                yield _article(texts[name], date.fromisoformat(dates[name]), found, knowledge)


def _wanted(row: dict[str, Any], knowledge: Knowledge) -> set[tuple[str, ...]]:
    names = [target["name"] for target in row["targets"] if target["name"]]
    known = [knowledge.organisation(name) for name in names]
    return {folded_words(body.name if body else name) for name, body in zip(names, known, strict=True)}


def target_examples(article: Read) -> list[tuple[list[tuple[Features, bool, str]], int]]:
    """For each statement its candidates (features, whether it is one, name) and how many targets it has."""
    found = []
    before: list[list[Entity]] = []
    for number, row in enumerate(article.rows):
        wanted = _wanted(row, article.knowledge)
        those = targets.candidates(number, article.said, before, article.table)
        found.append(
            (
                [(one.features, folded_words(one.entity.name) in wanted, one.entity.name) for one in those.values()],
                len(wanted),
            )
        )
        before.append([Entity(t["name"], t["kind"], t["country"]) for t in row["targets"] if t["name"]])
    return found


def relevance_examples(article: Read) -> list[tuple[Features, bool]]:
    """For each statement what tells whether it is diplomatic, and whether it is; speakers resolved, targets given."""
    found = []
    for said, row in zip(article.said, article.rows, strict=True):
        aims = [Target(name=t["name"], kind=t["kind"], country=t["country"]) for t in row["targets"]]
        who: Sequence[Speaker] = said.speakers
        found.append((relevance.features(said.attribution, who, aims, row["act"], article.table), row["diplomatic"]))
    return found


def fit(features: Sequence[Features], labels: Sequence[bool], penalty: float, names: list[str]) -> np.ndarray:
    """Weights (the last is the bias) of a logistic regression with L2 penalty, by Newton's method."""
    column = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(features), len(names) + 1))
    matrix[:, -1] = 1.0
    for row, found in enumerate(features):
        for name, value in found.items():
            if name in column:
                matrix[row, column[name]] = value
    wanted = np.array(labels, dtype=float)
    beta = np.zeros(len(names) + 1)
    ridge = np.full(len(names) + 1, penalty)
    ridge[-1] = 1e-3
    for _ in range(30):
        probability = 1.0 / (1.0 + np.exp(-np.clip(matrix @ beta, -30, 30)))
        weight = np.maximum(probability * (1 - probability), 1e-6)
        step = np.linalg.solve(
            (matrix.T * weight) @ matrix + np.diag(ridge), matrix.T @ (wanted - probability) - ridge * beta
        )
        beta = beta + step
        if np.abs(step).max() < 1e-6:
            break
    return beta


def probability(beta: np.ndarray, found: Features, column: dict[str, int]) -> float:
    """What the fitted model says of one example."""
    score = beta[-1] + sum(beta[column[name]] * value for name, value in found.items() if name in column)
    return float(1.0 / (1.0 + np.exp(-np.clip(score, -30, 30))))


def _names(features: Sequence[Features]) -> list[str]:
    counts: dict[str, int] = {}
    for found in features:
        for name, value in found.items():
            if value:
                counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= 8)


def _write(name: str, beta: np.ndarray, names: list[str], threshold: float, note: str) -> None:
    weights = {one: round(float(value), 4) for one, value in zip(names, beta[:-1], strict=True)}
    content = {"about": note, "bias": round(float(beta[-1]), 4), "threshold": threshold, "weights": weights}
    (DATA / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _targets(articles: Sequence[Read]) -> None:
    data = [target_examples(article) for article in articles]
    scored: list[tuple[list[tuple[float, bool]], int]] = []
    for fold in range(FOLDS):
        flat = [one for place, found in enumerate(data) if place % FOLDS != fold for those, _ in found for one in those]
        names = _names([one[0] for one in flat])
        beta = fit([one[0] for one in flat], [one[1] for one in flat], 1.0, names)
        column = {name: number for number, name in enumerate(names)}
        for place, found in enumerate(data):
            if place % FOLDS == fold:
                scored += [
                    ([(probability(beta, one[0], column), one[1]) for one in those], wanted) for those, wanted in found
                ]
    reachable = sum(sum(is_one for _, is_one in those) for those, _ in scored) / sum(wanted for _, wanted in scored)
    best = (0.0, 0.0)
    for threshold in np.arange(0.2, 0.6, 0.02):
        hits = chosen = total = 0
        for those, wanted in scored:
            kept = [pair for pair in sorted(those, reverse=True)[:4] if pair[0] >= threshold]
            hits += sum(is_one for _, is_one in kept)
            chosen += len(kept)
            total += wanted
        best = max(best, (2 * hits / (chosen + total), round(float(threshold), 2)))
    print(f"targets: F1 {best[0]:.3f} at {best[1]}, reachable {reachable:.3f}, statements {len(scored)}")
    flat = [one for found in data for those, _ in found for one in those]
    names = _names([one[0] for one in flat])
    _write("targets", fit([one[0] for one in flat], [one[1] for one in flat], 1.0, names), names, best[1], NOTE)


def _relevance(articles: Sequence[Read]) -> None:
    data = [relevance_examples(article) for article in articles]
    scored: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        flat = [one for place, found in enumerate(data) if place % FOLDS != fold for one in found]
        names = _names([one[0] for one in flat])
        beta = fit([one[0] for one in flat], [one[1] for one in flat], 3.0, names)
        column = {name: number for number, name in enumerate(names)}
        scored += [
            (probability(beta, one[0], column), one[1])
            for place, found in enumerate(data)
            if place % FOLDS == fold
            for one in found
        ]
    best = max(
        (
            sum((value >= threshold) == wanted for value, wanted in scored) / len(scored),
            -abs(threshold - 0.5),
            round(float(threshold), 2),
        )
        for threshold in np.arange(0.3, 0.7, 0.02)
    )
    print(f"relevance: right {best[0]:.3f} at {best[2]}, statements {len(scored)}")
    flat = [one for found in data for one in found]
    names = _names([one[0] for one in flat])
    _write("relevance", fit([one[0] for one in flat], [one[1] for one in flat], 3.0, names), names, best[2], NOTE)


NOTE = "Written by python -m training.fields; learned from the annotated articles that it names. Licence: Apache-2.0."


def main(arguments: list[str]) -> int:
    """Fit both on ``training/corpus`` and the folders named."""
    articles = list(corpora([Path(name) for name in arguments], load()))
    _targets(articles)
    _relevance(articles)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
