"""One table of everybody and everything that an article names: variants of a name merged, spelled canonically."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from streams.attribution.belonging import beside
from streams.attribution.bodies import Bodies
from streams.attribution.document import Document
from streams.attribution.entity import Entity, Named, Naming, country_entity
from streams.attribution.groups import groups
from streams.attribution.mentions import Mention, mentions
from streams.attribution.persons import Person, Persons
from streams.attribution.reading import Sentence, sentences
from streams.attribution.senses import organisation_of, state_of, told_apart
from streams.attribution.span import Span
from streams.knowledge import Knowledge
from streams.knowledge.entries import Epithet, Form, Metonym, Reading
from streams.knowledge.phrases import folded_words


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

    @cached_property
    def _starts(self) -> list[int]:
        return [named.span.start for named in self.named]

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where each of ``sentences`` begins."""
        return [sentence.span.start for sentence in self.sentences]

    def within(self, span: Span) -> tuple[Named, ...]:
        """Those whose names stand inside ``span``."""
        start = bisect_left(self._starts, span.start)
        end = bisect_left(self._starts, span.end)
        return tuple([named for named in self.named[start:end] if named.span.end <= span.end])

    def whole(self, span: Span) -> Span:
        """``span`` with the whole of a name that its end cuts in two."""
        end = bisect_left(self._starts, span.end)
        cut = self.named[end - 1] if end else None
        return (
            Span(span.start, cut.span.end) if cut and span.start <= cut.span.start < span.end < cut.span.end else span
        )

    def described(self, span: Span) -> Named | None:
        """The person named right behind ``span``, if it is his title ("his Canadian counterpart, | Justin Trudeau")."""
        place = bisect_left(self._starts, span.end)
        named = self.named[place] if place < len(self.named) else None
        if named is None or named.entity.kind != "person" or named.phrase.start != span.start:
            return None
        sentence = self.sentences[named.sentence]
        between = sentence.words[sentence.range_of(span)[1] : sentence.range_of(named.span)[0]]
        return named if between == (",",) else None

    def before(self, offset: int, count: int) -> tuple[Named, ...]:
        """The last ``count`` names before the character."""
        end = bisect_left(self._starts, offset)
        return self.named[max(0, end - count) : end]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character."""
        place = bisect_right(self.sentence_starts, offset) - 1
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
        before = self.before(sentence.starts[relative], 1)
        _, end = sentence.range_of(before[0].span) if before else (0, 0)
        between = sentence.words[end:relative]
        fits = before and (sentence.folds[relative] == "which" or before[0].entity.kind in {"person", "group"})
        return before[0] if fits and before[0].sentence == sentence.number and between in {(), (",",)} else None

    @cached_property
    def _counts(self) -> Counter[tuple[str, ...]]:
        return Counter(named.entity.key for named in self.named)

    @cached_property
    def belonging(self) -> Counter[str]:
        """How often each state (alpha-3), or somebody or something of it, is named."""
        return Counter(named.entity.country for named in self.named if named.entity.country)

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
            hits = sum(sum(map(subjects.__contains__, sentence.folds)) for sentence in self.sentences)
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
    belonging = beside(found, read, on)
    persons = Persons.of(found, read, knowledge, on, states, belonging)
    bodies = Bodies.of(found, read, on, persons.at, belonging)
    named = [
        entity
        for place, mention in enumerate(found)
        if (entity := _named(mention, place, read[mention.sentence], persons, bodies, states, on, knowledge))
    ]
    names: dict[int, dict[int, int]] = {}
    for mention in found:
        if mention.kind in {"person", "organisation", "unknown"}:
            names.setdefault(mention.sentence, {})[mention.end] = mention.start
    for sentence in read:
        for start, end, country in groups(sentence, on, names.get(sentence.number, {})):
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
_OWNED = frozenset({"'s", "’s", "his", "her", "its", "their", "our", "my"})
"""What stands before a description that is somebody's ("Hitler's | regime") and so no state's."""
_NAMING: dict[Form, Naming] = {
    "name": "full", "adjective": "adjective", "people": "people", "person": "people", "capital": "capital",
    "metonym": "metonym", "epithet": "epithet",
}  # fmt: skip


def _named(
    mention: Mention,
    place: int,
    sentence: Sentence,
    persons: Persons,
    bodies: Bodies,
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
    if mention.kind == "organisation" or (
        mention.kind == "unknown" and (folded_words(mention.name) in bodies.called or mention.name in bodies.firms)
    ):
        return _of_its_day(bodies.named(mention, sentence, states), knowledge, on)
    if (
        mention.kind == "epithet"
        and sentence.folds[max(0, mention.start - 1)] not in _OWNED
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
    return named._replace(
        entity=country_entity(state) if entity.kind == "country" else replace(entity, country=state.state)
    )


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
