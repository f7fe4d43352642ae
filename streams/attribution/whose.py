"""Whose somebody is by the title before the name: "Putin's spokesman", "his chief of staff", "its ambassador"."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date
from typing import NamedTuple

from streams.attribution.mentions import Mention
from streams.attribution.reading import Sentence
from streams.attribution.senses import organisation_of, state_of
from streams.attribution.titles import Title

_NEAR = 8
"""So many names before a person's are looked at."""
_BEGINNING = 12
"""Characters of a sentence in which its subject begins."""


class Its(NamedTuple):
    """The body, or the state (alpha-3), for which somebody acts."""

    body: str | None = None
    country: str | None = None


def its(found: Sequence[Mention], place: int, read: Sequence[Sentence], title: Title | None, on: date) -> Its:
    """For whom the one named at ``place`` acts whose ``title`` has "its" or "their" before it: for what his sentence or
    the one before begins with, else for the body named last there; nothing where a state was named last.
    """
    sentence = read[found[place].sentence]
    if title is None or title.start == 0 or sentence.folds[title.start - 1] not in {"its", "their"}:
        return Its()
    before = [
        one
        for one in reversed(found[max(0, place - _NEAR) : place])
        if found[place].sentence - one.sentence <= 2 and one.kind in {"organisation", "state"}
    ]
    subjects = (one for one in before if one.sentence >= sentence.number - 1 and _begins(one, read[one.sentence]))
    meant = next(subjects, None)
    if meant is None and before and before[0].kind == "organisation":
        meant = before[0]
    if meant is None:
        return Its()
    if meant.kind == "state":
        state = state_of(meant.readings, on)
        return Its(country=state.state if state else None)
    known = organisation_of(meant.readings)
    return Its(body=known.name if known else meant.name)


def _begins(mention: Mention, sentence: Sentence) -> bool:
    return mention.span.start - sentence.span.start <= _BEGINNING


def owner(
    found: Sequence[Mention], place: int, sentence: Sentence, title: Title | None, persons: Container[int]
) -> int | None:
    """Where the person is named whose the one named at ``place`` is, by the title before the name ("Putin's spokesman,
    | Peskov"); ``persons`` are the places of persons.
    """
    earlier = range(place - 1, max(-1, place - 1 - _NEAR), -1)
    if title is not None and sentence.folds[max(0, title.start - 1)] in {"his", "her"}:
        return next((one for one in earlier if one in persons), None)
    last = next((one for one in earlier if found[one].kind != "office"), None)
    if title is None or last is None or last not in persons or found[last].sentence != found[place].sentence:
        return None
    end = found[last].end
    possessive = sentence.folds[end] in {"'s", "’s", "'", "’"} and title.start <= end + 1
    owns = end < found[place].start and (possessive or title.start <= found[last].start)
    return last if owns else None
