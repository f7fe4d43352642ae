"""Vectors of words: words of like meaning lie near each other, also those that no annotated article had."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]


class WordVectors(NamedTuple):
    """``rows`` tells each word's row in ``vectors`` (words x width); rare words have the longer ones."""

    rows: dict[str, int]
    vectors: Vector


@cache
def word_vectors() -> WordVectors:
    """The vectors as they ship; ``training.word_vectors`` writes them."""
    with files("streams.attribution").joinpath("data/word_vectors.npz").open("rb") as file, np.load(file) as stored:
        words = stored["words"].tobytes().decode("utf-8").split("\n")
        vectors = stored["vectors"].astype(np.float32) * stored["scales"].astype(np.float32)[:, None]
    return WordVectors({word: row for row, word in enumerate(words)}, vectors)


def mean_vector(words: Sequence[str]) -> Vector | None:
    """The direction in which ``words`` (as ``words_of`` gives them) point together, of length 1.

    ``None`` when none of them is known.
    """
    known = word_vectors()
    rows = [row for word in words if (row := known.rows.get(word)) is not None]
    if not rows:
        return None
    total: Vector = np.add.reduce(known.vectors.take(rows, axis=0))
    length = sqrt(total.dot(total))
    return total / np.float32(length) if length else None
