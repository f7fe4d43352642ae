"""What the stream asks of the text work: sentences of an article, statements of many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from schemas import Article, SentenceBatch, Statement
from streams.errors import ExtractionError

Extracted = tuple[Statement, ...] | ExtractionError
"""One article's statements in the order of the text, or why there are none."""


class Segmenter(Protocol):
    """What the first stage needs; called in its thread."""

    def segment(self, article: Article) -> SentenceBatch:
        """The article with the spans of its sentences."""
        ...


class Extractor(Segmenter, Protocol):
    """What the second stage needs; called in a thread of its own. Waits for nothing but the processor."""

    def statements(self, batches: Sequence[SentenceBatch]) -> Sequence[Extracted]:
        """What was extracted from each of ``batches``, in their order; the same whichever others one came with."""
        ...


Build = Callable[[], Extractor]
"""Makes an extractor; takes seconds (it loads the model), so it is called where waiting harms nobody."""
