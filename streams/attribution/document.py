"""The article as the linguistic core sees it: its text, its date, its sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from streams.attribution.span import Span

Paragraph = tuple[Span, ...]
"""The sentences of one paragraph, in order."""


@dataclass(frozen=True)
class Document:
    """``paragraphs`` holds only running text: boilerplate lines, bylines and datelines lie outside every sentence."""

    body: str
    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    date: date | None = None

    @property
    def sentences(self) -> Iterator[Span]:
        """All sentences in order."""
        return (sentence for paragraph in self.paragraphs for sentence in paragraph)


@dataclass(frozen=True)
class Attribution:
    """Somebody is reported to have said something: the tagger's finding, before anybody asks who that is.

    Each part is in the order of the text and can be split; source and cue can be empty, content never is.
    ``confidence`` in [0, 1] is the probability that this is a statement with this source.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
