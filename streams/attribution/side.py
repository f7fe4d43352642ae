"""Whether a content's subject is the speaker's own side: his state, its government, his body, or "both countries"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from schemas import Speaker
from streams.attribution.cues import words_of
from streams.attribution.lexicon import nouns
from streams.knowledge import Knowledge
from streams.knowledge.entries import Country
from streams.knowledge.remembering import remembered

Phrase = tuple[str, ...]
_BOTH = frozenset({("the", "two"), ("both",), ("our", "two"), ("the", "three"), ("all", "three"), ("both", "of")})
_STATES = frozenset({"administration", "army", "authorities", "delegation", "forces", "military", "ministry", "side"})
_TOGETHER = frozenset(
    {"countries", "governments", "leaders", "nations", "ministers", "parties", "presidents", "sides", "states"}
)


@lru_cache(maxsize=512)
def _of_state(state: Country) -> tuple[frozenset[Phrase], frozenset[Phrase]]:
    names = (state.name, *state.names, *state.capitals)
    return _phrases(names), _phrases(state.adjectives)


def _phrases(names: Sequence[str]) -> frozenset[Phrase]:
    return frozenset(map(_phrase, names)) - {()}


@remembered(4096)
def _phrase(name: str) -> Phrase:
    return tuple(words_of(name))


@cache
def _of_states() -> frozenset[str]:
    return _STATES | nouns().government


def is_own_side(content: Sequence[str], speakers: Sequence[Speaker], knowledge: Knowledge) -> bool:
    """Whether ``content``, as ``words_of`` gives it, begins with what names the side of one of ``speakers``."""
    beginnings = tuple(_beginnings(content))
    for one in speakers:
        state = knowledge.country(one.country) if one.country else None
        if state is not None:
            names, adjectives = _of_state(state)
            if any(
                phrase in names
                or (phrase in adjectives and after in _of_states())
                or (phrase in _BOTH and after in _TOGETHER)
                for phrase, after in beginnings
            ):
                return True
        bodies = _phrases(
            [name for name in (one.organisation, one.name if one.kind == "organisation" else None) if name]
        )
        if bodies and any(phrase in bodies for phrase, _ in beginnings):
            return True
    return False


def _beginnings(content: Sequence[str]) -> Iterator[tuple[Phrase, str]]:
    """The first words of ``content``, with an article before them or without, and the word after them."""
    for start in (0, 1) if tuple(content[:1]) == ("the",) else (0,):
        for end in range(start + 1, start + 5):
            yield tuple(content[start:end]), content[end] if end < len(content) else ""
