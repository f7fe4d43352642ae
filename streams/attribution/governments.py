"""Governments of states: "the Mexican government", "the Bush administration", "the Federal Government"."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.statement import Resolution
from streams.attribution.case import Case
from streams.attribution.entity import Named, country_entity
from streams.attribution.lexicon import nouns
from streams.attribution.referents import Referent, referent
from streams.attribution.sources import Part
from streams.knowledge.entries import Country
from streams.knowledge.phrases import Match

_FEDERATIONS = frozenset(
    {
        "ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHE", "DEU", "ETH", "IND", "IRQ", "MEX", "MYS", "NGA", "NPL",
        "PAK", "RUS", "SDN", "SOM", "USA", "VEN", "YUG", "ARE", "CSK", "SUN", "BIH",
    }
)  # fmt: skip
"""States of which one can say "the Federal Government"."""


def _is_seat(case: Case) -> bool:
    """Whether a state is named by what is not its name: a seat, or somebody's administration."""
    words = case.part.text(case.text)
    return any(
        one.naming in {"metonym", "epithet"}
        and not any(form in words for form in forms(case.knowledge.country(one.entity.country or "")))
        for one in case.named
    )


def forms(state: Country | None) -> tuple[str, ...]:
    """The names and adjectives of a state; none of no state."""
    return (*state.names, *state.adjectives) if state else ()


def is_states(part: Part, named: Sequence[Named]) -> bool:
    """Whether a government is a state's: one is named, by itself or right before it ("United States | Government")."""
    before = part.sentence.match_at(part.head - 1) if part.head > part.start else None
    return any(
        one.entity.kind == "country"
        or (one.entity.kind == "organisation" and bool(one.entity.country) and _names_state(before))
        for one in named
    )


def _names_state(match: Match | None) -> bool:
    return match is not None and any(isinstance(reading.entry, Country) for reading in match.readings)


def government(case: Case) -> tuple[Referent, Resolution] | None:
    """ "The Mexican government", "the government of Japan", "the Bush administration", "the government"."""
    several = case.part.noun[:-1] in nouns().government and is_states(case.part, case.named)
    if case.part.noun not in nouns().government and not several:
        return None
    persons = [one.entity for one in case.named if one.entity.kind == "person"]
    parties = [one.entity for one in case.named if one.entity.type == "party"]
    if case.part.noun == "side" and persons:
        return None
    if parties:
        return case.as_written("organisation"), "explicit"
    code = persons[0].country if persons else None if _is_made_by(case) else case.country
    resolution: Resolution = "metonym" if persons or _is_seat(case) else "explicit"
    if code is None and case.part.definite and nouns().of_all.issuperset(case.part.words[:-1]):
        last = case.discourse.last(lambda one: one.country is not None and one.kind == "country", case.setting.position)
        code, resolution = case.state() or (last.country if last else None), "role"
    if "federal" in case.part.words and code not in _FEDERATIONS:
        code = _federation(case)
    state = case.knowledge.country(code) if code else None
    return (referent(country_entity(state)), resolution) if state else None


def _is_made_by(case: Case) -> bool:
    """Whether the state that the phrase names has only made the government ("installed by | Washington")."""
    after = case.part.sentence.folds[case.part.head + 1 : case.part.end]
    return "by" in after[:3] and not any(
        case.part.sentence.range_of(one.span)[1] <= case.part.head for one in case.named if one.entity.country
    )


def _federation(case: Case) -> str | None:
    """The federation to which most of those whom the article names belong; null when it names none."""
    counts = case.entities.belonging
    return max(_FEDERATIONS & counts.keys(), key=lambda code: (counts[code], code), default=None)
