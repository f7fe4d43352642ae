"""Who holds an office: "the Japanese foreign minister", "the president", "the former secretary of state"."""

from __future__ import annotations

from schemas.statement import Resolution
from streams.attribution.antecedents import STATE_OFFICES
from streams.attribution.case import Case
from streams.attribution.lexicon import nouns
from streams.attribution.reading import Sentence
from streams.attribution.referents import Referent, referent
from streams.attribution.senses import office_of
from streams.knowledge.entries import Holder, Office

_HEADS_OF_STATES = ("head_of_state", "head_of_government")
_LEADERS = frozenset({"leader", "ruler", "dictator", "strongman"})
_INDEFINITE = frozenset({"a", "an", "another", "one", "any", "every", "no"})
_CROWNED = frozenset({"emperor", "emir", "grand duke", "king", "prince", "queen", "sultan"})
_NOT_OF_STATE = frozenset({"opposition", "rebel", "separatist", "party", "majority", "minority", "union", "spiritual"})
"""What somebody leads that is no state."""


def office_at(sentence: Sentence, word: int) -> Office | None:
    """The office that ends at the word; of a word that is a body's too ("authority") only the plural is one."""
    match = sentence.match_at(word)
    found = office_of(match.readings) if match and match.end == word + 1 else None
    return None if found and found.title in nouns().body and not found.plural else found


def office(case: Case) -> tuple[Referent, Resolution] | None:
    """ "The Japanese foreign minister", "the president": who held the office on the day, or was named with it
    before.
    """
    office = office_at(case.part.sentence, case.part.head)
    if office is None or office.plural:
        return None
    if leads_less(case):
        return None
    country = case.country
    before = _once(case, office) if case.said.former else _named_before(case, office, country)
    if before is not None:
        return before, "role"
    if case.said.former:
        return None
    if (
        office.office in {"spokesperson", "official", "legislator", "diplomat", "military", "honorific"}
        or "a" in case.part.determiners
    ):
        return None
    first = case.part.sentence.match_at(case.part.head)
    alone = first is not None and first.start == case.part.start
    code = country or (case.state() if alone and (case.part.definite or not case.part.determiners) else None)
    if case.said.organisation and (
        holder := case.knowledge.holder(case.said.organisation, ("head_of_organisation",), case.entities.on)
    ):
        return _held(case, holder), "role"
    if case.part_of_state:
        holder = case.knowledge.holder(code, _of_a_part(case, office), case.entities.on) if code else None
        return (_held(case, holder), "role") if holder else None
    if code is None or (
        case.part.head + 1 < case.part.end and case.part.sentence.folds[case.part.head + 1] == "of" and country is None
    ):
        return None
    if office.role in _LEADERS:
        holder = case.knowledge.leader(code, case.entities.on)
    else:
        holder = case.knowledge.holder(code, _offices_of(office), case.entities.on)
    crowned = office.role == "president" and holder is not None and holder.role in _CROWNED
    if holder is None or crowned or (office.office == "monarch" and holder.role != office.role):
        return None  # no republic has a king, no kingdom a president, and a crown prince is not the king
    return _held(case, holder), "role"


def _of_a_part(case: Case, office: Office) -> tuple[str, ...]:
    """What an office of a part of a state is called where its holders are known ("president of Catalonia")."""
    part = case.part_of_state[0]
    return f"{office.role} of {part}", f"{office.role} of the {part}"


def leads_less(case: Case) -> bool:
    """Whether the words before "leader" say that it is a party or a group that is led ("the Republican leader")."""
    led = office_at(case.part.sentence, case.part.head)
    if led is None or led.role not in _LEADERS:
        return False
    smaller = nouns().body - nouns().state_body
    return bool(_NOT_OF_STATE & set(case.part.words)) or any(
        office_at(case.part.sentence, word) is not None or case.part.sentence.folds[word] in smaller
        for word in range(case.part.start, case.part.head)
    )


def _offices_of(office: Office) -> tuple[str, ...]:
    if office.role in {"premier", "prime minister", "chancellor"}:
        return ("head_of_government",)
    if office.office in {*_HEADS_OF_STATES, "foreign_minister", "defence_minister", "monarch"}:
        return ("head_of_state",) if office.office == "monarch" else (office.role, office.office)
    return (office.role,)


def _held(case: Case, holder: Holder) -> Referent:
    """An office-holder from the knowledge base, with what the article tells of the same person."""
    for entity in case.entities.persons().values():
        if entity.name == holder.name:
            return referent(entity)
    organisation = None if holder.state else holder.body
    return Referent(holder.name, "person", holder.state, organisation, holder.role, holder.sex, (holder.office,))


def _once(case: Case, office: Office) -> Referent | None:
    """The one person of the article who held the office before its day."""
    found = [
        referent(entity)
        for entity in case.entities.persons().values()
        if any(
            term.office == office.office and term.until is not None and term.until < case.entities.on
            for term in case.knowledge.named(entity.name)
        )
    ]
    return found[0] if len(found) == 1 else case.discourse.last(lambda one: one in found, case.setting.position)


def _named_before(case: Case, office: Office, country: str | None) -> Referent | None:
    """The person who was named, or spoke, with this office before; of the state that the phrase names."""
    led = office.role in _LEADERS

    def fits(one: Referent) -> bool:
        if (
            one.kind != "person"
            or case.leads_whole_state(one)
            or (country and one.country not in {None, country})
            or (office.sex and one.sex and office.sex != one.sex)
        ):
            return False
        if led:
            return bool(set(one.offices) & (STATE_OFFICES | {"party"})) or bool(one.role and "leader" in one.role)
        if office.office == "monarch" and one.role and one.role != office.role and "monarch" in one.offices:
            return False  # the crown prince is not the king
        if one.role and (one.role.endswith(office.role) or office.role in one.role.split(" of ")[0].split(" to ")[0]):
            return True
        return (
            office.office not in {"other", "other_minister", "official", "honorific"} and office.office in one.offices
        )

    if not case.part.definite and not country and case.part.determiners:
        return None
    if _INDEFINITE & set(case.part.determiners):
        return None
    whole = led and country and not case.part_of_state
    leader = case.knowledge.leader(country, case.entities.on) if whole and country else None
    found = country and case.discourse.last(lambda one: fits(one) and one.country == country, case.setting.position)
    if leader and (not found or any(one.name == leader.name for one in case.entities.persons().values())):
        return _held(case, leader)
    found = found or case.discourse.last(fits, case.setting.position)
    if found is None and (case.part.definite or country):
        matching = [one for one in map(referent, case.entities.persons().values()) if fits(one)]
        found = matching[0] if len(matching) == 1 else None
    return found
