"""Fits the two small linear models of the fields: which candidates are targets, and which statements are diplomatic.

``python -m training.fields STATEMENTS_TRAIN [--folds FOLDER]`` reads the annotated articles (see ``corpora``), prints
scores on those of the folders by cross-validation (folds of whole articles; ``training/corpus`` is learned from in
each) and writes ``streams/attribution/data/{targets,relevance}.json``. Spans and acts are the readers', speakers the
resolver's.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from schemas import Speaker
from streams.attribution import relevance, targets
from streams.attribution.antecedents import reporters
from streams.attribution.document import Attribution, Document
from streams.attribution.entities import Entities, entities
from streams.attribution.entity import Entity
from streams.attribution.resolution import anchor_of, speakers
from streams.attribution.segmentation import segment
from streams.attribution.span import Span
from streams.attribution.weighing import Weights
from streams.knowledge import Knowledge, load
from streams.knowledge.phrases import folded_words
from training.folds import FOLDS, fold_folder, folds_of
from training.markup import read_corpus

WEIGHT = 3.0
"""What an example of the folders counts against one of ``training/corpus``."""
FIRST_THRESHOLD = 0.3
TARGETS_PENALTY, RELEVANCE_PENALTY = 1.0, 3.0
DATA = Path(__file__).parent.parent / "streams" / "attribution" / "data"
Features = dict[str, float]
Example = tuple[Features, bool]
"""What is known of one case, and whether it is so."""


@dataclass(frozen=True)
class Read:
    """One annotated article, as the resolver reads it."""

    name: str
    rows: list[dict[str, Any]]
    said: list[targets.Said]
    table: Entities
    knowledge: Knowledge
    is_tested: bool


def _spans(spans: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in spans)


def _article(
    name: str, text: str, on: date | None, rows: list[dict[str, Any]], knowledge: Knowledge, is_tested: bool
) -> Read:
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
    return Read(name, rows, said, table, knowledge, is_tested)


def corpora(folders: Sequence[Path], knowledge: Knowledge) -> Iterator[Read]:
    """The articles of ``training/corpus`` and of each folder with ``statements.jsonl``, ``dates.tsv`` and ``texts/``.

    Articles of which the text is elsewhere are looked up in ``POLNEAR`` (a JSON lines file), when that is set.
    """
    for article in read_corpus(Path(__file__).parent / "corpus"):
        on = date.fromisoformat(article.date) if article.date else None
        yield _article(article.id, article.text, on, article.statements, knowledge, is_tested=False)
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
                yield _article(name, texts[name], date.fromisoformat(dates[name]), found, knowledge, is_tested=True)


def _wanted(row: dict[str, Any], knowledge: Knowledge) -> set[tuple[str, ...]]:
    names = [target["name"] for target in row["targets"] if target["name"]]
    known = [knowledge.organisation(name) for name in names]
    return {folded_words(body.name if body else name) for name, body in zip(names, known, strict=True)}


Chosen = Sequence[Sequence[Entity]]
"""The targets of each of an article's statements."""


def _given(article: Read) -> Chosen:
    return [[Entity(t["name"], t["kind"], t["country"]) for t in row["targets"] if t["name"]] for row in article.rows]


def target_examples(article: Read, before: Chosen) -> list[tuple[list[Example], int]]:
    """For each statement its candidates (features, whether it is one) and how many targets it has.

    ``before`` holds the targets that the statements before it are believed to have.
    """
    found = []
    for number, row in enumerate(article.rows):
        wanted = _wanted(row, article.knowledge)
        those = targets.candidates(number, article.said, before, article.table).values()
        found.append(([(one.features, folded_words(one.entity.name) in wanted) for one in those], len(wanted)))
    return found


def relevance_examples(article: Read, chosen: Chosen) -> list[Example]:
    """For each statement, aimed at those ``chosen``, what tells whether it is diplomatic, and whether it is."""
    found = []
    for said, row, those in zip(article.said, article.rows, chosen, strict=True):
        aims = [targets.target(one) for one in those]
        who: Sequence[Speaker] = said.speakers
        found.append((relevance.features(said.attribution, who, aims, row["act"], article.table), row["diplomatic"]))
    return found


def fit(
    features: Sequence[Features], labels: Sequence[bool], shares: Sequence[float], penalty: float, names: list[str]
) -> np.ndarray:
    """Weights (the last is the bias) of a logistic regression with L2 penalty, by Newton's method.

    ``shares`` tells what each example counts.
    """
    column = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(features), len(names) + 1))
    matrix[:, -1] = 1.0
    for row, found in enumerate(features):
        for name, value in found.items():
            if name in column:
                matrix[row, column[name]] = value
    wanted, counts = np.array(labels, dtype=float), np.array(shares)
    beta = np.zeros(len(names) + 1)
    ridge = np.full(len(names) + 1, penalty)
    ridge[-1] = 1e-3
    for _ in range(30):
        probability = 1.0 / (1.0 + np.exp(-np.clip(matrix @ beta, -30, 30)))
        weight = counts * np.maximum(probability * (1 - probability), 1e-6)
        step = np.linalg.solve(
            (matrix.T * weight) @ matrix + np.diag(ridge), matrix.T @ (counts * (wanted - probability)) - ridge * beta
        )
        beta = beta + step
        if np.abs(step).max() < 1e-6:
            break
    return beta


def _names(features: Sequence[Features]) -> list[str]:
    counts: dict[str, int] = {}
    for found in features:
        for name, value in found.items():
            if value:
                counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= 8)


