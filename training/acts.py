"""Learn which act a statement does: softmax regression on the features of ``streams.attribution.act_features``.

``python -m training.acts --statements-train DIR --polnear FILE --out FILE`` cross-validates by article, prints the
shares told right and writes the weights as JSON. Articles of ``training/corpus`` and those that
``polnear-statements.jsonl`` annotates are learned from, too; equal data give equal weights.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from schemas.statement import Act
from streams.attribution.act_context import context_of
from streams.attribution.act_features import features_of
from streams.attribution.act_model import ActModel, likeliest
from streams.attribution.act_rules import act_by_rules, says_little
from streams.attribution.act_words import said
from streams.attribution.antecedents import reporters
from streams.attribution.document import Attribution, Document
from streams.attribution.entities import entities
from streams.attribution.quotation import kind_of
from streams.attribution.resolution import anchor_of, speakers
from streams.attribution.segmentation import segment
from streams.attribution.span import Span
from streams.knowledge import load
from training.folds import FOLDS, fold_folder, folds_of, write_folds
from training.markup import read_corpus

ACTS: tuple[Act, ...] = get_args(Act)
HERE = Path(__file__).parent
RAREST = 5
"""Statements that must have a feature for it to be learned."""
RIDGE = 4e-3
LEANING = 0.3
"""Added to the score of ``assert``: the corpus has rare acts far oftener than the news has them."""
ROUNDS = 120
SCALE = 1000
"""Weights are written as whole numbers, this many for 1."""
SMALLEST = 0.02
"""Features whose weights are all smaller are left out of the file."""
Matrix = NDArray[np.float32]
Rows = Mapping[str, Sequence[dict[str, Any]]]


@dataclass(frozen=True)
class Example:
    """A statement: its article, what tells its act, and the act that a reader gave it.

    ``lexicon`` is the act of the cue alone, ``rules`` that of the rules; ``is_open`` where the model decides.
    """

    article: str
    features: dict[str, float]
    lexicon: Act
    rules: Act
    is_open: bool
    act: Act


_knowledge = cache(load)


def _examples(article: str, text: str, on: str | None, rows: Sequence[dict[str, Any]]) -> Iterator[Example]:
    document = Document(text, segment(text), None, date.fromisoformat(on) if on else None)
    knowledge = _knowledge()
    rows = sorted(rows, key=lambda row: (row["content"][0][0], -row["content"][-1][1]))
    found = [
        Attribution(*(tuple(Span(*span) for span in row[part]) for part in ("source", "cue", "content")), 1.0)
        for row in rows
    ]
    who = speakers(document, found, entities(document, knowledge), knowledge)
    those = [said(document, one, kind_of(document, one), by, knowledge) for one, by in zip(found, who, strict=True)]
    verdicts = [act_by_rules(what) for what in those]
    sources = [" ".join(span.of(text) for span in one.source) for one in found]
    holders = reporters([one.content for one in found], [anchor_of(one) for one in found])
    for row, what, verdict, around in zip(rows, those, verdicts, context_of(verdicts, sources, holders), strict=True):
        lexicon: Act = what.entry.act if what.entry else "assert"
        yield Example(article, features_of(what, verdict) | around, lexicon, verdict, says_little(what), row["act"])


def _by_article(file: Path) -> Rows:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with file.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            rows[row["doc"]].append(row)
    return rows


def annotated(file: Path, texts: Mapping[str, str], dates: Mapping[str, str]) -> list[Example]:
    """The statements of a file whose articles' texts are known; others are passed over."""
    rows = _by_article(file)
    return [
        each for id_ in sorted(rows) if id_ in texts for each in _examples(id_, texts[id_], dates.get(id_), rows[id_])
    ]


def texts_of(folder: Path, polnear: Path | None) -> dict[str, str]:
    """Texts by article: those in the folder, and those of PolNeAR if its file is there."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "texts").glob("*.txt"))}
    if polnear and polnear.exists():
        with polnear.open(encoding="utf-8") as lines:
            texts |= {row["id"]: row["text"] for row in map(json.loads, lines)}
    return texts


def corpus(folder: Path) -> list[Example]:
    """The statements of the project's own annotated articles."""
    return [
        each
        for article in read_corpus(folder)
        for each in _examples(article.id, article.text, article.date, article.statements)
    ]


def _vocabulary(examples: Sequence[Example]) -> list[str]:
    counts = Counter(name for example in examples for name in example.features)
    return sorted(name for name, count in counts.items() if count >= RAREST)


def _design(examples: Sequence[Example], names: Sequence[str]) -> Matrix:
    """One row a statement, one column a feature, the last column for all."""
    columns = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(examples), len(names) + 1), dtype=np.float32)
    matrix[:, -1] = 1
    for row, example in enumerate(examples):
        for name, value in example.features.items():
            if (column := columns.get(name)) is not None:
                matrix[row, column] = value
    return matrix


