"""To which state somebody belongs of whom the article does not say it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from streams.attribution.mentions import Mention
from streams.attribution.titles import state_of
from streams.knowledge.entries import Place

_BESIDE = 150
"""Characters at which a mention counts half."""
_ARTICLE = 6.0
"""Weight of how often the article names a state against a mention right beside."""
_AHEAD = 1.2
"""How far the likeliest state must be ahead of the next: of two as likely, neither."""


def beside(found: Sequence[Mention], on: date, states: dict[str, int]) -> Callable[[int], str | None]:
    """To which state somebody who is named at a position most likely belongs; null where two are as likely."""
    places: list[int] = []
    codes: list[str] = []
    for mention in found:
        code = None
        if mention.kind == "state" and (state := state_of(mention.readings, on)):
            code = state.state
        elif mention.kind == "place" and mention.readings and isinstance(place := mention.readings[0].entry, Place):
            code = place.country
        if code:
            places.append(mention.span.start)
            codes.append(code)
    total = sum(states.values()) or 1

    def state_at(position: int) -> str | None:
        last = bisect_left(places, position)
        scores: defaultdict[str, float] = defaultdict(float)
        for place in range(max(0, last - 6), min(len(places), last + 2)):
            distance = abs(position - places[place])
            scores[codes[place]] += 1.0 / (1.0 + distance / _BESIDE)
        for code, count in states.items():
            scores[code] += _ARTICLE * count / total
        ranked = sorted(scores, key=lambda code: -scores[code])[:2]
        if not ranked or (len(ranked) > 1 and scores[ranked[0]] < _AHEAD * scores[ranked[1]]):
            return None
        return ranked[0]

    return state_at
