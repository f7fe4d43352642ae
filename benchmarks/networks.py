"""Networks that see a statement every few words, whatever the text: the hardest case for all that comes after them.

A megabyte of quotation marks would keep the real ones busy for minutes. Their time is known without that: they read
windows of a fixed size, so it grows with their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from streams.attribution.tagging.decoding import B_CONTENT, B_SOURCE, I_CONTENT
from streams.attribution.tagging.session import Floats, Reading, Session
from streams.attribution.tagging.windows import Window

EVERY = 48
"""Words from one cue to the next."""

_CONTENT = 20
_SURE, _UNSURE = 0.96, 0.01


def _read(_: Session, window: Window) -> Reading:
    size = len(window.words)
    cues = np.full((size, 3), _UNSURE, dtype=np.float32)
    cues[:, 0] = _SURE
    cues[1::EVERY] = (_UNSURE, _SURE, _UNSURE)
    nothing = np.zeros((size, 1), dtype=np.float32)
    return Reading(cues, words=nothing, cue_words=nothing)


def _relate(_: Session, window: Window, __: Reading, cues: Sequence[Sequence[int]]) -> Floats:
    """The word before a cue is its source, those after it are its content."""
    size = len(window.words)
    labels = np.full((len(cues), size, 5), _UNSURE, dtype=np.float32)
    labels[:, :, 0] = _SURE
    for row, cue in enumerate(cues):
        if cue:
            _set(labels[row], cue[0] - 1, cue[0], B_SOURCE)
            _set(labels[row], cue[-1] + 1, cue[-1] + 2, B_CONTENT)
            _set(labels[row], cue[-1] + 2, cue[-1] + 1 + _CONTENT, I_CONTENT)
    return np.asarray(np.log(labels), dtype=np.float32)


def _set(labels: Floats, start: int, end: int, label: int) -> None:
    labels[max(start, 0) : max(end, 0)] = _UNSURE
    labels[max(start, 0) : max(end, 0), label] = _SURE


@contextmanager
def talkative_networks() -> Iterator[None]:
    """While the block runs, every session answers so."""
    before = Session.read, Session.relate
    Session.read, Session.relate = _read, _relate  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        Session.read, Session.relate = before  # type: ignore[method-assign]
