"""Processor time of each step, taken while the extractor's own functions run."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NamedTuple

import streams.attribution.extract as extraction
import streams.attribution.tagging.tagger as tagging
from streams.attribution.tagging.session import Session
from streams.attribution.tagging.tagger import LearnedTagger

Seconds = dict[str, float]


class Step(NamedTuple):
    """A function that is timed, where it is looked up when it is called, and what its step is called."""

    name: str
    owner: Any
    function: str


ENCODER, RELATION, RESOLVE = "encoder", "relation", "resolve"

STEPS = (
    Step("segment", extraction, "segment"),
    Step("windows, tokenise", tagging, "windows"),
    Step(ENCODER, Session, "read"),
    Step(RELATION, Session, "relate"),
    Step("decode", LearnedTagger, "attributions"),
    Step("link, normalise", extraction, "link"),
    Step("link, normalise", extraction, "normalise"),
    Step("link, normalise", extraction, "by_layout"),
    Step("link, normalise", extraction, "with_positions"),
    Step("link, normalise", extraction, "settle_cues"),
    Step("link, normalise", extraction, "settle_sources"),
    Step(RESOLVE, extraction, "statements"),
)
"""In the order in which they run; a step's time is its own, without that of the steps that it calls."""

NETWORKS = (ENCODER, RELATION)
TAGGER = ("windows, tokenise", *NETWORKS, "decode")


class _Stopwatch:
    def __init__(self) -> None:
        self.seconds: Seconds = defaultdict(float)
        self._inner = [0.0]

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            start = time.thread_time()
            try:
                return function(*arguments, **named)
            finally:
                taken = time.thread_time() - start
                self.seconds[name] += taken - self._inner.pop()
                self._inner[-1] += taken

        return timed


@contextmanager
def stopwatch(steps: Iterable[Step] = STEPS) -> Iterator[Seconds]:
    """Gives the seconds that this thread spent in each of ``steps``, growing while the block runs.

    The steps' functions are wrapped where they are looked up and put back afterwards, so that what is timed is the
    one way through and no copy of it. One thread at a time.
    """
    watch = _Stopwatch()
    before = [(step, vars(step.owner)[step.function]) for step in steps]
    try:
        for step, function in before:
            setattr(step.owner, step.function, watch.around(step.name, function))
        yield watch.seconds
    finally:
        for step, function in before:
            setattr(step.owner, step.function, function)


@contextmanager
def processor_time() -> Iterator[Callable[[], float]]:
    """Gives a function that tells the processor seconds since, of all threads of this program and no other one."""
    start = time.process_time()
    yield lambda: time.process_time() - start
