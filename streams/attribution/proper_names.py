"""Parts of a source that name who speaks: a person with or without title, a state, a body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schemas.statement import Resolution
from streams.attribution import roles
from streams.attribution.antecedents import Discourse, Setting
from streams.attribution.bodies import is_of_the_country
from streams.attribution.entity import Named
from streams.attribution.lexicon import nouns
from streams.attribution.offices import office_at
from streams.attribution.reading import Sentence
from streams.attribution.referents import Referent, referent
from streams.attribution.sources import Part
from streams.knowledge import Knowledge
from streams.knowledge.phrases import folded_words

_PLACED = frozenset({"in", "at", "during", "before", "after"})
"""What can follow a state's name that only places it: "the Philippines | in the dispute"."""
_HYPHENS = (("-",), ("‑",))
_AFTER_NAME = frozenset({"jr", "sr", "ii", "iii", ".", "qc", "kc", "sc", "mp", "mep", "msp", "obe", "cbe", "phd"})
"""What can stand between a name and the end of its phrase (Alexander Haig | Jr., Ross Ray | QC)."""


def person(part: Part, named: Sequence[Named]) -> tuple[Referent, Resolution] | None:
    """A part whose head is a person's name, with or without title."""
    persons = [one for one in named if one.entity.kind == "person" and _is_head(part, one)]
    if not persons:
        return None
    sentence = part.sentence
    for one in (persons[-1], persons[0]):
        _, end = sentence.range_of(one.span)
        while end < part.end and sentence.folds[end] in _AFTER_NAME:
            end += 1
        after = sentence.folds[end] if end < part.end else ""
        possessive = after in {"'s", "’s"}
        if end >= part.end or (possessive and end + 1 == part.end):
            return referent(one.entity), "explicit" if one.naming == "full" else "short_name"
        if after == "of" and end + 1 < part.end and _is_state(sentence, end + 1, part.end):
            return referent(one.entity), "explicit" if one.naming == "full" else "short_name"
        leads = one.phrase.start <= part.core.start + 1
        if leads and after in nouns().preposition:
            return referent(one.entity), "explicit" if one.naming == "full" else "short_name"
        after_next = sentence.folds[end + 2] if end + 2 < part.end else ""
        if (
            possessive
            and sentence.folds[end + 1] in nouns().document
            and (not after_next or after_next in nouns().preposition)
        ):
            return referent(one.entity), "explicit" if one.naming == "full" else "short_name"
        starts = one.phrase.start <= part.core.start + 1 or one is persons[0]
        if (
            starts
            and not sentence.words[end][0].isalnum()
            and not possessive
            and sentence.words[end] not in {"-", "’", "'"}
        ):
            return referent(one.entity), "explicit" if one.naming == "full" else "short_name"
    return None


