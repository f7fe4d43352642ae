"""The tagger's two networks in ONNX Runtime: one reads a window, one tells each cue's own source and content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from streams.attribution.tagging.windows import Window

Floats = npt.NDArray[np.float32]

NO_CUE_BUCKET = 64

_REMEMBERED_WORDS = 16384
_LONGEST_REMEMBERED = 32
_MOST_SIZES = 256

_SLOWER = ("SkipLayerNormFusion", "BiasSkipLayerNormFusion")
"""Rewritings of ONNX Runtime's that do not pay: a sum and a normalisation take five times as long fused as apart."""


@dataclass(frozen=True)
class Reading:
    """What the encoder says of a window of ``W`` words.

    ``cues``: probabilities of O, B, I of a cue, ``(W, 3)``. ``words`` and ``cue_words``: each word's vector as a word
    to be labelled and as part of a cue, ``(W, width)``.
    """

    cues: Floats
    words: Floats
    cue_words: Floats


def softmax(logits: Floats) -> Floats:
    """Probabilities over the last axis."""
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), dtype=np.float32)


def distance_buckets(size: int, at: int) -> npt.NDArray[np.int64]:
    """Signed distance of each of ``size`` words to word ``at`` in 64 steps: exact up to 16, then in quarter octaves."""
    return _buckets(size)[size - at : 2 * size - at]


@lru_cache(_MOST_SIZES)
def _buckets(reach: int) -> npt.NDArray[np.int64]:
    """The same for all distances from ``-reach`` to ``reach``."""
    offsets = np.arange(-reach, reach + 1)
    away = np.abs(offsets).astype(np.float32)
    coarse = 16 + np.log2(np.maximum(away, 16) / 16) * 4
    steps = np.minimum(np.where(away < 16, away, coarse), 32)
    return np.clip((np.sign(offsets) * steps).astype(np.int64) + 32, 0, 63)


class Session:
    """The networks and their tokenizer, read from one folder.

    Each window runs on its own, with one thread and no padding: the quantised networks scale their activations by
    what they see, so an article's statements would otherwise depend on what it happened to be batched with.
    """

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")

        def network(name: str) -> onnxruntime.InferenceSession:
            return onnxruntime.InferenceSession(
                str(folder / name), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
            )

        self._encoder = network("encoder.onnx")
        self._relation = network("relation.onnx")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._known_pieces_of = lru_cache(_REMEMBERED_WORDS)(self._pieces_of)

    def pieces(self, words: list[str]) -> list[list[int]]:
        """The ids of each word's pieces; those of words that were met lately are remembered."""
        return [
            self._known_pieces_of(word) if len(word) <= _LONGEST_REMEMBERED else self._pieces_of(word) for word in words
        ]

    def _pieces_of(self, word: str) -> list[int]:
        return list(self._tokenizer.encode([word], is_pretokenized=True, add_special_tokens=False).ids)

    def read(self, window: Window) -> Reading:
        """Run the encoder over one window."""
        cues, words, cue_words = self._encoder.run(
            ["cues", "words", "cue_words"],
            {
                "ids": np.array([window.ids], dtype=np.int64),
                "case": np.array([window.case], dtype=np.int64),
                "first": np.array([window.first], dtype=np.int64),
            },
        )
        return Reading(softmax(cues[0]), words[0], cue_words[0])

    def relate(self, window: Window, reading: Reading, cues: Sequence[Sequence[int]]) -> Floats:
        """Log-probabilities of O, B/I-source, B/I-content for each cue and word, ``(len(cues), W, 5)``.

        A cue is the numbers of its words; an empty one asks for what is said without a cue.
        """
        size = len(window.words)
        buckets = np.full((len(cues), size), NO_CUE_BUCKET, dtype=np.int64)
        inside = np.zeros((len(cues), size), dtype=np.int64)
        vectors = np.zeros((len(cues), reading.cue_words.shape[1]), dtype=np.float32)
        for row, cue in enumerate(cues):
            if cue:
                buckets[row] = distance_buckets(size, cue[0])
                inside[row, list(cue)] = 1
                vectors[row] = reading.cue_words[list(cue)].mean(0)
        (logits,) = self._relation.run(
            ["labels"],
            {
                "words": reading.words[None],
                "cue": vectors,
                "has_cue": np.array([bool(cue) for cue in cues], dtype=np.float32)[:, None],
                "distance": buckets,
                "in_cue": inside,
                "starts": np.array([window.starts], dtype=np.int64),
            },
        )
        return np.asarray(np.log(softmax(logits) + 1e-9), dtype=np.float32)