def _write(name: str, model: Fitted, threshold: float, folder: Path = DATA) -> None:
    weights = {one: round(float(value), 4) for one, value in zip(model.names, model.beta[:-1], strict=True)}
    content = {"about": NOTE, "bias": round(float(model.beta[-1]), 4), "threshold": threshold, "weights": weights}
    (folder / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Fitted:
    """A model: feature names and weights, the last of which is the bias."""

    names: list[str]
    beta: np.ndarray

    def weights(self, threshold: float) -> Weights:
        """As the product uses it."""
        each = dict(zip(self.names, map(float, self.beta[:-1]), strict=True))
        return Weights(float(self.beta[-1]), threshold, each)


def _fitted(articles: Sequence[tuple[Read, Sequence[Example]]], penalty: float) -> Fitted:
    examples = [(one, WEIGHT if read.is_tested else 1.0) for read, those in articles for one in those]
    names = _names([features for (features, _), _ in examples])
    labels = [label for (_, label), _ in examples]
    shares = [share for _, share in examples]
    return Fitted(names, fit([features for (features, _), _ in examples], labels, shares, penalty, names))


def _cross_fitted(articles: Sequence[tuple[Read, Sequence[Example]]], penalty: float) -> Iterator[tuple[int, Fitted]]:
    """For each tested article, by its number, a model that has not seen it."""
    folds = folds_of(read.name for read, _ in articles if read.is_tested)
    for fold in range(FOLDS):
        held = {number for number, (read, _) in enumerate(articles) if folds.get(read.name) == fold}
        model = _fitted([one for number, one in enumerate(articles) if number not in held], penalty)
        yield from ((number, model) for number in sorted(held))


def _flat(found: Sequence[tuple[list[Example], int]]) -> list[Example]:
    return [one for those, _ in found for one in those]


def _believed(articles: Sequence[Read]) -> list[Chosen]:
    """The targets that a first model gives each article, one that has not seen it where it is tested.

    What the statements before are aimed at is known for certain only to a reader.
    """
    examples = [(article, _flat(target_examples(article, _given(article)))) for article in articles]
    models = dict(_cross_fitted(examples, TARGETS_PENALTY))
    whole = _fitted(examples, TARGETS_PENALTY)
    return [
        targets.chosen(article.said, article.table, models.get(number, whole).weights(FIRST_THRESHOLD))
        for number, article in enumerate(articles)
    ]


def _keep(
    name: str, articles: Sequence[Read], models: Mapping[int, Fitted], threshold: float, folder: Path | None
) -> None:
    """Write the models of the folds, if there is a ``folder`` for them."""
    folds = folds_of(article.name for article in articles if article.is_tested)
    if folder:
        for fold, model in {folds[articles[number].name]: model for number, model in models.items()}.items():
            _write(name, model, threshold, fold_folder(folder, fold))


def _targets(articles: Sequence[Read], keep: Path | None) -> list[Chosen]:
    """Fit, score and write the model of targets; give what those who have not seen an article choose in it."""
    data = [target_examples(article, before) for article, before in zip(articles, _believed(articles), strict=True)]
    examples = [(article, _flat(found)) for article, found in zip(articles, data, strict=True)]
    fitted = dict(_cross_fitted(examples, TARGETS_PENALTY))
    models = {number: model.weights(0.5) for number, model in fitted.items()}
    scored = [
        ([(model.probability(features), label) for features, label in those], wanted)
        for number, model in models.items()
        for those, wanted in data[number]
    ]
    reachable = sum(sum(is_one for _, is_one in those) for those, _ in scored) / sum(wanted for _, wanted in scored)
    best = (0.0, 0.0)
    for threshold in np.arange(0.2, 0.6, 0.02):
        hits = found = total = 0
        for those, wanted in scored:
            kept = [pair for pair in sorted(those, reverse=True)[:4] if pair[0] >= threshold]
            hits += sum(is_one for _, is_one in kept)
            found += len(kept)
            total += wanted
        best = max(best, (2 * hits / (found + total), round(float(threshold), 2)))
    print(f"targets: F1 {best[0]:.3f} at {best[1]}, reachable {reachable:.3f}, statements {len(scored)}")
    whole = _fitted(examples, TARGETS_PENALTY)
    _write("targets", whole, best[1])
    _keep("targets", articles, fitted, best[1], keep)
    return [
        targets.chosen(article.said, article.table, replace(models.get(number, whole.weights(0.5)), threshold=best[1]))
        for number, article in enumerate(articles)
    ]


def _relevance(articles: Sequence[Read], chosen: Sequence[Chosen], keep: Path | None) -> None:
    examples = [(article, relevance_examples(article, those)) for article, those in zip(articles, chosen, strict=True)]
    fitted = dict(_cross_fitted(examples, RELEVANCE_PENALTY))
    scored = [
        (model.weights(0.5).probability(features), label)
        for number, model in fitted.items()
        for features, label in examples[number][1]
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
    _write("relevance", _fitted(examples, RELEVANCE_PENALTY), best[2])
    _keep("relevance", articles, fitted, best[2], keep)


NOTE = "Written by python -m training.fields; learned from the annotated articles that it names. Licence: Apache-2.0."


def main(arguments: list[str]) -> int:
    """Fit both on ``training/corpus`` and the folders named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--folds", type=Path, help="folder in which the models of the folds are kept")
    options = parser.parse_args(arguments)
    articles = list(corpora(options.folders, load()))
    _relevance(articles, _targets(articles, options.folds), options.folds)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
