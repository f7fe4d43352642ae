"""What a known name means: which state, body, office or place of those that share it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date

from streams.attribution.reading import Sentence
from streams.knowledge.entries import Country, Office, Organisation, Place, Reading
from streams.knowledge.phrases import Match

_ELSEWHERE = {"Foreign Office": "GBR"}
"""Names that bodies of other states have too, and of which state the one is that is meant where it is named."""


def is_elsewhere(name: str, states: Container[str | None]) -> bool:
    """Whether a body's name is one that several states have, and that of another state than the one known by it, as
    ``states``, those that the article names, tell.
    """
    return name in _ELSEWHERE and bool(states) and _ELSEWHERE[name] not in states


def state_of(readings: Sequence[Reading], on: date | None) -> Country | None:
    """The state that a name means on that day; null when several could be meant.

    A state that is no more goes before those that came of it: Moscow was the Soviet Union's before it was Russia's.
    """
    candidates = [
        reading.entry
        for reading in readings
        if isinstance(reading.entry, Country) and (reading.form != "capital" or _has_capital(reading.entry, on))
    ]
    if len(candidates) > 1:
        candidates = list({one.name: one for one in reversed(candidates)}.values())
    if len(candidates) > 1:
        candidates = [c for c in candidates if c.existed(on)] or candidates
    if len(candidates) > 1:
        candidates = (
            [c for c in candidates if c.status == "historical" and c.until is not None]
            or [c for c in candidates if c.status == "state"]
            or candidates
        )
    return candidates[0] if len(candidates) == 1 else None


def _has_capital(state: Country, on: date | None) -> bool:
    """Whether a state can have a capital on a day: Rhodesia's is anything but that long after its end."""
    return state.until is None or on in {None, date.max} or state.existed(on)


def told_apart(read: Sequence[Sentence], on: date | None) -> tuple[Sentence, ...]:
    """The sentences, with a name that several states ("Congo") or bodies ("AFP") share read as the one that the article
    decides for; a body's is as good as unknown when it decides for none.
    """
    matches = [match for one in read for match in one.matches]
    states = {state.state for match in matches if (state := state_of(match.readings, on)) is not None}
    bodies = {found[0].name for match in matches if len(found := _bodies(match.readings)) == 1}

    def settled(match: Match) -> Match | None:
        if len(match.readings) == 1:
            return None if is_elsewhere(match.readings[0].phrase, states) else match
        return _one_body(match, states, bodies) if len(_bodies(match.readings)) > 1 else _one_state(match, states, on)

    def apart(one: Sentence) -> Sentence:
        left = tuple(filter(None, map(settled, one.matches)))
        return one if left == one.matches else replace(one, matches=left)

    return tuple(map(apart, read))


def _one_state(match: Match, named: Container[str | None], on: date | None) -> Match:
    states = [reading for reading in match.readings if isinstance(reading.entry, Country)]
    if len(states) < 2 or state_of(match.readings, on) is not None:
        return match
    left = [reading for reading in states if isinstance(reading.entry, Country) and reading.entry.state in named]
    meant = {reading.entry for reading in left}
    return match._replace(readings=tuple(left)) if len(meant) == 1 else match


def _bodies(readings: Sequence[Reading]) -> list[Organisation]:
    found = [reading.entry for reading in readings if isinstance(reading.entry, Organisation)]
    return found if len(found) < 2 else list({one.name: one for one in found}.values())


def _one_body(match: Match, states: Container[str | None], bodies: Container[str]) -> Match | None:
    """The body that is named in full too; else the only one whose state is named, news agencies being everywhere."""
    shared = _bodies(match.readings)
    left = [one for one in shared if one.name in bodies]
    if not left:
        left = [one for one in shared if one.country is None or one.country in states or one.type == "media"]
    if len(left) > 1 and all(one.type == "media" for one in left):
        left = [one for one in left if one.country in states]
    if len(left) != 1:
        return None
    return match._replace(readings=tuple(reading for reading in match.readings if reading.entry == left[0]))


def office_of(readings: Sequence[Reading]) -> Office | None:
    """The office among the readings."""
    return next((reading.entry for reading in readings if isinstance(reading.entry, Office)), None)


def place_of(readings: Sequence[Reading]) -> Place | None:
    """The place among the readings."""
    return next((reading.entry for reading in readings if isinstance(reading.entry, Place)), None)


def organisation_of(readings: Sequence[Reading]) -> Organisation | None:
    """The organisation among the readings."""
    return next((reading.entry for reading in readings if isinstance(reading.entry, Organisation)), None)
