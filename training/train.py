"""Train the tagger: first on PolNeAR, then on statements annotated by our own definition; write what ships.

Every epoch's weights are kept in the work folder; ``--start`` takes up from any of them.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import torch

from streams.evaluation.gold import GoldArticle, GoldStatement
from training.calibrate import choose
from training.card import write
from training.data import Annotated, Example, annotated, examples, polnear
from training.export import export
from training.fit import Recipe, fit
from training.markup import read_corpus
from training.measure import measured
from training.network import Network, load, pieces_of, save, tokenizer

WINDOW_SIZES = (288, 224, 256, 160)
"""Pieces a window, epoch by epoch: other cuts show the network other contexts and edges."""

POLNEAR = Recipe(epochs=6, encoder_rate=1.5e-4, head_rate=1e-3)
CONTINUED = Recipe(epochs=1, encoder_rate=5e-5, head_rate=3e-4)
"""Stage one when weights are given that have been through it: once more, gently."""
ADAPTATION = Recipe(epochs=4, encoder_rate=8e-5, head_rate=4e-4, batch=8, warm_up=0.1, average=0.995, frozen_layers=1)
MIX = 0.25
"""PolNeAR windows for each window of our own, so that what it taught is not forgotten."""
HELD_OUT = 5
"""One of so many parts of ``statements-train`` stays unseen; decoder, calibration and threshold are chosen on it."""


@dataclass(frozen=True)
class Sources:
    """Where the annotated articles come from."""

    polnear: Path
    statements_train: Path
    corpus: Path
    polnear_statements: Path


@dataclass(frozen=True)
class Articles:
    """All articles annotated by our definition: to train on, and to choose settings on."""

    train: list[Annotated]
    held_out: list[Annotated]


def our_articles(sources: Sources) -> Articles:
    """The given articles less the part held out, more of PolNeAR's train split, and the corpus."""
    texts = {article.id: article.text for article in polnear(sources.polnear / "train.jsonl")}
    texts |= {p.stem: p.read_bytes().decode() for p in (sources.statements_train / "texts").glob("*.txt")}
    given = annotated(sources.statements_train / "statements.jsonl", texts)
    more = annotated(sources.polnear_statements, texts)
    written = [Annotated(a.id, a.text, a.statements) for a in read_corpus(sources.corpus)]
    ids = sorted(article.id for article in given)
    random.Random(7).shuffle(ids)
    unseen = set(ids[::HELD_OUT])
    return Articles([*(a for a in given if a.id not in unseen), *more, *written], [a for a in given if a.id in unseen])


def pretrain(network: Network, sources: Sources, work: Path, recipe: Recipe) -> Network:
    """Stage one: PolNeAR's train split."""
    pieces = pieces_of(tokenizer())
    data = examples(polnear(sources.polnear / "train.jsonl"), pieces, 256)
    return fit(network, lambda _: data, recipe, lambda e, average: save(average, work / f"polnear-{e}.pt"), _log)


def adapt(network: Network, sources: Sources, ours: Articles, work: Path, recipe: Recipe) -> Network:
    """Stage two: our definition, with some of PolNeAR mixed in."""
    pieces = pieces_of(tokenizer())
    known = {article.id for article in [*ours.train, *ours.held_out]}
    other = [a for a in polnear(sources.polnear / "train.jsonl") if a.id not in known]
    by_size = {size: examples(ours.train, pieces, size) for size in WINDOW_SIZES}
    _log(f"{len(ours.train)} articles, {sum(len(a.attributions) for a in ours.train)} statements")
    share = int(MIX * len(by_size[WINDOW_SIZES[0]]))

    def epoch_data(epoch: int) -> list[Example]:
        random.Random(epoch).shuffle(other)
        mixed = examples(other[: len(other) // 10], pieces, WINDOW_SIZES[0])
        return [*by_size[WINDOW_SIZES[epoch % len(WINDOW_SIZES)]], *mixed[:share]]

    return fit(network, epoch_data, recipe, lambda e, average: save(average, work / f"adapted-{e}.pt"), _log)


def _gold(articles: Sequence[Annotated]) -> list[GoldArticle]:
    def spans(row: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
        return tuple((start, end) for start, end in row)

    return [
        GoldArticle(
            a.id,
            a.text,
            None,
            tuple(GoldStatement(*(spans(s[part]) for part in ("source", "cue", "content"))) for s in a.attributions),
        )
        for a in articles
    ]


def _log(line: str) -> None:
    print(line, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Run the stages that are asked for, and write the model with its card."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    parser.add_argument("--polnear", type=Path, required=True, help="folder of PolNeAR: train.jsonl, dev.jsonl")
    parser.add_argument("--statements-train", type=Path, required=True, help="folder of articles annotated by us")
    parser.add_argument("--gold", type=Path, help="folder of gold articles, to report on")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="folder for checkpoints")
    parser.add_argument(
        "--out", type=Path, default=Path("streams/attribution/tagging/model"), help="the model's folder"
    )
    parser.add_argument("--start", type=Path, help="weights that have been through stage one, to continue from")
    parser.add_argument("--adapted", type=Path, help="weights that have been through both, only to export and measure")
    parser.add_argument("--date", type=date.fromisoformat, default=date.today(), help="the version's day")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    here = Path(__file__).parent
    sources = Sources(options.polnear, options.statements_train, here / "corpus", here / "polnear-statements.jsonl")
    options.work.mkdir(parents=True, exist_ok=True)
    ours = our_articles(sources)
    if options.adapted:
        network = load(options.adapted)
    else:
        stage_one = CONTINUED if options.start else POLNEAR
        network = pretrain(load(options.start) if options.start else Network(), sources, options.work, stage_one)
        network = adapt(network, sources, ours, options.work, ADAPTATION)
    export(network, options.out)
    unseen = _gold(ours.held_out)
    choose(options.out, unseen, options.date.isoformat(), _log)
    scores = measured(options.out, {f"held out ({len(unseen)} articles)": unseen}, options.gold, options.polnear)
    facts = {
        "version": options.date.isoformat(),
        "articles": len(ours.train),
        "statements": sum(len(a.attributions) for a in ours.train),
        "held": len(unseen),
        "recipe": ADAPTATION,
        "mix": round(1 / MIX),
        "sizes": ", ".join(map(str, WINDOW_SIZES)),
        "stage_one": POLNEAR,
        "continued": replace(CONTINUED),
    }
    write(options.out, facts, scores)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
