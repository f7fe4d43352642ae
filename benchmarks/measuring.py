"""The measurements themselves."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from benchmarks import texts
from benchmarks.networks import talkative_networks
from benchmarks.references import Measured, Reference
from benchmarks.stopwatch import NETWORKS, Seconds, processor_time, stopwatch
from schemas import Article
from streams.attribution.extract import Tagger, extract
from streams.knowledge import Knowledge

Extract = Callable[[Article], object]


@dataclass(frozen=True)
class OnOneThread:
    """Processor seconds for all articles once, those of each step, and of what stands between them."""

    seconds: float
    steps: Seconds


@dataclass(frozen=True)
class Pathological:
    """Processor seconds at one size and at twice that, of everything but the networks."""

    name: str
    characters: int
    once: float
    twice: float


def extractor(tagger: Tagger, knowledge: Knowledge) -> Extract:
    """The function that is measured."""
    return lambda article: extract(article, tagger, knowledge)


def on_one_thread(articles: Sequence[Article], run: Extract, rounds: int) -> OnOneThread:
    """The fastest of ``rounds``."""
    measured = []
    for _ in range(rounds):
        with stopwatch() as steps, processor_time() as seconds:
            for article in articles:
                run(article)
            measured.append(OnOneThread(seconds(), dict(steps)))
    return min(measured, key=lambda one: one.seconds)


def on_threads(articles: Sequence[Article], run: Extract, threads: int, rounds: int) -> float:
    """Seconds by the clock for all articles once, over ``rounds`` of them in a row."""
    with ThreadPoolExecutor(threads) as pool:
        start = time.perf_counter()
        for _ in pool.map(run, [article for _ in range(rounds) for article in articles]):
            pass
        return (time.perf_counter() - start) / rounds


def fastest(reference: Reference, bodies: Sequence[str], rounds: int) -> Measured:
    """The fastest of ``rounds``, or why there is none."""
    measured = reference(bodies)
    for _ in range(rounds - 1):
        if isinstance(measured, str):
            break
        again = reference(bodies)
        measured = min(measured, again) if not isinstance(again, str) else again
    return measured


def peak_memory() -> float:
    """The most that this process ever had in memory, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def pathological(size: int, people: int, run: Extract) -> list[Pathological]:
    """Each kind of odd input with ``size`` characters and twice as many, and ``people`` names and twice as many.

    The names are read by the real networks, the others by networks that see statements everywhere.
    """
    with talkative_networks():
        odd = [_at_both_sizes(name, make(size), make(2 * size), run) for name, make in texts.PATHOLOGICAL.items()]
    name = f"{people:,} names of people who say something"
    return [*odd, _at_both_sizes(name, texts.people(people), texts.people(2 * people), run)]


def _at_both_sizes(name: str, once: str, twice: str, run: Extract) -> Pathological:
    return Pathological(name, len(once), _seconds(once, run), _seconds(twice, run))


def _seconds(body: str, run: Extract) -> float:
    with stopwatch() as steps, processor_time() as seconds:
        run(Article(body=body))
        return seconds() - sum(steps.get(name, 0.0) for name in NETWORKS)
