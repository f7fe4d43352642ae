"""One table of everybody and everything that an article names: variants of a name merged, spelled canonically."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from schemas.statement import SpeakerKind
from streams.attribution.belonging import beside
from streams.attribution.document import Document
from streams.attribution.groups import groups
from streams.attribution.mentions import Mention, mentions
from streams.attribution.persons import Person, Persons
from streams.attribution.reading import Sentence, sentences
from streams.attribution.span import Span
from streams.attribution.titles import organisation_of, state_of, told_apart
from streams.knowledge import Knowledge
from streams.knowledge.entries import Country, Epithet, Form, Metonym, Office, Organisation, Reading, Sex
from streams.knowledge.phrases import folded_words

Naming = Literal["full", "short", "adjective", "people", "capital", "metonym", "epithet"]


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that can speak or be spoken to.

    ``country`` is alpha-3; ``offices`` are those of the offices table (head_of_state ...); ``plural`` for groups.
    """

    name: str
    kind: SpeakerKind
    country: str | None = None
    organisation: str | None = None
    role: str | None = None
    sex: Sex | None = None
    offices: tuple[str, ...] = ()
    type: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two the same."""
        return (self.kind, *folded_words(self.name))


@dataclass(frozen=True, slots=True)
class Named:
    """An entity at a place in the text. ``phrase`` adds title and apposition to the name's ``span``."""

    span: Span
    phrase: Span
    entity: Entity
    naming: Naming
    sentence: int


