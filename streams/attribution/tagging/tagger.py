"""The learned tagger: a document's sentences in, its attributions out."""

from __future__ import annotations

from streams.attribution.document import Attribution, Document
from streams.attribution.span import Span
from streams.attribution.tagging.decoding import Candidate, Decoding, Group, candidates, select
from streams.attribution.tagging.session import Session
from streams.attribution.tagging.windows import Window, windows


def _spans(window: Window, groups: tuple[Group, ...]) -> tuple[Span, ...]:
    return tuple(window.text_span(group[0], group[-1]) for group in groups)


class LearnedTagger:
    """Reads each window of a document with a session's networks and decodes what it sees."""

    def __init__(self, session: Session, settings: Decoding) -> None:
        self._session = session
        self._settings = settings

    def attributions(self, document: Document) -> tuple[Attribution, ...]:
        """Everything that the networks take for a statement, in the order of the text, with raw scores as confidence."""
        found: list[Attribution] = []
        for window in windows(document.body, document.paragraphs, self._session.pieces):
            found += [
                Attribution(_spans(window, c.source), _spans(window, c.cue), _spans(window, c.content), c.score)
                for c in self._candidates(window)
            ]
        return tuple(found)

    def _candidates(self, window: Window) -> list[Candidate]:
        reading = self._session.read(window)
        seen = candidates(reading.cues, lambda cues: self._session.relate(window, reading, cues), self._settings)
        return select(seen, self._settings)
