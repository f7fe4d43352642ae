"""What the extraction is measured against: programs that do less, or the same in another way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec

from benchmarks.stopwatch import processor_time
from streams.attribution.segmentation import segment
from streams.attribution.tagging.session import Session
from streams.attribution.tagging.windows import windows

Measured = float | str
"""Processor seconds, or why there are none."""

Reference = Callable[[Sequence[str]], Measured]


def encoder_alone(session: Session) -> Reference:
    """The int8 encoder over the same windows, which are made beforehand."""

    def measure(bodies: Sequence[str]) -> Measured:
        every = [window for body in bodies for window in windows(body, segment(body), session.pieces)]
        with processor_time() as seconds:
            for window in every:
                session.read(window)
            return seconds()

    return measure


def spacy_sentencizer(bodies: Sequence[str]) -> Measured:
    """spaCy's blank English pipeline with its sentencizer: words and sentences, nothing else."""
    if find_spec("spacy") is None:
        return "spacy is not installed"
    pipeline = import_module("spacy").blank("en")
    pipeline.add_pipe("sentencizer")
    pipeline("Warm.")
    with processor_time() as seconds:
        for _ in pipeline.pipe(bodies):
            pass
        return seconds()


def textacy_quotations(model: str) -> Reference:
    """textacy's direct quotations, after the spaCy ``model`` whose parse they need."""

    def measure(bodies: Sequence[str]) -> Measured:
        missing = next((name for name in ("spacy", "textacy", model) if find_spec(name) is None), None)
        if missing:
            return f"{missing} is not installed"
        direct_quotations = import_module("textacy.extract").direct_quotations
        pipeline = import_module("spacy").load(model)
        pipeline("Warm.")
        with processor_time() as seconds:
            for document in pipeline.pipe(bodies):
                # It gives up on an article with an odd number of quotation marks; the parse is most of its time.
                with suppress(ValueError):
                    list(direct_quotations(document))
            return seconds()

    return measure
