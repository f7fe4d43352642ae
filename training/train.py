"""Train the tagger: first on PolNeAR, then on statements annotated by our own definition; write what ships.

``python -m training.train --help`` tells the folders it reads. Every epoch's weights are kept in the work folder, and a
run that was stopped goes on after the last one.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from training.data import Annotated, Example, annotated, examples, polnear
from training.export import export
from training.fit import Recipe, fit
from training.markup import read_corpus
from training.network import Network, load, pieces_of, save, tokenizer

WINDOW_SIZES = (288, 224, 256, 160)
"""Pieces a window, epoch by epoch: other cuts show the network other contexts and edges."""

POLNEAR = Recipe(epochs=6, encoder_rate=1.5e-4, head_rate=1e-3)
ADAPTATION = Recipe(epochs=7, encoder_rate=8e-5, head_rate=4e-4, batch=8, warm_up=0.1, average=0.995, frozen_layers=1)
MIX = 0.4
"""PolNeAR windows for each window of our own, so that what it taught is not forgotten."""


@dataclass(frozen=True)
class Sources:
    """Where the annotated articles come from."""

    polnear: Path
    statements_train: Path
    corpus: Path
    polnear_statements: Path


def our_articles(sources: Sources) -> list[Annotated]:
    """All articles annotated by our definition: the given ones, the corpus, and more of PolNeAR's train split."""
    texts = {article.id: article.text for article in polnear(sources.polnear / "train.jsonl")}
    texts |= {p.stem: p.read_bytes().decode() for p in (sources.statements_train / "texts").glob("*.txt")}
    given = annotated(sources.statements_train / "statements.jsonl", texts)
    more = annotated(sources.polnear_statements, texts)
    written = [Annotated(a.id, a.text, a.statements) for a in read_corpus(sources.corpus)]
    return [*given, *more, *written]


def held_out(articles: Sequence[Annotated], fold: int, folds: int) -> set[str]:
    """Ids of one fold of ``articles``; the order is fixed by a seed, not by the files."""
    ids = sorted({article.id for article in articles})
    random.Random(7).shuffle(ids)
    return set(ids[fold::folds])


def pretrain(sources: Sources, work: Path) -> Network:
    """Stage one: PolNeAR's train split, from the encoder as its package carries it."""
    pieces = pieces_of(tokenizer())
    articles = polnear(sources.polnear / "train.jsonl")
    sizes = [examples(articles, pieces, size) for size in WINDOW_SIZES[1:3]]

    def keep(epoch: int, average: Network) -> None:
        save(average, work / f"polnear-{epoch}.pt")

    return fit(Network(), lambda epoch: sizes[epoch % len(sizes)], POLNEAR, keep, _log)


def adapt(network: Network, sources: Sources, work: Path, without: set[str], recipe: Recipe) -> Network:
    """Stage two: our definition, with some of PolNeAR mixed in; articles named in ``without`` stay unseen."""
    pieces = pieces_of(tokenizer())
    ours = [article for article in our_articles(sources) if article.id not in without]
    known = {article.id for article in ours} | without
    other = [a for a in polnear(sources.polnear / "train.jsonl") if a.id not in known]
    random.Random(recipe.seed).shuffle(other)
    by_size = {size: examples(ours, pieces, size) for size in WINDOW_SIZES}
    mixed = examples(other[:400], pieces, WINDOW_SIZES[0])
    _log(f"{len(ours)} articles, {sum(len(a.attributions) for a in ours)} statements, {len(by_size[288])} windows")

    def epoch_data(epoch: int) -> list[Example]:
        own = by_size[WINDOW_SIZES[epoch % len(WINDOW_SIZES)]]
        share = random.Random(epoch).sample(mixed, min(len(mixed), int(MIX * len(by_size[288]))))
        return [*own, *share]

    def keep(epoch: int, average: Network) -> None:
        save(average, work / f"adapted-{epoch}.pt")

    return fit(network, epoch_data, recipe, keep, _log)


def _log(line: str) -> None:
    print(line, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Run the stages asked for."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    parser.add_argument("--polnear", type=Path, required=True, help="folder with PolNeAR's train.jsonl and dev.jsonl")
    parser.add_argument("--statements-train", type=Path, required=True, help="folder of articles annotated by our definition")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="folder for checkpoints")
    parser.add_argument("--out", type=Path, default=Path("streams/attribution/tagging/model"), help="where the model goes")
    parser.add_argument("--start", type=Path, help="weights after stage one, to adapt at once")
    parser.add_argument("--fold", type=int, help="leave this fifth of statements-train unseen, to choose settings on")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    here = Path(__file__).parent
    sources = Sources(options.polnear, options.statements_train, here / "corpus", here / "polnear-statements.jsonl")
    options.work.mkdir(parents=True, exist_ok=True)
    network = load(options.start) if options.start else pretrain(sources, options.work)
    without: set[str] = set()
    if options.fold is not None:
        rows = {a.id: a.text for a in polnear(options.polnear / "train.jsonl")}
        rows |= {p.stem: p.read_bytes().decode() for p in (options.statements_train / "texts").glob("*.txt")}
        without = held_out(annotated(options.statements_train / "statements.jsonl", rows), options.fold, 5)
    adapted = adapt(network, sources, options.work, without, ADAPTATION)
    export(adapted, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
