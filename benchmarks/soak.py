"""A worker under a steady load for a long time: ``python -m benchmarks.soak --help``."""

from __future__ import annotations

import asyncio
import csv
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import aclosing, suppress
from dataclasses import asdict, dataclass, fields
from itertools import cycle
from pathlib import Path

import click
import numpy as np
import psutil

from benchmarks import texts
from benchmarks.extract import machine
from benchmarks.stream_runs import process, ready, stream
from schemas.statement import Statement
from schemas.wire import encode
from streams.broker import apache
from streams.pipeline import topics
from streams.pipeline.clients import producing
from streams.pipeline.positions import positions
from streams.pipeline.settings import Settings
from streams.pipeline.tail import tail
from streams.pipeline.topics import ARTICLES, SENTENCES, STATEMENTS

JARS = Path(os.environ.get("STATEMENTS_KAFKA_HOME", ".kafka")).absolute() / "libs"
WARM_UP = 0.25
"""Of the time, at its beginning: memories of a fixed size fill, and no slope is taken of that."""
BACKLOG = 800
"""Articles written at once at the beginning, as after an outage: with more statements than the page remembers, so that
what has a fixed size is full, and every thread has worked, before the warm-up ends."""


@dataclass(frozen=True)
class Sample:
    """One look: minutes since the beginning, MiB in memory, open files and sockets, messages not done, and the median
    and the longest of the seconds that the statements since the last look took; those are NaN where there was none."""

    minutes: float
    memory: float
    handles: int
    lag: int
    p50: float
    longest: float


@dataclass(frozen=True)
class Slope:
    """Growth of the memory in MiB an hour, with the ends of its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def is_flat(self) -> bool:
        """Whether nothing is seen to grow."""
        return self.low <= 0


def counted(samples: Sequence[Sample]) -> Sequence[Sample]:
    """Those after the warm-up."""
    return samples[int(WARM_UP * len(samples)) :]


def slope(samples: Sequence[Sample]) -> Slope:
    """By least squares after the warm-up. Samples in a row are alike, so that they count for fewer than they are."""
    kept = counted(samples)
    hours = np.array([sample.minutes / 60 for sample in kept])
    memory = np.array([sample.memory for sample in kept])
    value, start = np.polyfit(hours, memory, 1)
    rest = memory - (value * hours + start)
    alike = max(0.0, float(np.corrcoef(rest[:-1], rest[1:])[0, 1])) if rest.std() > 0 else 0.0
    independent = max(3.0, len(kept) * (1 - alike) / (1 + alike))
    error = float(rest.std() / (hours.std() * np.sqrt(independent - 2))) if hours.std() > 0 else float("inf")
    return Slope(float(value), float(value) - 1.96 * error, float(value) + 1.96 * error)


class Load:
    """Articles from seeds/, each time under another id, and when each was written."""

    def __init__(self, settings: Settings, rate: float) -> None:
        self._settings = settings
        self._rate = rate
        self._written: dict[str, float] = {}
        self.taken: list[float] = []
        """Seconds from an article's writing to the reading of its first statement, since somebody last emptied this."""

    async def write(self) -> None:
        """For ever."""
        async with producing(self._settings) as producer:
            began = time.perf_counter()
            for number, article in enumerate(cycle(texts.articles())):
                due = began + max(0, number - BACKLOG) / self._rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                value, headers = encode(article.model_copy(update={"id": f"{article.id}-{number}"}))
                self._written[f"{article.id}-{number}"] = time.perf_counter()
                await producer.send_and_wait(ARTICLES.name(self._settings), value, headers=list(headers))

    async def read(self) -> None:
        """For ever."""
        async with aclosing(tail(self._settings, (STATEMENTS,), from_beginning=True)) as reading:
            async for received in reading:
                if isinstance(received.message, Statement):
                    written = self._written.pop(received.message.article_id, None)
                    if written is not None:
                        self.taken.append(time.perf_counter() - written)


async def soak(settings: Settings, minutes: float, rate: float, every: float) -> list[Sample]:
    """Samples of one worker as it ships, page and all, at ``rate`` articles a second."""
    await topics.ensure(settings)
    places = await topics.partitions(settings, (ARTICLES, SENTENCES, STATEMENTS))
    samples: list[Sample] = []
    async with process(settings, "streams", "worker") as worker, positions(settings, places) as broker:
        await ready(settings.web_port)
        load = Load(settings, rate)
        tasks = [asyncio.create_task(load.write()), asyncio.create_task(load.read())]
        began = time.perf_counter()
        try:
            while (since := time.perf_counter() - began) < 60 * minutes:
                await asyncio.sleep(every - since % every)
                lag = sum(position.lag for position in (await broker.now()).values())
                taken, load.taken = load.taken, []
                samples.append(_sample(worker.pid, (time.perf_counter() - began) / 60, lag, taken))
                for task in tasks:
                    if task.done():
                        task.result()
        finally:
            for task in tasks:
                task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*tasks)
    return samples


