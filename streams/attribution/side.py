"""Whether a content's subject is the speaker's own side: his state, its government, his body, or "both countries"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from schemas import Speaker
from streams.attribution.cues import words_of
from streams.attribution.lexicon import nouns
from streams.knowledge import Knowledge
from streams.knowledge.entries import Country

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
    return frozenset(tuple(words_of(name)) for name in names) - {()}


def is_own_side(content: Sequence[str], speakers: Sequence[Speaker], knowledge: Knowledge) -> bool:
    """Whether ``content``, as ``words_of`` gives it, begins with what names the side of one of ``speakers``."""
    for one in speakers:
        state = knowledge.country(one.country) if one.country else None
        if state is not None:
            names, adjectives = _of_state(state)
            if _begins(content, names) or _begins(content, adjectives, _STATES | nouns().government):
                return True
            if _begins(content, _BOTH, _TOGETHER):
                return True
        bodies = [name for name in (one.organisation, one.name if one.kind == "organisation" else None) if name]
        if _begins(content, _phrases(bodies)):
            return True
    return False


def _begins(content: Sequence[str], phrases: frozenset[Phrase], then: frozenset[str] | None = None) -> bool:
    """Whether ``content`` begins with one of ``phrases``, after an article, and then one of the words, if any."""
    for start in (0, 1) if tuple(content[:1]) == ("the",) else (0,):
        for length in (1, 2, 3, 4):
            end = start + length
            if tuple(content[start:end]) in phrases and (
                then is None or (content[end : end + 1] and content[end] in then)
            ):
                return True
    return False