@dataclass(frozen=True)
class Entities:
    """All entities of an article where they stand, in order, and the sentences they stand in.

    ``states`` counts how often the article names each state (alpha-3) in any form; ``home`` is the one named most.
    """

    sentences: tuple[Sentence, ...]
    named: tuple[Named, ...]
    states: dict[str, int]
    home: str | None
    on: date
    offices: tuple[Mention, ...]
    _about: dict[frozenset[str], float] = field(default_factory=dict, compare=False, repr=False)

    def within(self, span: Span) -> tuple[Named, ...]:
        """Those whose names stand inside ``span``."""
        start = bisect_left(self.named, span.start, key=lambda named: named.span.start)
        end = bisect_left(self.named, span.end, key=lambda named: named.span.start)
        return tuple(named for named in self.named[start:end] if named.span.end <= span.end)

    def whole(self, span: Span) -> Span:
        """``span`` with the whole of a name that its end cuts in two."""
        end = bisect_left(self.named, span.end, key=lambda named: named.span.start)
        cut = self.named[end - 1] if end else None
        return (
            Span(span.start, cut.span.end) if cut and span.start <= cut.span.start < span.end < cut.span.end else span
        )

    def before(self, offset: int, count: int) -> tuple[Named, ...]:
        """The last ``count`` names before the character."""
        end = bisect_left(self.named, offset, key=lambda named: named.span.start)
        return self.named[max(0, end - count) : end]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character."""
        place = bisect_right(self.sentences, offset, key=lambda sentence: sentence.span.start) - 1
        if place >= 0 and offset < self.sentences[place].span.end:
            return self.sentences[place]
        return None

    def taken_up(self, position: int) -> Named | None:
        """The name right before a "who" or "which" that stands right before the position ("Cruz, who | opposed")."""
        sentence = self.sentence_at(position)
        if sentence is None:
            return None
        word, _ = sentence.range_of(Span(position, position + 1))
        relative = word - 2 if word > 1 and sentence.folds[word - 1].endswith("ly") else word - 1
        if relative < 1 or sentence.folds[relative] not in {"who", "which"}:
            return None
        before = self.before(sentence.spans[relative].start, 1)
        _, end = sentence.range_of(before[0].span) if before else (0, 0)
        between = sentence.words[end:relative]
        return before[0] if before and before[0].sentence == sentence.number and between in {(), (",",)} else None

    @cached_property
    def _counts(self) -> Counter[tuple[str, ...]]:
        return Counter(named.entity.key for named in self.named)

    @cached_property
    def leading(self) -> tuple[Entity, ...]:
        """The two states, and the person, that the article names most."""
        those = {named.entity.key: named.entity for named in self.named}
        ranked = [those[key] for key, _ in self._counts.most_common()]
        states = [entity for entity in ranked if entity.kind == "country"][:2]
        return (*states, *[entity for entity in ranked if entity.kind == "person"][:1])

    def share(self, entity: Entity) -> float:
        """How much of all naming is of this entity, in [0, 1]."""
        return self._counts[entity.key] / len(self.named) if self.named else 0.0

    @cached_property
    def abroad(self) -> float:
        """How much of the naming of states is not of the one named most, in [0, 1]."""
        total = sum(self.states.values())
        return 1.0 - max(self.states.values()) / total if total else 0.0

    def about(self, subjects: frozenset[str]) -> float:
        """How many of each ten words are among ``subjects``."""
        if subjects not in self._about:
            words = sum(len(sentence.folds) for sentence in self.sentences)
            hits = sum(word in subjects for sentence in self.sentences for word in sentence.folds)
            self._about[subjects] = 10.0 * hits / words if words else 0.0
        return self._about[subjects]

    def persons(self) -> dict[tuple[str, ...], Entity]:
        """Every person of the article once."""
        return {named.entity.key: named.entity for named in self.named if named.entity.kind == "person"}


def entities(document: Document, knowledge: Knowledge) -> Entities:
    """The entity table of an article."""
    on = document.date or date.max
    read = told_apart(sentences(document, knowledge), on)
    found = _mentions(document.body, read, knowledge)
    states = _states(found, on)
    persons = Persons.of(found, read, knowledge, on, states, beside(found, read, on, states))
    bodies = _Bodies.of(found, read, on, persons)
    named = [
        entity
        for place, mention in enumerate(found)
        if (entity := _named(mention, place, read[mention.sentence], persons, bodies, states, on, knowledge))
    ]
    for sentence in read:
        for start, end, country in groups(sentence, on):
            span = sentence.span_of(start, end)
            named.append(Named(span, span, Entity(span.of(document.body), "group", country), "full", sentence.number))
    ordered = tuple(sorted(named, key=lambda one: (one.span.start, one.span.end)))
    home = max(states, key=lambda code: states[code]) if states else None
    offices = tuple(mention for mention in found if mention.kind == "office")
    return Entities(read, ordered, states, home, on, offices)


def _mentions(body: str, read: Sequence[Sentence], knowledge: Knowledge) -> list[Mention]:
    """The names of all sentences; those of headlines by what the text tells of its persons."""
    in_text = [mention for one in read if not one.headline for mention in mentions(one, body, knowledge)]
    known = {
        word for mention in in_text if mention.kind in {"person", "unknown"} for word in folded_words(mention.name)
    }
    in_headlines = [mention for one in read if one.headline for mention in mentions(one, body, knowledge, known)]
    return sorted((*in_text, *in_headlines), key=lambda mention: mention.span)


def _states(found: Iterable[Mention], on: date) -> dict[str, int]:
    """How often each state is named; a name that several states share counts for those that are named otherwise."""
    counts: Counter[str] = Counter()
    for mention in found:
        if mention.kind == "state" and (state := state_of(mention.readings, on)) and state.state:
            counts[state.state] += 1
        elif mention.kind == "organisation":
            metonym = next((r.entry for r in mention.readings if isinstance(r.entry, Metonym)), None)
            if metonym and metonym.country and metonym.context == "always":
                counts[metonym.country] += 1
    return dict(counts)


_MEMBERS = ("ans", "ats", "ives", "ists", "ies", "als", "Dems")
"""Endings of names of a party's people."""
_NAMING: dict[Form, Naming] = {
    "name": "full", "adjective": "adjective", "people": "people", "person": "people", "capital": "capital",
    "metonym": "metonym", "epithet": "epithet",
}  # fmt: skip


def _named(
    mention: Mention,
    place: int,
    sentence: Sentence,
    persons: Persons,
    bodies: _Bodies,
    states: dict[str, int],
    on: date,
    knowledge: Knowledge,
) -> Named | None:
    if person := persons.at.get(place):
        return Named(mention.span, persons.phrases[place], _person(person), persons.naming[place], mention.sentence)
    if mention.kind == "state" and (instead := bodies.instead(mention)):
        return instead
    if mention.kind == "state":
        state = state_of(mention.readings, on)
        if state is None:
            return None
        form = next(r.form for r in mention.readings if r.entry == state)
        if form in {"people", "person"}:
            group = Entity(mention.name, "group" if form == "people" else "person", state.state)
            return Named(mention.span, mention.span, group, "people", mention.sentence)
        return Named(mention.span, mention.span, country_entity(state), _NAMING[form], mention.sentence)
    if (members := _members(mention, sentence)) is not None:
        return Named(mention.span, mention.span, members, "people", mention.sentence)
    if mention.kind == "organisation" or (mention.kind == "unknown" and folded_words(mention.name) in bodies.called):
        return _of_its_day(bodies.named(mention, sentence, states), knowledge, on)
    if (
        mention.kind == "epithet"
        and (code := epithet_state(mention.readings, states))
        and (meant := knowledge.on(code, on))
    ):
        return Named(mention.span, mention.span, country_entity(meant), "epithet", mention.sentence)
    return None


