"""Parts of a source that name nobody: governments, offices, spokesmen, groups, documents, epithets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from schemas.statement import Resolution
from streams.attribution.antecedents import STATE_OFFICES, Discourse, Setting
from streams.attribution.case import Case
from streams.attribution.collectives import collective
from streams.attribution.determiners import NUMBERS
from streams.attribution.documents import MEDIA, document
from streams.attribution.entities import Entities, epithet_state
from streams.attribution.entity import Named, country_entity
from streams.attribution.governments import forms, government
from streams.attribution.lexicon import nouns
from streams.attribution.offices import leads_less, office, office_at
from streams.attribution.reading import Sentence
from streams.attribution.referents import Referent, referent
from streams.attribution.sources import Part
from streams.attribution.titles import describe
from streams.knowledge import Knowledge
from streams.knowledge.entries import Country, Epithet, Office, Sex

_TYPES = {
    "agency": {"agency", "igo", "media"},
    "organisation": {"igo", "ngo"},
    "organization": {"igo", "ngo"},
    "body": {"igo", "body"},
    "group": {"armed_group", "ngo", "party"},
    "party": {"party"},
    "company": {"company", "bank"},
    "firm": {"company", "bank"},
    "movement": {"armed_group", "party"},
    "bank": {"bank"},
    "court": {"court"},
    "alliance": {"igo"},
    "bloc": {"igo"},
    "council": {"body", "igo"},
    "union": {"igo"},
    "militants": {"armed_group"},
    **{noun: {"media"} for noun in MEDIA},
}
"""Which types of organisations a bare noun can take up."""
_UNTYPED = dict.fromkeys(("company", "firm", "group", "movement", "organisation", "organization", "charity"), ("",))
"""Nouns that can also take up a body of which nothing is known."""
_KINDS = {
    **dict.fromkeys(("rights", "aid", "relief", "advocacy", "campaign", "environmental"), "ngo"),
    **dict.fromkeys(("militant", "armed", "rebel", "guerrilla", "islamist", "extremist"), "armed_group"),
    "news": "media",
}
"""What the word before "group", "agency" or another such noun says of what it can take up ("the rights | group")."""
_OF_STATES = frozenset(
    {
        "army", "congress", "court", "department", "embassy", "military", "ministry", "navy", "parliament", "senate",
        "staff",
    }
)  # fmt: skip
_FIRST_SENTENCES = 2
"""Sentences of headline and lead, which speak of somebody before naming him."""
_WITH_ARTICLE = frozenset(
    {
        "Republic", "Kingdom", "States", "Union", "Emirates", "Islands", "Federation", "Netherlands", "Philippines",
        "Maldives", "Bahamas", "Comoros", "Gambia",
    }
)  # fmt: skip
"""Words of names of states that have an article in a text."""
_STAFF = ("general", "staff")
_NAMED_AFTER = frozenset({"court", "constitution", "parliament", "presidency", "congress", "senate"})


@dataclass(frozen=True, slots=True)
class Found:
    """A speaker that a source names, as it is mentioned, and how it was reached."""

    referent: Referent
    mention: str | None
    resolution: Resolution


def of_state(body: str, state: Country) -> str:
    """The name of a state's body: "Foreign Ministry" of China is the "Chinese Foreign Ministry", "Supreme Court of
    Chile".
    """
    if body.rsplit(" ", 1)[-1].lower() not in _NAMED_AFTER and state.adjectives:
        return f"{state.adjectives[0]} {body}"
    words = state.name.split()
    article = "the " if _WITH_ARTICLE & set(words) else ""
    return f"{body} of {article}{state.name}"


def is_states_own(body: str) -> bool:
    """Whether a body's name is that of one of a state's bodies, of which every state has one ("Supreme Court")."""
    return body.rsplit(" ", 1)[-1].lower() in _OF_STATES


def with_country(one: Referent, country: str | None) -> Referent:
    """The same, of that state."""
    return replace(one, country=country)


def is_possessed(sentence: Sentence, start: int, first: int) -> bool:
    """Whether a name at ``start`` only says whose the head is ("NATO's | chief")."""
    return (
        start > first
        and sentence.folds[start - 1] in {"of", "for"}
        and any(
            sentence.folds[word] in nouns().person
            or sentence.folds[word].endswith("s")
            or office_at(sentence, word) is not None
            for word in range(first, start - 1)
        )
    )


def unnamed(
    part: Part,
    named: Sequence[Named],
    setting: Setting,
    entities: Entities,
    knowledge: Knowledge,
    discourse: Discourse,
    text: str,
) -> list[Found]:
    """The speakers of a part that is no name."""
    case = Case(
        part,
        named,
        setting,
        entities,
        knowledge,
        discourse,
        text,
        describe(part.sentence, part.start, part.end, entities.on),
    )
    mention = part.span.of(text)
    together = collective(part, named, setting.position, entities, knowledge, discourse)
    if together:
        return [Found(one, mention, "collective") for one in together]
    for step in (government, epithet, office, region, person, document, body, group):
        if (found := step(case)) is not None:
            return [Found(found[0], mention, found[1])]
    return [Found(case.as_written(), mention, "explicit")]


def epithet(case: Case) -> tuple[Referent, Resolution] | None:
    """A description that stands for a state ("the Stalinist state")."""
    for one in case.named:
        start, end = case.part.sentence.range_of(one.span)
        if one.naming == "epithet" and start <= case.part.head < end and end >= case.part.end:
            return referent(one.entity), "epithet"
    match = case.part.sentence.match_at(case.part.start)
    if match is None or match.end < case.part.end:
        return None
    readings = [reading for reading in match.readings if isinstance(reading.entry, Epithet)]
    code = epithet_state(readings, case.entities.states) if readings else None
    state = case.knowledge.country(code) if code else None
    return (referent(country_entity(state)), "epithet") if state else None


def region(case: Case) -> tuple[Referent, Resolution] | None:
    """ "The West African nation": the one state of that region that was mentioned last; "the country": the last
    one.
    """
    if case.part.noun not in nouns().state or not case.part.definite:
        return None
    words = case.part.words[: case.part.head - case.part.start]
    codes: frozenset[str] = frozenset()
    for start in range(len(words)):
        codes = codes or case.knowledge.region(" ".join(words[start:]))
    if not codes and words and not all(word in nouns().modifier for word in words):
        lead = case.discourse.thing(case.setting)
        return (lead, "epithet") if lead and lead.kind == "country" else None

    def fits(one: Referent) -> bool:
        return one.kind == "country" and (not codes or one.country in codes)

    one = case.discourse.last(fits, case.setting.position)
    if one is None and codes:
        inside = [code for code in case.entities.states if code in codes]
        state = case.knowledge.country(inside[0]) if len(inside) == 1 else None
        one = referent(country_entity(state)) if state else None
    return (one, "epithet" if words else "role") if one else None


def _named_later(case: Case, noun: str) -> Referent | None:
    """Whom the first sentences mean by "a Philippine lawmaker": the one of that role and state named later."""
    if case.setting.sentence > _FIRST_SENTENCES or case.country is None:
        return None
    part = case.part
    title = part.sentence.match_at(part.head)
    told = {
        part.sentence.folds[word]
        for word in range(part.start, part.head)
        if part.sentence.match_at(word) in {None, title}
    }
    found = [
        entity
        for entity in case.entities.persons().values()
        if entity.country == case.country and entity.role and {noun, *told} <= set(entity.role.lower().split())
    ]
    return referent(found[0]) if len(found) == 1 else None


def _may_describe(title: Office | None) -> bool:
    """Whether a noun can describe somebody known otherwise: no office, or one that speaks for nobody."""
    return title is None or (title.speaks_for == "none" and title.office in {"other", "expert", "journalist", "party"})


def person(case: Case) -> tuple[Referent, Resolution] | None:
    """One unnamed person: "a State Department spokesman", "an Israeli official"; "the official" is the one
    before.
    """
    noun = case.part.noun
    title = office_at(case.part.sentence, case.part.head)
    if (noun not in nouns().person and (title is None or title.plural)) or (case.is_plural(noun) and title is None):
        return None
    again = case.part.definite and case.discourse.last(
        lambda one: (
            one.kind == "person"
            and not case.leads_whole_state(one)
            and (one.noun == noun or (bool(one.role) and noun in (one.role or "").split()))
        ),
        case.setting.position,
    )
    if again and (case.country is None or again.country in {None, case.country}):
        return again, "role"
    later = None if case.part.definite else _named_later(case, noun)
    if later is not None:
        return later, "role"
    known = _described(case, noun) if case.part.definite and _may_describe(title) else None
    if known is not None:
        return known, "epithet"
    country = case.country or (case.state() if noun in nouns().official else None)
    organisation = case.said.organisation or next(
        (o.entity.name for o in case.named if o.entity.kind == "organisation"), None
    )
    placed = case.place and describe(case.part.sentence, case.part.start, case.place, case.entities.on)
    role = (placed or case.said).role or noun
    if noun.startswith("spokes") and not case.named and case.part.end - case.part.start == 1:
        body = case.discourse.lately_body(case.setting)
        if body is not None:
            return replace(
                Referent(f"{body.name} {noun}", "person", body.country, body.name, noun, title.sex if title else None),
                noun=noun,
                offices=("spokesperson",),
            ), "role"
    sex = title.sex if title else None
    one = Referent(case.written(), "person", country, organisation, role, sex, case.said.offices, noun)
    return one, "role" if case.part.definite or noun.startswith("spokes") else "explicit"


def _described(case: Case, noun: str) -> Referent | None:
    """Whom "the billionaire developer" describes: the person of whom the text speaks, not a bystander."""
    after = case.part.sentence.folds[case.part.head + 1 : case.part.end]
    if (
        noun in nouns().bystander
        or noun in nouns().official
        or after
        or not {"the", "this"} & set(case.part.determiners)
    ):
        return None
    if any(one.entity.kind != "country" for one in case.named):
        return None
    sex: Sex | None = "f" if noun.endswith("woman") else "m" if noun.endswith("man") else case.said.sex
    return case.discourse.person(
        sex, case.setting, case.said.country, STATE_OFFICES if leads_less(case) else frozenset()
    )


def body(case: Case) -> tuple[Referent, Resolution] | None:
    """A body without a name of its own: "the Thai army", "the ministry", "Greek court"."""
    noun = case.part.noun
    is_body = noun in nouns().body or noun in nouns().government or case.part.words[-2:] == _STAFF
    if not is_body or _is_of_several(case):
        return None
    kinds = [_KINDS[word] for word in case.part.words[:-1] if word in _KINDS]
    if case.part.definite and (case.part.end - case.part.start == 1 or kinds or case.part.words[-2] == "based"):
        types = kinds or [*_TYPES.get(noun, ()), *_UNTYPED.get(noun, ())]
        again = case.discourse.last(
            lambda one: (
                one.kind == "organisation"
                and one.noun in {None, noun}
                and (noun in (one.name or "").lower().split() or one.noun == noun or one.type in types)
            ),
            case.setting.position,
        )
        if again:
            return again, "role"
    one = replace(case.as_written("organisation"), noun=noun)
    if case.owner is not None and case.owner.kind == "person":
        return one, "explicit"
    own = case.part.definite and (noun in _OF_STATES or _is_of_an_office(case))
    home = case.entities.home if case.part.words[0] == "state" else None
    code = one.country or (case.state() if own else home)
    state = case.knowledge.country(code) if code else None
    if state is None or not state.adjectives:
        return one, "explicit"
    return replace(one, name=_of_state(case, state), country=code), "explicit" if case.country else "short_name"


def _is_of_an_office(case: Case) -> bool:
    """Whether a body is that of an office of a state ("the Prime Minister's | office")."""
    owner = case.part.head - 2
    title = office_at(case.part.sentence, owner) if owner >= case.part.start else None
    return title is not None and title.office in STATE_OFFICES and case.part.sentence.folds[owner + 1] in {"'s", "’s"}


def _of_state(case: Case, state: Country) -> str:
    """The body's name with its state: "China's foreign ministry" is the Chinese foreign ministry."""
    text = case.part.text(case.text)
    matches = map(case.part.sentence.match_at, range(case.part.start, case.part.end))
    if any(match is not None and match.readings[0].form in {"capital", "place", "metonym"} for match in matches):
        return text
    for mark in ("'s ", "’s "):
        owner, found, rest = text.partition(mark)
        if found:
            return of_state(rest, state) if owner in forms(state) else text
    return text if case.named or case.part.end - case.part.start > 3 else of_state(text, state)


