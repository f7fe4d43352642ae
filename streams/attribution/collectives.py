"""Those who speak together without being named there: "both sides", "the two leaders", "the leaders of Japan and
South Korea".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from streams.attribution.antecedents import STATE_OFFICES, Discourse
from streams.attribution.determiners import NUMBERS
from streams.attribution.entities import Entities
from streams.attribution.entity import Named, country_entity
from streams.attribution.lexicon import nouns
from streams.attribution.referents import Referent, referent
from streams.attribution.sources import Part
from streams.knowledge import Knowledge

_PEOPLE = frozenset(
    {"leaders", "presidents", "ministers", "statesmen", "men", "women", "chiefs", "premiers", "monarchs", "chancellors"}
)
_KOREAS = ("PRK", "KOR")
_MANY = 3
"""More than so many are not picked by how often they are named."""
_OFFICES = {
    "leaders": ("head_of_state", "head_of_government"),
    "presidents": ("head_of_state",),
    "premiers": ("head_of_government",),
    "prime ministers": ("head_of_government",),
    "foreign ministers": ("foreign_minister",),
    "defence ministers": ("defence_minister",),
    "defense ministers": ("defence_minister",),
    "chancellors": ("head_of_government",),
}


def collective(
    part: Part, named: Sequence[Named], position: int, entities: Entities, knowledge: Knowledge, discourse: Discourse
) -> tuple[Referent, ...]:
    """The members, when the phrase says who or how many they are and the article names so many; else nothing."""
    listed = _listed(part, named)
    if listed:
        return listed
    if _noun(part) == "koreas" and part.number == 2:
        return tuple(referent(country_entity(state)) for state in map(knowledge.country, _KOREAS) if state)
    if part.number == 2 and part.end - part.start == 1 and part.noun in {"two", "pair", "duo"}:
        return discourse.both(position)
    if _noun(part) not in nouns().together:
        return ()
    owners = _owners(part, named)
    states = owners or _states_after(part, named) or _together_after(part, position, discourse)
    told = bool(owners) or "of" in part.words
    if _noun(part) in _PEOPLE and len(states) > 1 and part.number in {None, len(states)} and told:
        return _holders(part, states, entities, knowledge)
    if not part.number or _introduces(part):
        return ()
    if _noun(part) in _PEOPLE:
        found = discourse.lately(_leads(part), position, part.number)
        if len(found) < part.number:
            found = tuple(referent(entity) for entity in entities.persons().values() if _leads(part)(referent(entity)))
        if len(found) == part.number:
            return found
        states = [one.country for one in discourse.lately(_is_state, position, part.number) if one.country]
        return _holders(part, states, entities, knowledge) if len(states) == part.number else ()
    if part.number > _MANY:
        return ()
    found = discourse.often(_is_state, position, part.number)
    found = found or _of_one_sentence(part.number, position, discourse, knowledge)
    if len(found) < part.number:
        found = discourse.lately(lambda one: one.kind in {"country", "organisation"}, position, part.number)
    return found if len(found) == part.number else ()


def _of_one_sentence(number: int, position: int, discourse: Discourse, knowledge: Knowledge) -> tuple[Referent, ...]:
    """The states that one sentence before tells of, when it tells of so many."""
    states = map(knowledge.country, discourse.states_of_sentence(position, number))
    return tuple(referent(country_entity(state)) for state in states if state)


def _introduces(part: Part) -> bool:
    """Whether a phrase brings in somebody new ("two Australian men") and does not take up who was named."""
    known = part.definite or bool({"both", *_EACH} & set(part.determiners))
    return not known and (part.start < part.head or _noun(part) in {"men", "women"})


_EACH = frozenset({"each", "neither", "either"})


def _noun(part: Part) -> str:
    """The head, in the plural also where it stands for each of several ("neither leader")."""
    if not _EACH & set(part.determiners):
        return part.noun
    return f"{part.noun[:-1]}ies" if part.noun.endswith("y") else f"{part.noun}s"


def _listed(part: Part, named: Sequence[Named]) -> tuple[Referent, ...]:
    """ "Candidates like Marco Rubio", "sites such as Twitter" are who is named, when nothing is named but them."""
    after = [word for word in part.sentence.folds[part.head + 1 : part.end] if word[0].isalnum()]
    such = after[:2] == ["such", "as"]
    if not (such or after[:1] in (["like"], ["including"])) or not _noun(part).endswith("s"):
        return ()
    kinds = {"person", "organisation", "country"} if such else {"person"}
    place = part.sentence.ends[part.head]
    return tuple(referent(one.entity) for one in named if one.entity.kind in kinds and one.span.start > place)


def _is_state(one: Referent) -> bool:
    return one.kind == "country"


def _leads(part: Part) -> Callable[[Referent], bool]:
    wanted = frozenset(_OFFICES.get(_title(part), ())) or STATE_OFFICES

    def fits(one: Referent) -> bool:
        if _noun(part) in {"men", "women"}:
            return one.kind == "person" and one.sex == ("m" if _noun(part) == "men" else "f")
        return one.kind == "person" and bool(set(one.offices) & wanted)

    return fits


def _title(part: Part) -> str:
    before = part.sentence.folds[part.head - 1] if part.head > part.start else ""
    joined = f"{before} {_noun(part)}"
    return joined if joined in _OFFICES else _noun(part)


def _owners(part: Part, named: Sequence[Named]) -> list[str]:
    """The states before the head that own it ("Japan and South Korea's | leaders")."""
    head = part.sentence.starts[part.head]
    before = [one.entity.country for one in named if one.entity.kind == "country" and one.span.end <= head]
    owned = not {"'s", "’s", "'", "’"}.isdisjoint(part.words)
    return [code for code in before if code] if owned and len(before) > 1 else []


def _states_after(part: Part, named: Sequence[Named]) -> list[str]:
    """The states after "of"."""
    place = part.sentence.span_of(part.head, part.head + 1).end
    return [
        one.entity.country
        for one in named
        if one.span.start > place and one.entity.kind == "country" and one.entity.country
    ]


def _together_after(part: Part, position: int, discourse: Discourse) -> list[str]:
    """The states that "of the two countries" takes up."""
    after = part.sentence.folds[part.head + 1 : part.end]
    number = next((NUMBERS[word] for word in after if word in NUMBERS), None)
    if number == len(_KOREAS) and after[-1] == "koreas":
        return [*_KOREAS]
    if after[:1] != ("of",) or number is None or after[-1] not in nouns().together:
        return []
    found = discourse.often(_is_state, position, number)
    return [one.country for one in found if one.country] if len(found) == number else []


def _holders(part: Part, states: Sequence[str], entities: Entities, knowledge: Knowledge) -> tuple[Referent, ...]:
    """Who held the office in each of the states on the day; nothing when that is not known of all."""
    offices = _OFFICES.get(_title(part))
    if offices is None:
        return ()
    persons = {entity.name: entity for entity in entities.persons().values()}
    found = []
    for code in states:
        leads = [knowledge.holder(code, (office,), entities.on) for office in offices]
        named = [holder for holder in leads if holder and holder.name in persons]
        holder = named[0] if named else knowledge.leader(code, entities.on) if len(offices) > 1 else leads[0]
        if holder is None:
            return ()
        entity = persons.get(holder.name)
        found.append(
            referent(entity)
            if entity
            else Referent(holder.name, "person", code, None, holder.role, holder.sex, (holder.office,))
        )
    return tuple(found)
