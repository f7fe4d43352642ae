"""Train the tagger: first on PolNeAR, then on statements annotated by our own definition; write what ships.

Every epoch's weights and scores are kept: the weights in the work folder, where ``--pretrained`` and ``--adapted`` take
up from, so that a run in parts gives what one in a go does; the scores in the log.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import torch
import torch.distributed as dist

from streams.attribution.tagging.windows import MAXIMUM_PIECES, Window
from streams.evaluation.gold import GoldArticle, GoldStatement
from training.calibrate import choose
from training.card import words_of, write
from training.data import Annotated, Example, annotated, examples, polnear
from training.export import export
from training.fit import Recipe, fit, place
from training.markup import read_corpus
from training.measure import measured, on_articles, on_polnear, told
from training.network import Network, load, mean_of, pieces_of, save, tokenizer

POLNEAR_SIZES = (224, 256, 192)
OUR_SIZES = (288, 224, 256, 160)
"""Pieces a window, epoch by epoch: other cuts show the network other contexts and edges."""

POLNEAR = Recipe(epochs=6, encoder_rate=1.5e-4, head_rate=1e-3)
ADAPTATION = Recipe(epochs=4, encoder_rate=8e-5, head_rate=4e-4, batch=8, warm_up=0.1, average=0.995, frozen_layers=1)
ADAPTATION_SEEDS = (1, 2, 3)
"""Stage two is done once with each, from the same weights; the mean of what comes out ships: steadier than any one."""
MIX = 0.25
"""PolNeAR windows for each window of our own, so that what it taught is not forgotten."""
GIVEN_TIMES = 2
"""How often an epoch shows the articles of ``statements-train`` to once the others, most of which are made up."""
SAMPLED = 12
"""Articles from which the scales of the eight bits are told."""
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
    """All articles annotated by our definition: those of ``statements-train`` and others to train on, and those to
    choose settings on."""

    given: list[Annotated]
    others: list[Annotated]
    held_out: list[Annotated]

    @property
    def train(self) -> list[Annotated]:
        """What stage two learns from."""
        return [*self.given, *self.others]


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
    return Articles([a for a in given if a.id not in unseen], [*more, *written], [a for a in given if a.id in unseen])


@cache
def sample(polnear_folder: Path) -> list[Window]:
    """Some windows of real news, none of them of PolNeAR's dev split."""
    articles = polnear(polnear_folder / "train.jsonl")
    some = random.Random(1).sample(articles, SAMPLED)
    return [example.window for example in examples(some, pieces_of(tokenizer()), MAXIMUM_PIECES)]


def pretrain(network: Network, sources: Sources, work: Path) -> Path:
    """Stage one, PolNeAR's train split; gives the file of the last epoch's weights."""
    pieces = pieces_of(tokenizer())
    articles = polnear(sources.polnear / "train.jsonl")

    @cache
    def windows_of(size: int) -> list[Example]:
        return examples(articles, pieces, size)

    def keep(epoch: int, average: Network) -> None:
        save(average, work / f"polnear-{epoch}.pt")
        export(average, work / "epoch", sample(sources.polnear))
        _log(f"PolNeAR dev: {told(on_polnear(work / 'epoch', sources.polnear))}")

    fit(network, lambda epoch: windows_of(_in_turn(POLNEAR_SIZES, epoch)), POLNEAR, keep, _log)
    return work / f"polnear-{POLNEAR.last_epoch}.pt"


