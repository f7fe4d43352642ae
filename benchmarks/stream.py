"""What the stream itself costs, on a real Kafka: ``python -m benchmarks.stream --help``."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from benchmarks import texts
from benchmarks.extract import machine
from benchmarks.pace import CALM, Round, calmest, rounds
from benchmarks.stream_runs import HOPS, Latency, articles, fed, latency, raw, real, stream, whole
from streams.broker import apache
from streams.evaluation.tables import NOTHING, Table, markdown
from streams.pipeline import topics

MOST_OF_RAW = 3.0
MOST_SECONDS = 0.25

JARS = Path(os.environ.get("STATEMENTS_KAFKA_HOME", ".kafka")).absolute() / "libs"


@dataclass(frozen=True)
class Speeds:
    """Articles a second."""

    raw: float
    whole: float


@dataclass(frozen=True)
class Measured:
    """The speeds of each round that counts, latencies at half the pipeline's own, and articles a second by workers."""

    size: int
    speeds: list[Round[Speeds]]
    latency: list[Round[Latency]]
    real: dict[int, float]

    @property
    def raw(self) -> float:
        """Articles a second of the bare loop."""
        return statistics.median(each.found.raw for each in self.speeds)

    @property
    def whole(self) -> float:
        """Articles a second of the whole stream."""
        return statistics.median(each.found.whole for each in self.speeds)

    @property
    def ratio(self) -> float:
        """How much longer an article takes for each of its hops than in the bare loop, which is one hop."""
        return self.raw / (HOPS * self.whole)

    @property
    def p99(self) -> float:
        """Seconds: the median of what the rounds of steady load gave."""
        return statistics.median(each.found.p99 for each in self.latency)

    @property
    def is_calm(self) -> bool:
        """Whether the processors were the benchmark's own in every round that counts."""
        return all(each.slowed < CALM for each in (*self.speeds, *self.latency))

    def met(self) -> dict[str, bool]:
        """What is asked, with the figure, and whether it is so."""
        return {
            f"an article's hop takes {self.ratio:.2f} times what it takes in the bare loop, at most {MOST_OF_RAW:g}":
                self.ratio <= MOST_OF_RAW,
            f"p99 {1000 * self.p99:.0f} ms at half load, below {1000 * MOST_SECONDS:.0f} ms": self.p99 < MOST_SECONDS,
        }  # fmt: skip


@click.command()
@click.option("--articles", "count", type=click.IntRange(1_000), default=8_000, show_default=True, help="In a round.")
@click.option("--size", type=click.IntRange(200), default=5_000, show_default=True, help="Bytes of an article.")
@click.option("--rounds", "times", type=click.IntRange(1), default=3, show_default=True, help="The median of so many.")
@click.option("--seconds", type=click.IntRange(5), default=8, show_default=True, help="Of steady load, for latency.")
@click.option("--real", "copies", type=click.IntRange(0), default=6, show_default=True,
              help="How often the articles in seeds/ are extracted in a round; 0 leaves that out.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables.")
def main(count: int, size: int, times: int, seconds: int, copies: int, as_json: bool) -> None:
    """Measure the whole stream with an extractor that does nothing against a bare loop that copies a topic.

    Both await their acknowledgements and read the same articles, in turns, on one Kafka that is started for it (Java 17
    and Maven). A round in which the host slows the processors is done again, up to three times as many in all; those
    slowed least count. Exits with 1 when what is asked is not met.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        running = apache.start(Path(folder), 0, libs=JARS)
        try:
            measured = asyncio.run(measure(running.address, count, size, times, seconds, copies))
        finally:
            apache.stop(running.home)
    met = measured.met()
    if as_json:
        click.echo(json.dumps({**asdict(measured), "ratio": measured.ratio, "machine": machine(), "met": met}))
    else:
        click.echo(f"{machine()}\n")
        for table in shown(measured, count):
            click.echo(markdown(table))
        click.echo("\n".join(f"{'met' if is_met else 'NOT MET'}: {words}" for words, is_met in met.items()))
        if not measured.is_calm:
            click.echo("The host slowed the processors in rounds that count: these figures tell of it too.")
    raise SystemExit(0 if all(met.values()) else 1)


async def measure(brokers: str, count: int, size: int, times: int, seconds: int, copies: int) -> Measured:
    """Everything, on the Kafka at ``brokers``."""

    async def speeds() -> Speeds:
        found = []
        # Each reads its own copy of the same articles, and neither finds the other's output.
        for run in (raw, whole):
            settings = stream(brokers)
            await topics.ensure(settings)
            await fed(settings, articles(count, size))
            found.append(await run(settings, count))
        return Speeds(*found)

    async def at_half_load() -> Latency:
        settings = stream(brokers)
        await topics.ensure(settings)
        return await latency(settings, half, seconds, size)

    fast = calmest(await rounds(speeds, times), times)
    half = statistics.median(each.found.whole for each in fast) / 2
    steady = calmest(await rounds(at_half_load, times), times)
    by_workers = {}
    for workers in (1, 2) if copies else ():
        settings = stream(brokers)
        await topics.ensure(settings)
        these = [
            article.model_copy(update={"id": f"{article.id}-{copy}"})
            for copy in range(copies)
            for article in texts.articles()
        ]
        by_workers[workers] = await real(settings, these, workers)
    return Measured(size, fast, steady, by_workers)


def shown(measured: Measured, count: int) -> list[Table]:
    """The figures, to read."""
    speeds = (
        ("bare aiokafka loop, one hop", *_speed([each.found.raw for each in measured.speeds]), "1.00"),
        (
            f"whole stream, {HOPS} hops, one worker",
            *_speed([each.found.whole for each in measured.speeds], HOPS),
            f"{measured.ratio:.2f}",
        ),
    )
    delays = tuple(
        (
            f"{steady.found.rate:,.0f} articles/s",
            f"{1000 * steady.found.p50:.0f}",
            f"{1000 * steady.found.p99:.0f}",
            f"{steady.found.count:,}",
            f"{steady.slowed:.0%}",
        )
        for steady in measured.latency
    )
    one = measured.real.get(1)
    scaling = tuple(
        (str(workers), f"{rate:,.1f}", f"{rate / one:.2f}" if one else NOTHING)
        for workers, rate in measured.real.items()
    )
    return [
        Table(
            f"{count:,} articles of {measured.size:,} bytes, median of {len(measured.speeds)} rounds, "
            f"in which the processors were slowed for {_shares(measured.speeds)} of the time",
            ("what", "articles/s", "from - to", "µs a hop", "of the bare loop's time"),
            speeds,
        ),
        Table(
            f"From the writing to the reading, at half load, {len(measured.latency)} rounds",
            ("load", "p50 ms", "p99 ms", "articles", "time in which the processors were slowed"),
            delays,
        ),
        *(
            [Table("With the real extractor, one thread a worker", ("workers", "articles/s", "growth"), scaling)]
            if one
            else []
        ),
    ]


def _speed(found: list[float], hops: int = 1) -> tuple[str, str, str]:
    median = statistics.median(found)
    return f"{median:,.0f}", f"{min(found):,.0f} - {max(found):,.0f}", f"{1e6 / median / hops:,.0f}"


def _shares(done: Sequence[Round[Speeds]]) -> str:
    return ", ".join(f"{each.slowed:.0%}" for each in done)


if __name__ == "__main__":
    main()