def _is_state(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words ``[start, end)`` are a state's name and nothing else."""
    match = sentence.match_at(start)
    return match is not None and match.end == end and any(reading.form == "name" for reading in match.readings)


def _is_head(part: Part, one: Named) -> bool:
    """Whether a name is what the part is about, and not only whose somebody else is ("a spokesman for | Mr.
    Blair").
    """
    start, _ = part.sentence.range_of(one.phrase)
    while start > part.start and part.sentence.folds[start - 1] in nouns().determiner:
        start -= 1
    listed = set(part.sentence.folds[part.head + 1 : start]) & {"like", "including", "such"}
    return (
        not listed
        and one.naming != "people"
        and (
            start <= part.start
            or start <= part.head
            or part.sentence.folds[start - 1] not in nouns().preposition
            or _is_titled(part, one)
        )
    )


_RELATED = frozenset(
    ("ally", "enemy", "foe", "neighbour", "neighbor", "neighbouring", "neighboring", "rival", "close", "nearby", "old")
)
"""What a state is called before its name ("its ally | Belarus")."""


def name(
    part: Part, named: Sequence[Named], setting: Setting, discourse: Discourse, knowledge: Knowledge, body: str
) -> tuple[Referent, Resolution] | None:
    """A part that is a state's or an organisation's name, with nothing after it but nouns of bodies."""
    others = [one for one in named if one.entity.kind != "person"]
    sentence = part.sentence
    for one in reversed(others):
        start, end = sentence.range_of(one.span)
        rest = [word for word in sentence.folds[end : part.end] if word not in {"'s", "’s", "'", "’", ")", "("}]
        whole = not rest and start == part.start
        if one.entity.kind == "group" and one.naming == "people" and whole:
            return referent(one.entity), "explicit"
        if (
            whole
            and one.naming in {"adjective", "people"}
            and "the" in part.determiners
            and not part.noun.endswith("s")
            and not _is_people(part, one.entity.country, knowledge, body)
        ):
            known = discourse.last(
                lambda other, code=one.entity.country: other.kind == "person" and other.country == code,  # type: ignore[misc]
                setting.position,
            )
            if known is not None:
                return known, "epithet"
        if whole and one.naming == "adjective" and "the" in part.determiners:
            return Referent(part.text(body), "group", one.entity.country), "explicit"
        if one.entity.kind == "country" and whole:
            resolution: Resolution = {"capital": "metonym", "metonym": "metonym", "epithet": "epithet"}.get(
                one.naming, "explicit"
            )  # type: ignore[assignment]
            return referent(one.entity), resolution
        if one.entity.kind == "country" and not rest and _RELATED.issuperset(sentence.folds[part.start : start]):
            return referent(one.entity), "explicit"
        if one.entity.kind == "country" and one.naming == "full" and start == part.start and rest[0] in _PLACED:
            return referent(one.entity), "explicit"
        if start > part.head or (whole and _is_common(part, one)):
            continue
        outlet = bool(rest) and all(word in nouns().classifier for word in rest)
        if (
            one.entity.kind == "organisation"
            and (not rest or outlet)
            and not roles.is_possessed(sentence, start, part.start)
        ):
            found = _of_its_state(sentence, one, named, knowledge) if not rest else None
            if found is not None:
                return found, "explicit"
            return referent(one.entity), {"metonym": "metonym", "short": "short_name"}.get(one.naming, "explicit")  # type: ignore[return-value]
    return None


def _is_common(part: Part, one: Named) -> bool:
    """Whether a name is but a noun with a capital that takes up a body named before ("the Fund", "the Commission")."""
    return "the" in part.determiners and not one.entity.type and part.words == (one.entity.name.lower(),)


def _is_people(part: Part, code: str | None, knowledge: Knowledge, body: str) -> bool:
    """Whether "the Japanese" can be all of them and not one who was named before."""
    state = knowledge.country(code) if code else None
    return state is not None and part.text(body) in state.people_plural


def _of_its_state(sentence: Sentence, one: Named, named: Sequence[Named], knowledge: Knowledge) -> Referent | None:
    """A common name with its state: "China's | Foreign Ministry" is the Chinese Foreign Ministry; a name known as
    another state's only right after the one that owns it ("South Korea's | Joint Chiefs of Staff").
    """
    start = sentence.range_of(one.span)[0]
    is_chamber = one.entity.type == "body" and " " not in one.entity.name
    if one.entity.country and (is_chamber or is_of_the_country(sentence, start)):
        its = knowledge.country(one.entity.country)
        if its is not None and roles.is_states_own(one.entity.name):
            return replace(referent(one.entity), name=roles.of_state(one.entity.name, its))
    owner = next((other for other in named if other.entity.kind == "country" and other.span.end < one.span.start), None)
    state = knowledge.country(owner.entity.country) if owner and owner.entity.country else None
    if owner is None or state is None or not state.adjectives:
        return None
    between = sentence.words[sentence.range_of(owner.span)[1] : sentence.range_of(one.span)[0]]
    if between[:1] in _HYPHENS:
        return None
    is_common = not one.entity.type and not nouns().body.isdisjoint(folded_words(one.entity.name))
    is_others = one.entity.country not in {None, state.code} and between in {(), ("'s",), ("’s",)}
    if not (is_common or is_others):
        return None
    return replace(referent(one.entity), name=roles.of_state(one.entity.name, state), country=state.code)


def _is_titled(part: Part, one: Named) -> bool:
    """Whether a body's name and a title lead up to a person's ("University of Texas president | Sehar Memon")."""
    name, _ = part.sentence.range_of(one.span)
    office = office_at(part.sentence, name - 1)
    first = part.sentence.match_at(name - 1)
    before = (first.start if first else name - 1) - 1
    return (
        office is not None
        and part.sentence.is_name_like(part.head)
        and office.office != "honorific"
        and part.sentence.words[name - 1].islower()
        and before >= part.start
        and part.sentence.is_name_like(before)
    )