def _members(mention: Mention, sentence: Sentence) -> Entity | None:
    """The people of a party, when its name is only that of many of them ("many Republicans"); "the Conservatives" are
    the party.
    """
    party = organisation_of(mention.readings)
    if party is None or party.type != "party" or mention.name == party.name or not mention.name.endswith(_MEMBERS):
        return None
    if mention.start > 0 and sentence.folds[mention.start - 1] in {"the", "opposition", "ruling"}:
        return None
    return Entity(mention.name, "group", party.country, party.name)


def _of_its_day(named: Named | None, knowledge: Knowledge, on: date) -> Named | None:
    """A seat of power stands for the state that it was the seat of on that day, and a body belongs to that one."""
    if named is None or named.entity.country is None:
        return named
    state = knowledge.on(named.entity.country, on)
    if state is None:
        return named
    entity = named.entity
    return replace(
        named, entity=country_entity(state) if entity.kind == "country" else replace(entity, country=state.state)
    )


def country_entity(state: Country) -> Entity:
    """A state as an entity; a territory or party is an organisation that belongs to its state."""
    if state.status == "party" or (state.code is None and state.status == "territory"):
        return Entity(state.name, "organisation", state.state, type="party")
    return Entity(state.name, "country", state.state)


def epithet_state(readings: Sequence[Reading], states: dict[str, int]) -> str | None:
    """The code of the state that an epithet means in this article; null when it is not to be told."""
    certain, likely = set(), set()
    for reading in readings:
        if isinstance(epithet := reading.entry, Epithet):
            if not epithet.context:
                certain.add(epithet.country)
            elif epithet.context == ("*",):
                if epithet.country in states:
                    likely.add(epithet.country)
            elif any(code in states for code in epithet.context):
                likely.add(epithet.country)
    chosen = likely or certain
    if len(chosen) > 1:
        most = max(states.get(code, 0) for code in chosen)
        chosen = {code for code in chosen if states.get(code, 0) == most}
    return chosen.pop() if len(chosen) == 1 else None


def _person(person: Person) -> Entity:
    return Entity(
        person.name,
        "person",
        person.country,
        person.organisation,
        person.role,
        person.sex,
        tuple(dict.fromkeys(person.offices)),
    )


_LONGEST_NAME = 12
"""Words of the longest name of a body that stands before its initials."""
_OF_STATES = frozenset({"ministry", "parliament", "army", "navy", "cabinet", "treasury", "police", "senate"})
"""Words of a body's name that tell that it is a state's: of the one named most, when nothing says which."""


