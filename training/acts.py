"""Learn which act a statement does: softmax regression on the features of ``streams.attribution.act_features``.

``python -m training.acts --statements-train DIR --out FILE`` cross-validates by article, prints the shares told right
and writes the weights as JSON. Articles of ``training/corpus`` are learned from, too; equal data give equal weights.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from schemas.statement import Act
from streams.attribution.act_features import features_of, weight_of
from streams.attribution.act_model import ActModel, likeliest
from streams.attribution.act_rules import act_by_rules
from streams.attribution.act_words import Said, said, says_little
from streams.attribution.document import Attribution, Document
from streams.attribution.quotation import kind_of
from streams.attribution.segmentation import segment
from streams.attribution.span import Span
from training.markup import read_corpus

ACTS: tuple[Act, ...] = get_args(Act)
FOLDS = 5
RAREST = 3
"""Statements that must have a feature for it to be learned."""
RIDGE = 5e-3
ROUNDS = 120
SUREST = 0.4
"""Probability from which the model's verdict is taken before the rules' (chosen by cross-validation)."""
SMALLEST = 0.05
"""Features whose weights are all smaller are left out of the file."""
Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Example:
    """A statement: its article, what it says, the act that a reader gave it."""

    article: str
    what: Said
    act: Act


def _examples(article: str, text: str, rows: Sequence[dict[str, Any]]) -> list[Example]:
    document = Document(text, segment(text))
    found = []
    for row in rows:
        source, cue, content = (tuple(Span(*span) for span in row[part]) for part in ("source", "cue", "content"))
        attribution = Attribution(source, cue, content, 1.0)
        found.append(Example(article, said(document, attribution, kind_of(document, attribution)), row["act"]))
    return found


def statements_train(folder: Path, polnear: Path | None = None) -> list[Example]:
    """The statements of ``folder``; texts that it leaves out are looked up in ``polnear``, else passed over."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["doc"]].append(row)
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "texts").glob("*.txt"))}
    if polnear and polnear.exists():
        with polnear.open(encoding="utf-8") as lines:
            texts |= {row["id"]: row["text"] for row in map(json.loads, lines) if row["id"] in rows}
    return [each for id_ in sorted(rows) if id_ in texts for each in _examples(id_, texts[id_], rows[id_])]


def corpus(folder: Path) -> list[Example]:
    """The statements of the project's own annotated articles."""
    return [each for article in read_corpus(folder) for each in _examples(article.id, article.text, article.statements)]


def _vocabulary(examples: Sequence[Example]) -> list[str]:
    counts = Counter(name for example in examples for name in features_of(example.what))
    return sorted(name for name, count in counts.items() if count >= RAREST)


def _design(examples: Sequence[Example], names: Sequence[str]) -> Matrix:
    """One row a statement, one column a feature, the last column for all."""
    columns = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(examples), len(names) + 1), dtype=np.float32)
    matrix[:, -1] = 1
    for row, example in enumerate(examples):
        for name in features_of(example.what):
            if (column := columns.get(name)) is not None:
                matrix[row, column] = weight_of(name)
    return matrix


def _softmax(scores: Matrix) -> Matrix:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def fit(matrix: Matrix, acts: Sequence[Act]) -> Matrix:
    """Weights (features x acts) of a softmax regression with an L2 penalty, by Adam on all rows at once."""
    target = np.eye(len(ACTS), dtype=np.float32)[[ACTS.index(act) for act in acts]]
    learned: Matrix = np.zeros((matrix.shape[1], len(ACTS)), dtype=np.float32)
    mean, square = np.zeros_like(learned), np.zeros_like(learned)
    for step in range(1, ROUNDS + 1):
        slope = matrix.T @ (_softmax(matrix @ learned) - target) / len(matrix) + RIDGE * learned
        mean += np.float32(0.1) * (slope - mean)
        square += np.float32(0.01) * (slope**2 - square)
        rate = 0.1 * (1 - step / (ROUNDS + 1))
        learned -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return learned


def learn(examples: Sequence[Example]) -> ActModel:
    """The model learned from those of ``examples`` whose cue says little."""
    little = [example for example in examples if says_little(example.what)]
    names = _vocabulary(little)
    learned = fit(_design(little, names), [example.act for example in little])
    rows = {name: tuple(round(float(each), 2) for each in row) for name, row in zip(names, learned, strict=False)}
    kept = {name: row for name, row in rows.items() if max(map(abs, row)) >= SMALLEST}
    return ActModel(ACTS, tuple(round(float(each), 2) for each in learned[-1]), kept, SUREST)


def verdicts(examples: Sequence[Example], model: ActModel) -> dict[str, list[Act]]:
    """What each way of telling acts says of ``examples``."""
    told: dict[str, list[Act]] = {"lexicon": [], "rules": [], "learned": [], "combined": []}
    for example in examples:
        what = example.what
        rules = act_by_rules(what)
        act, probability = likeliest(what, model)
        told["lexicon"].append(what.entry.act if what.entry else "assert")
        told["rules"].append(rules)
        told["learned"].append(act if says_little(what) else rules)
        told["combined"].append(act if says_little(what) and probability >= model.least else rules)
    return told


def cross_validated(tested: Sequence[Example], beside: Sequence[Example]) -> dict[str, float]:
    """Share of ``tested`` told right in each way, no article being judged by a model that has seen it.

    ``beside`` are learned from in every fold.
    """
    folds = {article: number % FOLDS for number, article in enumerate(sorted({each.article for each in tested}))}
    right: Counter[str] = Counter()
    for fold in range(FOLDS):
        model = learn([each for each in (*tested, *beside) if folds.get(each.article) != fold])
        held = [each for each in tested if folds[each.article] == fold]
        for way, acts in verdicts(held, model).items():
            right[way] += sum(act == each.act for act, each in zip(acts, held, strict=True))
    return {way: count / len(tested) for way, count in right.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Cross-validate, print the shares told right, learn from everything, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements-train", type=Path, required=True, help="folder with statements.jsonl and texts/")
    parser.add_argument("--polnear", type=Path, help="PolNeAR's train.jsonl, for the texts that the folder leaves out")
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parent / "corpus")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    tested = statements_train(options.statements_train, options.polnear)
    beside = corpus(options.corpus)
    print(f"{len(tested)} statements to test on, {len(beside)} more to learn from")
    for name, first, second in (("statements-train", tested, beside), ("corpus", beside, tested)):
        print(name, {way: round(share, 4) for way, share in cross_validated(first, second).items()})
    model = learn([*tested, *beside])
    found = {"acts": model.acts, "least": model.least, "bias": model.bias, "weights": model.weights}
    lines = json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("],", "],\n")
    options.out.write_text(lines + "\n", encoding="utf-8")
    print(f"{len(model.weights)} features written to {options.out}")


if __name__ == "__main__":
    main()
