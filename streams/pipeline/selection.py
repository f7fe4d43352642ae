"""Which statements a reader wants to see."""

from __future__ import annotations

from dataclasses import dataclass

from schemas import Statement


@dataclass(frozen=True)
class Filter:
    """Which statements to show: those that meet one condition of each kind; an empty kind lets all pass."""

    countries: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    text: str = ""
    diplomatic: bool = False

    def passes(self, statement: Statement) -> bool:
        """Whether ``statement`` is to be shown; a speaker is matched by any part of its name or mention, ``text`` by
        any part of the content, the source or the article's title; letters' case does not matter."""
        return (
            (not self.diplomatic or statement.diplomatic)
            and (not self.countries or any(speaker.country in self.countries for speaker in statement.speakers))
            and (not self.speakers or any(self._names(wanted, statement) for wanted in self.speakers))
            and (not self.acts or statement.act in self.acts)
            and (not self.kinds or statement.kind in self.kinds)
            and (not self.text or self._says(statement))
        )

    @staticmethod
    def _names(wanted: str, statement: Statement) -> bool:
        written = (text for speaker in statement.speakers for text in (speaker.name, speaker.mention) if text)
        return any(wanted.casefold() in text.casefold() for text in written)

    def _says(self, statement: Statement) -> bool:
        spans = (span.text for span in (*statement.content, *statement.source))
        return any(self.text.casefold() in text.casefold() for text in (*spans, statement.article_title or ""))
