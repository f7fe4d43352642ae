"""The learned tagger: a document's sentences in, its attributions out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter

from streams.attribution.document import Attribution, Document
from streams.attribution.quotation import outermost, quotations
from streams.attribution.span import Span
from streams.attribution.tagging.decoding import Decoding, Group, candidates, select, with_quoted
from streams.attribution.tagging.session import Session
from streams.attribution.tagging.windows import Window, windows

Probability = Callable[[float, bool], float]
"""A raw score, and whether there is a cue, to the probability that this is a statement."""


def _spans(window: Window, groups: tuple[Group, ...]) -> tuple[Span, ...]:
    return tuple(window.text_span(group[0], group[-1]) for group in groups)


def _quoted(window: Window, quotes: Sequence[Span]) -> list[bool]:
    """Which of the window's words stand inside one of ``quotes``, which lie apart and in order."""
    first, last = (bisect_right(quotes, window.words[end].start, key=attrgetter("start")) for end in (0, -1))
    near = quotes[max(0, first - 1) : last]
    starts = [quote.start for quote in near]
    before = [bisect_right(starts, word.start) for word in window.words]
    return [number > 0 and word.end <= near[number - 1].end for word, number in zip(window.words, before, strict=True)]


class LearnedTagger:
    """Reads each window of a document with a session's networks and decodes what it sees.

    It holds no state between documents and may be called from several threads at once.
    """

    def __init__(
        self,
        session: Session,
        settings: Decoding,
        probability: Probability = lambda score, _: score,
        least: float = 0.0,
    ) -> None:
        self._session = session
        self._settings = settings
        self._probability = probability
        self._least = least

    def attributions(self, document: Document) -> tuple[Attribution, ...]:
        """What is a statement with a probability of ``least`` or more, in the order of the text."""
        quotes = tuple(outermost(quotations(document.body, document.paragraphs)))
        return tuple(
            attribution
            for window in windows(document.body, document.paragraphs, self._session.pieces)
            for attribution in self._in(window, quotes)
        )

    def _in(self, window: Window, quotes: Sequence[Span]) -> list[Attribution]:
        reading = self._session.read(window)
        cues = with_quoted(reading.cues, _quoted(window, quotes), self._settings)
        seen = candidates(cues, lambda cues: self._session.relate(window, reading, cues), self._settings)
        return [
            Attribution(_spans(window, c.source), _spans(window, c.cue), _spans(window, c.content), probability)
            for c in select(seen, self._settings)
            if (probability := self._probability(c.score, bool(c.cue))) >= self._least
        ]