def group(case: Case) -> tuple[Referent, Resolution] | None:
    """Several people without names: "Japanese officials"."""
    noun = case.part.noun
    if _is_bare_name(case):
        return None
    if noun in NUMBERS and case.part.end - case.part.start == 1:
        return Referent(None, "group"), "unresolved"
    if not (
        case.is_plural(noun)
        or _is_of_several(case)
        or case.part.number
        or set(case.part.determiners) & {"many", "several", "most"}
    ):
        return None
    if case.part.definite and case.part.end - case.part.start == 1:
        again = case.discourse.last(lambda one: one.kind == "group" and one.noun == noun, case.setting.position)
        if again:
            return again, "role"
    return replace(case.as_written("group"), noun=noun), "explicit"


def _is_of_several(case: Case) -> bool:
    """Whether the head is an office of several ("members of | Congress")."""
    title = office_at(case.part.sentence, case.part.head)
    return title is not None and title.plural


def _is_bare_name(case: Case) -> bool:
    """Whether a part is one capitalised word within a sentence, which is a surname though it ends like a plural."""
    part = case.part
    if (
        part.end - part.first != 1
        or part.first == 0
        or part.sentence.headline
        or not part.sentence.is_name_like(part.head)
    ):
        return False
    begins = not part.sentence.words[part.first - 1][0].isalnum() and part.sentence.words[part.first - 1] != ","
    return not begins and part.sentence.match_at(part.head) is None
