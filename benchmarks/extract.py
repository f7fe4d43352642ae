"""How fast statements are extracted: ``python -m benchmarks.extract --help``."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from pathlib import Path

import click

from benchmarks import references, texts
from benchmarks.measuring import (
    OnOneThread,
    Pathological,
    extractor,
    fastest,
    on_one_thread,
    on_threads,
    pathological,
    peak_memory,
)
from benchmarks.references import Measured
from benchmarks.stopwatch import RESOLVE, STEPS, TAGGER
from streams import knowledge
from streams.attribution.tagging.model import Model, shipped
from streams.attribution.tagging.session import Session
from streams.evaluation.tables import NOTHING, Table, markdown

LEAST_OF_ENCODER = 0.5
MOST_OF_TAGGER = 0.15
LEAST_WITH_VNNI = 6000

Pairs = list[tuple[str, Measured]]


@click.command()
@click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path), default=shipped,
              metavar="FOLDER", show_default="the one that ships", help="The model to run.")  # fmt: skip
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="The fastest of so many counts.")
@click.option("--size", type=click.IntRange(0), default=500_000, show_default=True,
              help="Characters of a pathological input, read at twice that too; 0 leaves them out.")  # fmt: skip
@click.option("--people", type=click.IntRange(1), default=5_000, show_default=True,
              help="Names in a pathological input, read with twice that too.")  # fmt: skip
@click.option(
    "--spacy-model", default="en_core_web_sm", show_default=True, metavar="NAME", help="For textacy, if it is there."
)
def main(model: Path, rounds: int, size: int, people: int, spacy_model: str) -> None:
    """Measure the extraction on the articles in seeds/, step by step, against the encoder alone and other programs.

    Processor seconds of one thread, except where it says "by the clock". Exits with 1 when a bar is not met.
    """
    articles = texts.articles()
    bodies = [article.body for article in articles]
    words = texts.words_in(articles)
    click.echo(f"{machine()}\n\n{len(articles)} articles, {words:,} words between spaces, fastest of {rounds} rounds\n")

    before = peak_memory()
    run = extractor(Model(model).tagger(), knowledge.load())
    run(articles[0])
    alone = on_one_thread(articles, run, rounds)
    threads = os.cpu_count() or 1
    together = on_threads(articles, run, threads, rounds)
    memory = peak_memory()
    encoder = fastest(references.encoder_alone(Session(model)), bodies, rounds)
    compared: Pairs = [
        ("extraction, one thread", alone.seconds),
        (f"extraction, {threads} threads, by the clock", together),
        ("int8 encoder alone, same windows", encoder),
        ("spaCy, blank pipeline with sentencizer", fastest(references.spacy_sentencizer, bodies, rounds)),
        ("textacy, quotations", fastest(references.textacy_quotations(spacy_model), bodies, rounds)),
    ]
    click.echo(markdown(speeds(compared, len(articles), words)))
    click.echo(markdown(steps(alone)))
    click.echo(f"Peak memory {memory:.0f} MiB, {before:.0f} of them before the model was loaded\n")
    assert isinstance(encoder, float)
    bars = met(alone, encoder, words)
    if size:
        click.echo(markdown(scaling(pathological(size, people, run))))
    click.echo("\n".join(f"{'met' if is_met else 'NOT MET'}: {words_}" for words_, is_met in bars.items()))
    raise SystemExit(0 if all(bars.values()) else 1)


def machine() -> str:
    """Processor, whether it multiplies int8 in hardware, and Python."""
    name = _cpu_line("model name") or platform.processor() or platform.machine()
    return (
        f"{name}, {os.cpu_count()} threads, VNNI: {'yes' if has_vnni() else 'no'}; Python {platform.python_version()}"
    )


def has_vnni() -> bool:
    """Whether the processor has instructions for int8 networks, as far as the system tells."""
    return "vnni" in _cpu_line("flags")


def _cpu_line(key: str) -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.is_file() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")


def speeds(compared: Pairs, articles: int, words: int) -> Table:
    """Articles and words a second, and how often as fast as the encoder alone."""
    encoder = next(seconds for name, seconds in compared if name.startswith("int8 encoder"))
    rows = tuple(
        (name, f"{articles / seconds:,.1f}", f"{words / seconds:,.0f}", f"{encoder / seconds:.2f}")
        if isinstance(seconds, float) and isinstance(encoder, float)
        else (f"{name}: {seconds}", NOTHING, NOTHING, NOTHING)
        for name, seconds in compared
    )
    return Table("Speed", ("what", "articles/s", "words/s", "of the encoder's"), rows)


def steps(measured: OnOneThread) -> Table:
    """Where the time goes."""
    seconds: Mapping[str, float] = {step.name: measured.steps.get(step.name, 0.0) for step in STEPS}
    rest = measured.seconds - sum(seconds.values())
    rows = tuple(
        (name, f"{1000 * taken:.1f}", f"{taken / measured.seconds:.1%}")
        for name, taken in (*seconds.items(), ("between them", rest), ("all", measured.seconds))
    )
    return Table("Steps, on one thread", ("step", "ms", "share"), rows)


def met(measured: OnOneThread, encoder: float, words: int) -> dict[str, bool]:
    """What is asked of the extraction, with the figure, and whether it is so."""
    ratio = encoder / measured.seconds
    tagger = sum(measured.steps.get(name, 0.0) for name in TAGGER)
    resolving = measured.steps.get(RESOLVE, 0.0) / tagger
    speed = words / measured.seconds
    bars = {
        f"extraction {ratio:.2f} of the encoder's words/s, at least {LEAST_OF_ENCODER}": ratio >= LEAST_OF_ENCODER,
        f"resolution {resolving:.1%} of the tagger's time, below {MOST_OF_TAGGER:.0%}": resolving < MOST_OF_TAGGER,
    }
    if has_vnni():
        bars[f"extraction {speed:,.0f} words/s with VNNI, at least {LEAST_WITH_VNNI:,}"] = speed >= LEAST_WITH_VNNI
    return bars


def scaling(measured: list[Pathological]) -> Table:
    """Time at one size and at twice that; linear is a ratio of 2."""
    rows = tuple(
        (one.name, f"{one.characters:,}", f"{one.once:.2f}", f"{one.twice:.2f}", f"{one.twice / one.once:.2f}")
        for one in measured
    )
    headings = ("input", "characters", "s", "s at twice the size", "ratio")
    return Table("Pathological inputs, all but the networks", headings, rows)


if __name__ == "__main__":
    main()