def _sample(pid: int, minutes: float, lag: int, taken: Sequence[float]) -> Sample:
    program = psutil.Process(pid)
    return Sample(
        minutes=minutes,
        memory=program.memory_info().rss / 2**20,
        handles=program.num_fds(),
        lag=lag,
        p50=float(np.median(taken)) if taken else float("nan"),
        longest=max(taken, default=float("nan")),
    )


def save(samples: Sequence[Sample], path: Path) -> None:
    """As CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Sample)])
        writer.writeheader()
        for sample in samples:
            writer.writerow({name: f"{value:.4g}" for name, value in asdict(sample).items()})


def plot(samples: Sequence[Sample], growth: Slope, path: Path) -> None:
    """As a picture: four curves over the same minutes; lag and latency as high as they are after the warm-up."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    minutes = [sample.minutes for sample in samples]
    kept = counted(samples)
    figure, axes = plt.subplots(4, 1, sharex=True, figsize=(8, 8), layout="constrained")
    words = f"{growth.value:+.1f} MiB an hour (95 %: {growth.low:+.1f} to {growth.high:+.1f})"
    axes[0].plot(minutes, [sample.memory for sample in samples])
    axes[0].axvspan(0, kept[0].minutes, alpha=0.1)
    axes[0].set(ylabel="memory, MiB", ylim=(0, None), title=f"Memory {words}; shaded: not counted")
    axes[1].plot(minutes, [sample.handles for sample in samples])
    axes[1].set(ylabel="open handles", ylim=(0, None))
    axes[2].plot(minutes, [sample.lag for sample in samples])
    axes[2].set(ylabel="lag, messages", ylim=(0, 2 * max(sample.lag for sample in kept) + 1))
    axes[3].plot(minutes, [sample.p50 for sample in samples], label="median")
    axes[3].plot(minutes, [sample.longest for sample in samples], label="longest")
    longest = np.nanmax([sample.longest for sample in kept])
    axes[3].set(ylabel="latency, s", xlabel="minutes", ylim=(0, 1.2 * longest if longest > 0 else None))
    axes[3].legend(loc="upper right")
    figure.savefig(path, dpi=80)


@click.command()
@click.option("--minutes", type=click.FloatRange(0.5), default=30.0, show_default=True)
@click.option("--rate", type=click.FloatRange(0.1), default=2.0, show_default=True, help="Articles a second.")
@click.option("--every", type=click.FloatRange(1.0), default=5.0, show_default=True, help="Seconds between two looks.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("soak"), show_default=True,
              metavar="FOLDER", help="Gets soak.csv and soak.png.")  # fmt: skip
def main(minutes: float, rate: float, every: float, out: Path) -> None:
    """Run a worker at a steady load on a real Kafka, and tell how its memory, handles, lag and latency go.

    Exits with 1 when the memory is seen to grow after the first quarter of the time.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as folder:
        running = apache.start(Path(folder), 0, libs=JARS)
        try:
            samples = asyncio.run(soak(stream(running.address), minutes, rate, every))
        finally:
            apache.stop(running.home)
    growth = slope(samples)
    save(samples, out / "soak.csv")
    plot(samples, growth, out / "soak.png")
    kept = counted(samples)
    first, last = kept[0], kept[-1]
    click.echo(f"{machine()}\n{minutes:g} minutes at {rate:g} articles/s, {len(samples)} samples; in {out}")
    click.echo(
        f"memory after the warm-up {first.memory:.0f} MiB, at the end {last.memory:.0f}; "
        f"{growth.value:+.1f} MiB an hour (95 %: {growth.low:+.1f} to {growth.high:+.1f})"
    )
    click.echo(f"handles {first.handles} and {last.handles}; lag at most {max(sample.lag for sample in kept)}")
    median, longest = (
        np.nanmedian([sample.p50 for sample in kept]),
        np.nanmax([sample.longest for sample in kept]),
    )
    click.echo(f"latency: median {median:.2f} s, longest {longest:.2f} s")
    click.echo("flat: no growth is seen" if growth.is_flat else "NOT FLAT")
    raise SystemExit(0 if growth.is_flat else 1)


if __name__ == "__main__":
    main()