def _softmax(scores: Matrix) -> Matrix:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def fit(matrix: Matrix, acts: Sequence[Act]) -> Matrix:
    """Weights (features x acts) of a softmax regression with an L2 penalty, by Adam on all rows at once."""
    ridge = np.full((matrix.shape[1], 1), RIDGE, dtype=np.float32)
    ridge[-1] = 0
    target = np.eye(len(ACTS), dtype=np.float32)[[ACTS.index(act) for act in acts]]
    learned: Matrix = np.zeros((matrix.shape[1], len(ACTS)), dtype=np.float32)
    mean, square = np.zeros_like(learned), np.zeros_like(learned)
    for step in range(1, ROUNDS + 1):
        slope = matrix.T @ (_softmax(matrix @ learned) - target) / len(matrix) + ridge * learned
        mean += np.float32(0.1) * (slope - mean)
        square += np.float32(0.01) * (slope**2 - square)
        rate = 0.1 * (1 - step / (ROUNDS + 1))
        learned -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return learned


def learn(examples: Sequence[Example]) -> ActModel:
    """The model learned from ``examples``."""
    names = _vocabulary(examples)
    learned = fit(_design(examples, names), [example.act for example in examples])
    learned[-1, ACTS.index("assert")] += LEANING
    kept = [row for row in range(len(names)) if np.abs(learned[row]).max() >= SMALLEST]
    return ActModel(ACTS, learned[-1], {names[row]: place for place, row in enumerate(kept)}, learned[kept])


def verdicts(examples: Sequence[Example], model: ActModel) -> dict[str, list[Act]]:
    """What each way of telling acts says of ``examples``; ``combined`` is what ships."""
    learned = [likeliest(each.features, model) for each in examples]
    return {
        "lexicon": [each.lexicon for each in examples],
        "rules": [each.rules for each in examples],
        "learned": learned,
        "combined": [act if each.is_open else each.rules for act, each in zip(learned, examples, strict=True)],
    }


def cross_validated(tested: Sequence[Example], beside: Sequence[Example], keep: Path | None = None) -> dict[str, float]:
    """Share of ``tested`` told right in each way, no article being judged by a model that has seen it.

    ``beside`` are learned from in every fold. ``keep``: a folder for the models of the folds.
    """
    folds = folds_of(each.article for each in tested)
    if keep:
        write_folds(keep, folds)
    right: Counter[str] = Counter()
    for fold in range(FOLDS):
        model = learn([each for each in (*tested, *beside) if folds.get(each.article) != fold])
        if keep:
            write(model, fold_folder(keep, fold) / "act_weights.json")
        held = [each for each in tested if folds[each.article] == fold]
        for way, acts in verdicts(held, model).items():
            right[way] += sum(act == each.act for act, each in zip(acts, held, strict=True))
    return {way: count / len(tested) for way, count in right.items()}


def write(model: ActModel, out: Path) -> None:
    """The model as JSON, a line a feature."""
    found = {
        "acts": model.acts,
        "scale": SCALE,
        "bias": [round(float(each), 3) for each in model.bias],
        "weights": {name: np.rint(model.weights[row] * SCALE).astype(int).tolist() for name, row in model.rows.items()},
    }
    lines = json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("],", "],\n")
    out.write_text(lines + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Cross-validate, print the shares told right, learn from everything, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements-train", type=Path, required=True, help="folder with statements.jsonl and texts/")
    parser.add_argument("--polnear", type=Path, help="PolNeAR's train.jsonl, for the texts that the folder leaves out")
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus")
    parser.add_argument("--out", type=Path, help="where to write the weights; without it they are only tried")
    parser.add_argument("--folds", type=Path, help="folder in which the models of the folds are kept")
    options = parser.parse_args(arguments)
    texts = texts_of(options.statements_train, options.polnear)
    lines = (options.statements_train / "dates.tsv").read_text(encoding="utf-8").splitlines()
    dates = dict(line.split("\t") for line in lines)
    tested = annotated(options.statements_train / "statements.jsonl", texts, dates)
    beside = [*corpus(options.corpus), *annotated(HERE / "polnear-statements.jsonl", texts, {})]
    print(f"{len(tested)} statements to test on, {len(beside)} more to learn from")
    print(
        "statements-train",
        {way: round(share, 4) for way, share in cross_validated(tested, beside, options.folds).items()},
    )
    if options.out:
        model = learn([*tested, *beside])
        write(model, options.out)
        print(f"{len(model.rows)} features written to {options.out}")


if __name__ == "__main__":
    main()
