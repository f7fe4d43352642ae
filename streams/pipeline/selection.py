"""Which statements a reader wants to see."""

from __future__ import annotations

from dataclasses import dataclass

from schemas import Statement


@dataclass(frozen=True, slots=True)
class Traits:
    """What a filter can ask of a statement: a small part of it. ``names`` are all that its speakers are called by,
    ``texts`` its content, its source and its article's title; both without letters' case."""

    diplomatic: bool
    act: str
    kind: str
    countries: tuple[str, ...]
    names: tuple[str, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, statement: Statement) -> Traits:
        """Those of ``statement``."""
        names = (text for speaker in statement.speakers for text in (speaker.name, speaker.mention) if text)
        spans = (span.text for span in (*statement.content, *statement.source))
        return cls(
            diplomatic=statement.diplomatic,
            act=statement.act,
            kind=statement.kind,
            countries=tuple(speaker.country for speaker in statement.speakers if speaker.country),
            names=tuple(name.casefold() for name in names),
            texts=tuple(text.casefold() for text in (*spans, statement.article_title or "")),
        )


@dataclass(frozen=True)
class Filter:
    """Which statements to show: those that meet one condition of each kind; an empty kind lets all pass."""

    countries: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    text: str = ""
    diplomatic: bool = False

    def passes(self, traits: Traits) -> bool:
        """Whether a statement with these is to be shown; a speaker is matched by any part of its name or mention,
        ``text`` by any part of the content, the source or the article's title; letters' case does not matter."""
        return (
            (not self.diplomatic or traits.diplomatic)
            and (not self.countries or any(country in self.countries for country in traits.countries))
            and (not self.speakers or any(_is_in(wanted, traits.names) for wanted in self.speakers))
            and (not self.acts or traits.act in self.acts)
            and (not self.kinds or traits.kind in self.kinds)
            and (not self.text or _is_in(self.text, traits.texts))
        )


def _is_in(wanted: str, folded: tuple[str, ...]) -> bool:
    sought = wanted.casefold()
    return any(sought in text for text in folded)
