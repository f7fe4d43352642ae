"""A tagger that sees statements anywhere, so that the pure steps after it meet what no trained one would give them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from streams.attribution.tagging.decoding import B_CONTENT, B_SOURCE, Decoding
from streams.attribution.tagging.session import Floats, Reading, softmax
from streams.attribution.tagging.tagger import LearnedTagger
from streams.attribution.tagging.windows import Window

_PIECE = 6
"""Characters of a word that make a piece."""


class RandomNetworks:
    """In the place of a `Session`: the same answers to the same words, whatever they mean."""

    def pieces(self, words: list[str]) -> list[list[int]]:
        """One piece and more for each word."""
        return [[1] * (1 + len(word) // _PIECE) for word in words]

    def read(self, window: Window) -> Reading:
        """Cues at random, some in each hundred words."""
        chance = self._chance(window)
        size = len(window.words)
        logits = chance.normal(0, 2, (size, 3)).astype(np.float32)
        logits[:, 0] += 4
        nothing = np.zeros((size, 1), dtype=np.float32)
        return Reading(softmax(logits), words=nothing, cue_words=nothing)

    def relate(self, window: Window, _: Reading, cues: Sequence[Sequence[int]]) -> Floats:
        """Sources and contents at random, in stretches."""
        chance = self._chance(window)
        logits = chance.normal(0, 1, (len(cues), len(window.words), 5))
        # Running means, and less to begin with than to go on, or no content would be longer than a word.
        logits = np.cumsum(logits, axis=1) / np.sqrt(1 + np.arange(len(window.words)))[None, :, None]
        logits[:, :, (B_SOURCE, B_CONTENT)] -= 0.5
        return np.asarray(np.log(softmax(logits.astype(np.float32)) + 1e-9), dtype=np.float32)

    @staticmethod
    def _chance(window: Window) -> np.random.Generator:
        return np.random.default_rng(window.ids)


def random_tagger() -> LearnedTagger:
    """A learned tagger that has learned nothing."""
    return LearnedTagger(RandomNetworks(), Decoding())  # type: ignore[arg-type]  # a session in all that is used of it