def adapt(network: Network, sources: Sources, ours: Articles, work: Path, seed: int) -> Path:
    """Stage two, our definition with some of PolNeAR mixed in; gives the file of the last epoch's weights."""
    recipe = replace(ADAPTATION, seed=seed)
    pieces = pieces_of(tokenizer())
    known = {article.id for article in [*ours.train, *ours.held_out]}
    other = [a for a in polnear(sources.polnear / "train.jsonl") if a.id not in known]
    shown = [*ours.given * GIVEN_TIMES, *ours.others]
    by_size = {size: examples(shown, pieces, size) for size in OUR_SIZES}
    unseen = _gold(ours.held_out)
    _log(f"{len(ours.train)} articles, {sum(len(a.attributions) for a in ours.train)} statements")
    share = int(MIX * len(by_size[OUR_SIZES[0]]))

    def epoch_data(epoch: int) -> list[Example]:
        mixed = list(other)
        random.Random(f"{seed} {epoch}").shuffle(mixed)
        return [
            *by_size[_in_turn(OUR_SIZES, epoch)],
            *examples(mixed[: len(mixed) // 10], pieces, OUR_SIZES[0])[:share],
        ]

    def keep(epoch: int, average: Network) -> None:
        save(average, work / f"adapted-{seed}-{epoch}.pt")
        export(average, work / "epoch", sample(sources.polnear))
        _log(f"held out: {told(on_articles(work / 'epoch', unseen))}")

    fit(network, epoch_data, recipe, keep, _log)
    return work / f"adapted-{seed}-{recipe.last_epoch}.pt"


def _in_turn(sizes: Sequence[int], epoch: int) -> int:
    return sizes[epoch % len(sizes)]


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


def ship(
    adapted: Sequence[Path], pretrained: Path | None, sources: Sources, ours: Articles, options: argparse.Namespace
) -> None:
    """Export the weights, choose their settings, measure them and write their card."""
    scores = {}
    if pretrained:
        export(load(pretrained), options.work / "epoch", sample(sources.polnear))
        scores["PolNeAR dev, its own definition, after stage one"] = on_polnear(options.work / "epoch", sources.polnear)
    export(mean_of([load(path) for path in adapted]), options.out, sample(sources.polnear))
    unseen = _gold(ours.held_out)
    choose(options.out, unseen, options.date.isoformat(), _log)
    scores |= measured(options.out, {f"held out ({len(unseen)} articles)": unseen}, options.gold)
    facts = {
        "version": options.date.isoformat(),
        "articles": len(ours.train),
        "statements": sum(len(a.attributions) for a in ours.train),
        "held": len(unseen),
        "stage_one": _stage_one(options.pretrained),
        "stage_two": ADAPTATION,
        "stage_two_sizes": _listed(OUR_SIZES),
        "stage_two_runs": len(adapted),
        "given_times": GIVEN_TIMES,
        "mix": round(1 / MIX),
    }
    write(options.out, facts, scores)


def _stage_one(given: Path | None) -> str:
    if given:
        return f"weights that were given ({given.name})"
    return f"from the encoder as it comes, {words_of(POLNEAR)}; windows of {_listed(POLNEAR_SIZES)} word pieces in turn"


def _listed(sizes: Sequence[int]) -> str:
    return ", ".join(map(str, sizes))


def _wait_for_all() -> None:
    if dist.is_initialized():
        dist.barrier()


def _log(line: str) -> None:
    print(line, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Run the stages that are asked for, and write the model with its card.

    Started by ``torchrun``, the processes train together.
    """
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    parser.add_argument("--polnear", type=Path, required=True, help="folder of PolNeAR: train.jsonl, dev.jsonl")
    parser.add_argument("--statements-train", type=Path, required=True, help="folder of articles annotated by us")
    parser.add_argument("--gold", type=Path, help="folder of gold articles, to report on")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="folder for checkpoints")
    parser.add_argument(
        "--out", type=Path, default=Path("streams/attribution/tagging/model"), help="the model's folder"
    )
    parser.add_argument("--pretrained", type=Path, help="weights that have been through stage one")
    parser.add_argument(
        "--adapted",
        type=Path,
        nargs="+",
        help="weights that have been through both: only average, export, measure",
    )
    parser.add_argument("--date", type=date.fromisoformat, default=date.today(), help="the version's day")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    if "RANK" in os.environ:
        dist.init_process_group("gloo", timeout=timedelta(hours=2))
    torch.manual_seed(POLNEAR.seed)
    here = Path(__file__).parent
    sources = Sources(options.polnear, options.statements_train, here / "corpus", here / "polnear-statements.jsonl")
    options.work.mkdir(parents=True, exist_ok=True)
    ours = our_articles(sources)
    adapted = options.adapted
    pretrained = options.pretrained
    if not adapted:
        pretrained = pretrained or pretrain(Network(), sources, options.work)
        _wait_for_all()
        adapted = [adapt(load(pretrained), sources, ours, options.work, seed) for seed in ADAPTATION_SEEDS]
    if place()[0] == 0:
        ship(adapted, pretrained, sources, ours, options)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
