"""Fits the small linear models of the fields: which candidates are targets, and which statements are diplomatic.

``python -m training.fields STATEMENTS_TRAIN [--folds FOLDER]`` reads the annotated articles (see ``corpora``), prints
scores on those of the folders by cross-validation (folds of whole articles; ``training/corpus`` is learned from in
each) and writes ``streams/attribution/data/{first_targets,targets,relevance}.json``. Spans and acts are the readers',
speakers the resolver's.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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

WEIGHT = 6.0
"""What an example of the folders counts against one of ``training/corpus``."""
FIRST_THRESHOLD = 0.3
TARGETS_PENALTY, RELEVANCE_PENALTY = 2.0, 3.0
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


def first_examples(article: Read) -> list[Example]:
    """Each statement's candidates at a first look, where the targets of the statements before it are known."""
    given = _given(article)
    return [
        (one.features, folded_words(one.entity.name) in _wanted(row, article.knowledge))
        for number, row in enumerate(article.rows)
        for one in targets.candidates(number, article.said, given, article.table).values()
    ]


def target_examples(article: Read, first: Weights) -> list[tuple[list[Example], int]]:
    """For each statement its candidates (features, whether it is one) after the first look, and how many targets it
    has.
    """
    found, features = targets.looked_at(article.said, article.table, first)
    examples = []
    for those, of, row in zip(found, features, article.rows, strict=True):
        wanted = _wanted(row, article.knowledge)
        examples.append(
            ([(of[key], folded_words(one.entity.name) in wanted) for key, one in those.items()], len(wanted))
        )
    return examples


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


def _folds(articles: Sequence[Read]) -> dict[str, int]:
    """The fold of each article; those that are tested are spread evenly, whatever is beside them."""
    return folds_of(one.name for one in articles if one.is_tested) | folds_of(
        one.name for one in articles if not one.is_tested
    )


def _fitted(articles: Sequence[tuple[Read, Sequence[Example]]], penalty: float) -> Fitted:
    examples = [(one, WEIGHT if read.is_tested else 1.0) for read, those in articles for one in those]
    names = _names([features for (features, _), _ in examples])
    labels = [label for (_, label), _ in examples]
    shares = [share for _, share in examples]
    return Fitted(names, fit([features for (features, _), _ in examples], labels, shares, penalty, names))


def _cross_fitted(articles: Sequence[tuple[Read, Sequence[Example]]], penalty: float) -> list[Fitted]:
    """For each article a model that has not seen it."""
    folds = _folds([read for read, _ in articles])
    models = [_fitted([one for one in articles if folds[one[0].name] != fold], penalty) for fold in range(FOLDS)]
    return [models[folds[read.name]] for read, _ in articles]


def _flat(found: Sequence[tuple[list[Example], int]]) -> list[Example]:
    return [one for those, _ in found for one in those]


def _keep(name: str, articles: Sequence[Read], models: Sequence[Fitted], threshold: float, folder: Path | None) -> None:
    """Write the models of the folds, if there is a ``folder`` for them."""
    folds = _folds(articles)
    if folder:
        for fold, model in {folds[read.name]: model for read, model in zip(articles, models, strict=True)}.items():
            _write(name, model, threshold, fold_folder(folder, fold))


def _threshold(scored: Sequence[tuple[list[tuple[float, bool]], int]]) -> tuple[float, float]:
    """The best F1 over statements (scores of candidates, whether they are one; targets wanted), and its threshold."""
    best = (0.0, 0.0)
    for threshold in np.arange(0.2, 0.6, 0.02):
        hits = found = total = 0
        for those, wanted in scored:
            kept = [pair for pair in sorted(those, reverse=True)[:4] if pair[0] >= threshold]
            hits += sum(is_one for _, is_one in kept)
            found += len(kept)
            total += wanted
        best = max(best, (2 * hits / (found + total), round(float(threshold), 2)))
    return best


def _targets(articles: Sequence[Read], keep: Path | None) -> list[Chosen]:
    """Fit, score and write the models of targets; give what those who have not seen an article choose in it."""
    first = [(article, first_examples(article)) for article in articles]
    first_models = _cross_fitted(first, TARGETS_PENALTY)
    data = [
        target_examples(article, model.weights(FIRST_THRESHOLD))
        for article, model in zip(articles, first_models, strict=True)
    ]
    examples = [(article, _flat(found)) for article, found in zip(articles, data, strict=True)]
    models = _cross_fitted(examples, TARGETS_PENALTY)
    scored = [
        ([(model.weights(0.5).probability(features), label) for features, label in those], wanted)
        for article, model, found in zip(articles, models, data, strict=True)
        if article.is_tested
        for those, wanted in found
    ]
    reachable = sum(sum(is_one for _, is_one in those) for those, _ in scored) / sum(wanted for _, wanted in scored)
    share, threshold = _threshold(scored)
    print(f"targets: F1 {share:.3f} at {threshold}, reachable {reachable:.3f}, statements {len(scored)}")
    _write("first_targets", _fitted(first, TARGETS_PENALTY), FIRST_THRESHOLD)
    _write("targets", _fitted(examples, TARGETS_PENALTY), threshold)
    _keep("first_targets", articles, first_models, FIRST_THRESHOLD, keep)
    _keep("targets", articles, models, threshold, keep)
    return [
        targets.chosen(article.said, article.table, one.weights(FIRST_THRESHOLD), model.weights(threshold))
        for article, one, model in zip(articles, first_models, models, strict=True)
    ]


def _relevance(articles: Sequence[Read], chosen: Sequence[Chosen], keep: Path | None) -> None:
    examples = [(article, relevance_examples(article, those)) for article, those in zip(articles, chosen, strict=True)]
    fitted = _cross_fitted(examples, RELEVANCE_PENALTY)
    scored = [
        (model.weights(0.5).probability(features), label)
        for (article, those), model in zip(examples, fitted, strict=True)
        if article.is_tested
        for features, label in those
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
    """Fit them on ``training/corpus`` and the folders named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--folds", type=Path, help="folder in which the models of the folds are kept")
    options = parser.parse_args(arguments)
    articles = list(corpora(options.folders, load()))
    _relevance(articles, _targets(articles, options.folds), options.folds)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
