"""To which state somebody belongs of whom the article does not say it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from streams.attribution.mentions import Mention
from streams.attribution.reading import Sentence
from streams.attribution.senses import state_of
from streams.knowledge.entries import Holder, Place

_SUBJECT, _SENTENCE, _LATER, _PARAGRAPH = 2.0, 1.0, 0.7, 0.7
"""What a state gains that begins the sentence before, stands earlier or later in the same one, or in the paragraph."""
_LAST, _MOST, _FIRST = 1.2, 1.0, 0.7
"""What the state named last before, the one that the article names most, and the one that it names first gain."""
_LEAST, _LEAST_OF_OFFICIAL = 3.2, 1.5
"""A state that gains less is not told apart from the others; who acts for a state belongs to one of them. Chosen with
the weights on annotated articles.
"""
_BEGINNING = 12
"""Characters of a sentence in which its subject begins."""
_WINDOW = 12
"""So many names of states are looked at before a place and after it."""


class Belonging(Protocol):
    """To which state whatever is named at a place most likely belongs; ``official`` is who acts for one, ``but`` are
    states to which it cannot belong.
    """

    def __call__(self, mention: Mention, official: bool, but: Set[str] = frozenset()) -> str | None:
        """The state's alpha-3 code; null where none is likely enough."""
        ...


@dataclass(frozen=True, slots=True)
class _StateNamed:
    position: int
    sentence: int
    code: str


def beside(found: Sequence[Mention], read: Sequence[Sentence], on: date) -> Belonging:
    """What tells it by the states that are named around."""
    named = [
        _StateNamed(mention.span.start, mention.sentence, code)
        for mention in found
        if (code := _code_of(mention, on)) is not None
    ]
    counts = Counter(one.code for one in named)
    total = sum(counts.values()) or 1
    most = max(counts.values(), default=0)

    def state_at(mention: Mention, official: bool, but: Set[str] = frozenset()) -> str | None:
        last = bisect_left(named, mention.span.start, key=lambda one: one.position)
        before, after = named[max(0, last - _WINDOW) : last], named[last : last + _WINDOW]
        scores: defaultdict[str, float] = defaultdict(float)
        for code in {one.code for one in (*before, *after)}:
            count = counts[code]
            scores[code] += count / total + (_MOST if count == most else 0.0)
        if named:
            scores[named[0].code] += _FIRST
        if before:
            scores[before[-1].code] += _LAST
        paragraph = read[mention.sentence].paragraph
        for bonus, codes in (
            (_SENTENCE, {one.code for one in before if one.sentence == mention.sentence}),
            (_LATER, {one.code for one in after if one.sentence == mention.sentence}),
            (_PARAGRAPH, {one.code for one in before if read[one.sentence].paragraph == paragraph}),
            (_SUBJECT, {one.code for one in before if _begins(one, read, mention.sentence - 1)}),
        ):
            for code in codes:
                scores[code] += bonus
        best = max(scores.keys() - but, key=lambda code: (scores[code], code), default=None)
        return best if best is not None and scores[best] >= (_LEAST_OF_OFFICIAL if official else _LEAST) else None

    return state_at


def _code_of(mention: Mention, on: date) -> str | None:
    """The state that a name brings to mind: its own, or that of a place or of an office-holder."""
    if mention.kind == "state" and (state := state_of(mention.readings, on)):
        return state.state
    if mention.kind == "place" and mention.readings and isinstance(place := mention.readings[0].entry, Place):
        return place.country
    if mention.kind == "person" and mention.readings and isinstance(holder := mention.readings[0].entry, Holder):
        return holder.state
    return None


def _begins(one: _StateNamed, read: Sequence[Sentence], sentence: int) -> bool:
    return one.sentence == sentence and one.position - read[sentence].span.start <= _BEGINNING
