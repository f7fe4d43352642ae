"""A stretch of the article's body, and what can be asked of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range ``[start, end)`` of Unicode code points of the body exactly as it was published."""

    start: int
    end: int

    def of(self, body: str) -> str:
        """The text it covers."""
        return body[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies within it; a span contains itself."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The same stretch seen from a text that begins ``by`` characters earlier."""
        return Span(self.start + by, self.end + by)

    def trimmed(self, body: str) -> Span:
        """Without the white space at its ends; may be empty."""
        text = body[self.start : self.end]
        return (
            Span(self.start + len(text) - len(text.lstrip()), self.start + len(text.rstrip()))
            if text.strip()
            else Span(self.start, self.start)
        )


_NEW = partial(tuple.__new__, Span)


def spans_of(pairs: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """``pairs`` of start and end as spans, without a call of Python's for each."""
    return map(_NEW, pairs)


def covers(spans: Iterable[Span], point: int) -> bool:
    """Whether one of ``spans`` holds the character at ``point``."""
    return any(span.start <= point < span.end for span in spans)


def length(spans: Iterable[Span]) -> int:
    """Characters in ``spans`` together; they are taken not to overlap."""
    return sum(span.end - span.start for span in spans)