@dataclass(frozen=True)
class _Bodies:
    """Organisations: what an abbreviation in brackets stands for, and where a name's country is told."""

    full: dict[str, str]
    country: dict[tuple[str, ...], str]
    called: frozenset[tuple[str, ...]]
    known: frozenset[str]
    outlets: dict[str, Organisation]
    named_otherwise: frozenset[str]

    @classmethod
    def of(cls, found: Sequence[Mention], read: Sequence[Sentence], on: date, persons: Persons) -> _Bodies:
        full: dict[str, str] = {}
        country: dict[tuple[str, ...], str] = {}
        for place, mention in enumerate(found):
            if mention.kind not in {"organisation", "unknown"} or place in persons.at:
                continue
            sentence = read[mention.sentence]
            inside = sentence.words[mention.end : mention.end + 3]
            if len(inside) == 3 and inside[0] == "(" and inside[2] == ")" and inside[1].isupper():
                known = organisation_of(mention.readings)
                name = known.name if known else _spelled_out(sentence, mention, inside[1])
                if name is not None:
                    full[inside[1]] = name
            if code := _country_beside(sentence, mention, on):
                country.setdefault(folded_words(mention.name), code)
        bodies = [organisation_of(mention.readings) for mention in found if mention.kind == "organisation"]
        named = (
            state_of(mention.readings, on)
            for mention in found
            if mention.kind == "state" and mention.readings[0].form != "capital"
        )
        return cls(
            full,
            country,
            frozenset(folded_words(mention.name) for mention in found if mention.kind == "organisation"),
            frozenset(name for one in bodies if one for name in (one.name, one.parent) if name),
            {one.name.split()[-1]: one for one in bodies if one and one.type == "media" and " " in one.name},
            frozenset(one.state for one in named if one and one.state),
        )

    def instead(self, mention: Mention) -> Named | None:
        """The body for which a city stands, when the article names the body and not the city's own state
        ("Brussels").
        """
        metonym = next((r.entry for r in mention.readings if isinstance(r.entry, Metonym)), None)
        capital = next(
            (r.entry for r in mention.readings if r.form == "capital" and isinstance(r.entry, Country)), None
        )
        if metonym is None or capital is None or metonym.organisation not in self.known or metonym.organisation is None:
            return None
        if capital.state in self.named_otherwise:
            return None
        entity = Entity(metonym.canonical or metonym.organisation, "organisation", None, type="igo")
        return Named(mention.span, mention.span, entity, "metonym", mention.sentence)

    def named(self, mention: Mention, sentence: Sentence, states: dict[str, int]) -> Named | None:
        """The organisation that a mention names."""
        metonym = next((r.entry for r in mention.readings if isinstance(r.entry, Metonym)), None)
        known = organisation_of(mention.readings) if mention.name not in self.full else None
        if metonym is not None and (known is None or metonym.kind == "country"):
            return _metonym(mention, metonym, states)
        outlet = self._outlet(mention, sentence) if known is None else None
        if outlet is not None:
            entity = Entity(outlet.name, "organisation", outlet.country, type=outlet.type)
            return Named(mention.span, mention.span, entity, "short", sentence.number)
        if known is not None:
            entity = Entity(known.name, "organisation", known.country, type=known.type)
        else:
            name = self.full.get(mention.name, mention.name).removeprefix("The ").removeprefix("the ")
            entity = Entity(
                name,
                "organisation",
                self.country.get(folded_words(name)) or self.country.get(folded_words(mention.name)),
            )
        if entity.country is None and known is None and set(folded_words(entity.name)) & _OF_STATES:
            entity = replace(entity, country=max(states, key=lambda code: states[code], default=None))
        known_by_name = metonym is None or metonym.phrase == entity.name
        full = len(mention.name.split()) > 1 or mention.name == entity.name or mention.name not in self.full
        naming: Naming = "metonym" if metonym is not None and not known_by_name else "full" if full else "short"
        return Named(mention.span, mention.span, entity, naming, sentence.number)

    def _outlet(self, mention: Mention, sentence: Sentence) -> Organisation | None:
        """The newspaper that "the Post" is short for."""
        before = sentence.folds[mention.start - 1] if mention.start else ""
        return self.outlets.get(mention.name) if before == "the" else None


def _metonym(mention: Mention, metonym: Metonym, states: dict[str, int]) -> Named | None:
    if (metonym.context == "article" and metonym.country not in states) or metonym.canonical is None:
        return None
    kind: SpeakerKind = "country" if metonym.kind == "country" else "organisation"
    entity = Entity(metonym.canonical, kind, metonym.country)
    return Named(mention.span, mention.span, entity, "metonym", mention.sentence)


def _spelled_out(sentence: Sentence, mention: Mention, initials: str) -> str | None:
    """The name before its initials in brackets, with words before the mention that belong to it ("Alliance to Reclaim
    Our | Schools (AROS)"); null when the initials are of something else.
    """
    first, left = mention.end, list(initials)
    while left and first > 0 and mention.end - first < _LONGEST_NAME:
        first -= 1
        if sentence.words[first][0].upper() == left[-1] and sentence.is_name_like(first):
            left.pop()
        elif sentence.is_name_like(first) or not sentence.words[first][0].isalnum():
            break
    if left:
        return mention.name if sentence.words[mention.start][0] == initials[0] else None
    return " ".join(sentence.words[min(first, mention.start) : mention.end])


def _country_beside(sentence: Sentence, mention: Mention, on: date) -> str | None:
    """The state in a body's name, or right before it ("Chile's | Supreme Court", "the Russian | air force")."""
    for word in range(mention.start, mention.end):
        match = sentence.match_at(word)
        if match and (state := state_of(match.readings, on)):
            return state.state
    before = mention.start - 1
    while before > 0 and (
        sentence.folds[before] in {"'s", "’s", "newspaper", "party"} or sentence.words[before][0].islower()
    ):
        if mention.start - before > 3:
            return None
        before -= 1
    match = sentence.match_at(before) if before >= 0 else None
    if (
        match
        and (state := state_of(match.readings, on))
        and not any(isinstance(r.entry, Office) for r in match.readings)
    ):
        return state.state
    return None
