"""Persons of an article: full names, short names linked to them, and what titles and knowledge tell of each."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from streams.attribution import whose
from streams.attribution.appositions import apposition_after
from streams.attribution.belonging import Belonging
from streams.attribution.bodies import states_of_bodies
from streams.attribution.lexicon import nouns
from streams.attribution.mentions import Mention
from streams.attribution.reading import Sentence
from streams.attribution.senses import is_elsewhere, organisation_of
from streams.attribution.span import Span
from streams.attribution.surnames import suffix_of, surnames_of_states, surnames_of_titles
from streams.attribution.terms import RANK, held_by_none, likeliest, rules_out, sex_of, tells_person
from streams.attribution.titles import Title, title_before
from streams.knowledge import Knowledge
from streams.knowledge.entries import Holder, Sex
from streams.knowledge.phrases import folded_words

_YEARS_FROM_OFFICE = 6
_BEFORE_ONE_NAME = frozenset({"pope", "king", "queen", "emperor", "emir", "sultan"})
"""Titles that belong to the name of those who have but one name."""
_AMERICAN_PARTIES = frozenset({"republican", "democratic", "gop"})

_LEADING = RANK.keys() - {"head_of_organisation"}
_LEADERS = frozenset(
    {
        "chancellor", "defence", "defense", "emir", "foreign", "king", "minister", "premier", "president", "prime",
        "queen",
    }
)  # fmt: skip
"""Words of those offices in a role that names no body ("the council's president")."""


@dataclass
class Person:
    """What is gathered of one person while an article is read."""

    name: str
    words: tuple[str, ...]
    holders: tuple[Holder, ...] = ()
    country: str | None = None
    organisation: str | None = None
    role: str | None = None
    sex: Sex | None = None
    offices: list[str] = field(default_factory=list)
    first: Mention | None = None
    places: list[int] = field(default_factory=list)

    @property
    def is_relative(self) -> bool:
        """Whether the article tells of him whose relative he is, so that the surname is first of all the other's."""
        return not nouns().kin.isdisjoint(folded_words(self.role or ""))

    def named_before(self, place: int) -> int:
        """Where he was named last before a character; less than 0, and the less the later, where only behind it."""
        before = bisect_left(self.places, place)
        return self.places[before - 1] if before else -min(self.places, default=0)

    @property
    def acts_for_state(self) -> bool:
        """Whether it is an office of a state that he is known to have."""
        of_body = bool(set((self.role or "").split()) & (nouns().body - nouns().state_body))
        return bool(set(self.offices) & nouns().state_office) and not of_body

    def learn(self, title: Title | None) -> None:
        """Take what a title says, as far as nothing is known yet; an office says more than a plain noun."""
        if title is None:
            return
        self.sex = title.sex or self.sex
        self.country = self.country or title.country
        self.organisation = self.organisation or title.organisation
        if title.role and self.role is None and not _is_relation(title.role):
            self.role = title.role
        if not title.former:
            self.offices += title.offices


def _is_relation(role: str) -> bool:
    """Whether a title only says what somebody is to another one ("her onetime rival, | Mr. Obama")."""
    words = folded_words(role)
    head = next((n for n, word in enumerate(words) if word in nouns().preposition), len(words))
    return role in nouns().relation or (head > 0 and words[head - 1] in nouns().relation - nouns().party)


@dataclass
class Persons:
    """The persons by the mentions (their place in the list of all) that name them."""

    at: dict[int, Person]
    phrases: dict[int, Span]
    naming: dict[int, Literal["full", "short"]]

    @classmethod
    def of(
        cls, found: Sequence[Mention], read: Sequence[Sentence], knowledge: Knowledge, on: date, states: dict[str, int],
        beside: Belonging,
    ) -> Persons:  # fmt: skip
        """All persons that ``found`` names: first full names, then the short ones against them.

        ``beside`` tells to which state somebody who is named at a place most likely belongs, when nothing says it.
        """
        bodies = frozenset(body.name for one in found if (body := organisation_of(one.readings)))
        gathering = _Gathering(knowledge, on, states, bodies, beside, states_of_bodies(found, read, on))
        titles = {
            place: _titles(mention, read[mention.sentence], on)
            for place, mention in enumerate(found)
            if _may_be(mention)
        }
        full = [place for place in titles if found[place].kind == "person"]
        for place in sorted(full, key=lambda place: -len(folded_words(found[place].name))):
            gathering.full(place, found[place], titles[place], suffix_of(found[place], read[found[place].sentence]))
        for place in titles:
            if place not in gathering.at:
                gathering.short(place, found[place], titles[place])
        for place in (*surnames_of_states(found, read), *surnames_of_titles(found, read)):
            gathering.short(place, found[place], titles.setdefault(place, (None, None)))
        for place, person in gathering.at.items():
            acts_for = whose.its(found, place, read, titles[place][0], on)
            person.organisation = person.organisation or acts_for.body
            person.country = person.country or acts_for.country
        for place, person in gathering.at.items():
            owner = whose.owner(found, place, read[found[place].sentence], titles[place][0], gathering.at)
            if owner is not None and gathering.at[owner] is not person:
                gathering.owners.setdefault(id(person), gathering.at[owner])
        gathering.finish()
        phrases = {place: _phrase(found[place], read[found[place].sentence], titles[place]) for place in gathering.at}
        return cls(gathering.at, phrases, gathering.naming)


def _may_be(mention: Mention) -> bool:
    return mention.kind in {"person", "unknown"} or (
        mention.kind == "organisation" and not mention.readings and " " not in mention.name
    )


def _titles(mention: Mention, sentence: Sentence, on: date) -> tuple[Title | None, Title | None]:
    return title_before(sentence, mention, on), apposition_after(sentence, mention, on)


def _phrase(mention: Mention, sentence: Sentence, titles: tuple[Title | None, Title | None]) -> Span:
    start = titles[0].start if titles[0] else mention.start
    end = titles[1].end if titles[1] else mention.end
    return sentence.span_of(start, max(end, mention.end))


@dataclass
class _Gathering:
    knowledge: Knowledge
    on: date
    states: dict[str, int]
    bodies: frozenset[str]
    beside: Belonging
    states_of_bodies: dict[tuple[str, ...], str]
    at: dict[int, Person] = field(default_factory=dict)
    naming: dict[int, Literal["full", "short"]] = field(default_factory=dict)
    owners: dict[int, Person] = field(default_factory=dict)
    _by_ends: dict[tuple[str, str], Person] = field(default_factory=dict)
    _by_part: dict[tuple[str, ...], list[Person]] = field(default_factory=lambda: defaultdict(list))

    def full(self, place: int, mention: Mention, titles: tuple[Title | None, Title | None], suffix: str = "") -> None:
        words = folded_words(mention.name)
        holders = tuple(r.entry for r in mention.readings if isinstance(r.entry, Holder)) or self.knowledge.named(
            mention.name
        )
        if not holders and len(words) == 2:
            holders = self.knowledge.named(" ".join(reversed(words)))
        if not holders and len(words) > 1 and all(len(word) == 1 for word in words[:-1]):
            holders = self._with_initial(words)
        if len(words) == 1 and not any(term.distance(self.on) <= _YEARS_FROM_OFFICE * 366 for term in holders):
            return
        if not holders and (len(words) < 2 or self._by_part.get(words)):
            return
        holder = likeliest(holders, self.on, titles, self.states)
        canonical = folded_words(holder.name) if holder else words
        ends = (canonical[0], canonical[-1])
        person = self._by_ends.get(ends)
        if person is None:
            person = Person(holder.name if holder else mention.name + suffix, canonical)
            person.sex = holder.sex if holder else None
            if holder:
                person.holders = tuple(term for term in self.knowledge.named(holder.name) if term.name == holder.name)
            self._by_ends[ends] = person
            self._index(person, words)
        formal = len(words) > len(person.words) and words[-1] == person.words[-1] and words[0] != person.words[0]
        if formal and len(words[0]) > 1:
            # A formal given name ("Jacob J. Lew") says more than a byname ("Jack Lew").
            person.name = mention.name + suffix
        self._take(place, person, mention, titles)
        self.naming[place] = "full" if len(words) > 1 or words == person.words else "short"

    def _with_initial(self, words: tuple[str, ...]) -> tuple[Holder, ...]:
        """Office-holders of the time with that surname and the initial of a given name ("J.A. Kufuor")."""
        return tuple(
            term
            for term in self.knowledge.surnamed(words[-1])
            if folded_words(term.name)[0][0] == words[0] and term.distance(self.on) <= _YEARS_FROM_OFFICE * 366
        )

    def _index(self, person: Person, words: tuple[str, ...]) -> None:
        parts = {words[start:] for start in range(max(1, len(words) - 3), len(words))}
        parts |= {person.words[start:] for start in range(max(1, len(person.words) - 3), len(person.words))}
        parts |= {folded_words(surname) for term in person.holders for surname in term.surname.split("|")}
        parts |= {folded_words(alias) for term in person.holders for alias in term.aliases}
        for part in parts - {()}:
            self._by_part[part].append(person)
        self._by_part[("", words[0])].append(person)

    def short(self, place: int, mention: Mention, titles: tuple[Title | None, Title | None]) -> None:
        words = folded_words(mention.name)
        if not words:
            return
        candidates = self._by_part.get(words) or (self._by_part.get(("", *words)) if len(words) == 1 else None)
        person = _fitting(candidates, titles, mention.span.start) if candidates else None
        if person is not None and (person.is_relative or held_by_none(person.holders, titles)):
            person = self._from_knowledge(mention, words, titles) or person
        if person is None:
            person = self._from_knowledge(mention, words, titles) if not candidates or rules_out(titles) else None
        told = tells_person(titles[:1] if mention.start == 0 else titles)
        if person is None and (not candidates or sex_of(titles)) and mention.kind != "organisation" and told:
            person = Person(mention.name, words)
            self._by_part[words].append(person)
        if person is None and not candidates and mention.kind == "person" and len(words) > 1:
            person = Person(mention.name, words)
            self._by_part[words].append(person)
        if person is not None:
            self._take(place, person, mention, titles)
            self.naming[place] = "short"

    def _from_knowledge(
        self, mention: Mention, words: tuple[str, ...], titles: tuple[Title | None, Title | None]
    ) -> Person | None:
        """An office-holder whom the article calls by surname only ("President Roh")."""
        if mention.kind == "organisation" and mention.name.isupper():
            return None
        holders = self.knowledge.surnamed(mention.name)
        near = [one for one in holders if one.distance(self.on) <= _YEARS_FROM_OFFICE * 366]
        holders = tuple(filter(self._is_of_the_article, near)) or holders
        holder = likeliest(holders, self.on, titles, self.states)
        if holder is None:
            return None
        country = next((title.country for title in titles if title and title.country), None)
        offices = {office for title in titles if title for office in title.offices}
        if country and holder.state and country != holder.state:
            return None
        told = bool(offices & {holder.office}) or any(title and title.role == holder.role for title in titles)
        known = holder.office != "other" and self._is_of_the_article(holder)
        if holder not in near or not (told or known):
            return None
        ends = (folded_words(holder.name)[0], folded_words(holder.name)[-1])
        person = self._by_ends.get(ends)
        if person is None:
            person = Person(holder.name, folded_words(holder.name))
            person.holders = tuple(term for term in self.knowledge.named(holder.name) if term.name == holder.name)
            self._by_ends[ends] = person
            self._index(person, person.words)
        self._by_part[words] = self._by_part[words] or [person]
        return person

    def _is_of_the_article(self, holder: Holder) -> bool:
        """Whether the article names the state, or the body, of which somebody holds an office."""
        return holder.state in self.states if holder.state else holder.body in self.bodies

    def _take(self, place: int, person: Person, mention: Mention, titles: tuple[Title | None, Title | None]) -> None:
        self.at[place] = person
        insort(person.places, mention.span.start)
        if person.first is None or mention.span < person.first.span:
            person.first = mention
        for title in titles:
            person.learn(title)

    def finish(self) -> None:
        """What the knowledge base tells, where the article does not."""
        everybody = {id(person): person for person in self.at.values()}.values()
        for person in sorted(everybody, key=lambda person: id(person) in self.owners):
            term = likeliest(person.holders, self.on, (None, None), self.states) if person.holders else None
            if term is not None:
                person.sex = term.sex or person.sex
                person.country = term.state or person.country
                if term.state is None and (term.distance(self.on) == 0 or person.country is None):
                    person.organisation = person.organisation or term.body
                    person.country = None if term.distance(self.on) == 0 else person.country
                if term.distance(self.on) == 0:
                    person.role = person.role or term.role
                    person.offices.append(term.office)
                elif (term.until or self.on) < self.on:
                    person.role = person.role or f"former {term.role}"
            if len(person.words) == 1 and term is not None and term.role in _BEFORE_ONE_NAME:
                person.name = f"{term.role.capitalize()} {term.name}"
            person.sex = person.sex or self.knowledge.sex_of(person.words[0])
            acts_for = person.organisation
            known = acts_for is not None and not is_elsewhere(acts_for, self.states)
            body = self.knowledge.organisation(acts_for) if acts_for and known else None
            if person.country is None and body is not None:
                person.country = body.country
            elif person.country is None and (owner := self.owners.get(id(person))) and owner.country:
                person.country = owner.country
            elif person.country is None and (told := self._state_by_role(person.role)):
                person.country = told
            elif (
                person.country is None
                and person.first
                and body is None
                and not any(term.state is None for term in person.holders)
            ):
                person.country = self.beside(person.first, person.acts_for_state, self._led_by_others(person))

    def _led_by_others(self, person: Person) -> frozenset[str]:
        """The states of the article whose office, that the person holds, somebody else is known to have that day."""
        plain = set(folded_words(person.role or "")) - nouns().modifier <= _LEADERS
        held = [office for office in person.offices if plain and self.on != date.max and office in _LEADING]
        return frozenset(
            code
            for code in self.states
            if held and (holder := self.knowledge.holder(code, held, self.on)) and holder.name != person.name
        )

    def _state_by_role(self, role: str | None) -> str | None:
        """The state of the body before "spokesman", when the article tells it elsewhere ("Defence Ministry spokesman");
        the United States of a Republican or a Democrat, when they are named.
        """
        words = folded_words(role or "")
        if "USA" in self.states and _AMERICAN_PARTIES & set(words):
            return "USA"
        return self.states_of_bodies.get(words[:-1])


def _fitting(candidates: list[Person], titles: tuple[Title | None, Title | None], place: int) -> Person | None:
    """The one whom the title fits; among several who is known to have held its office, then who is named most, then who
    was named last before the place, a relative of the other's last of all. Null when the title contradicts all of them.
    """
    sex = sex_of(titles)
    country = next((title.country for title in titles if title and title.country), None)
    fitting = [
        person
        for person in {id(one): one for one in candidates}.values()
        if not (sex and person.sex and sex != person.sex)
        and not (country and person.holders and all(term.state and term.state != country for term in person.holders))
    ]
    offices = {office for title in titles if title for office in title.offices} & RANK.keys()

    def order(person: Person) -> tuple[bool, bool, int, int]:
        held = not offices.isdisjoint(holder.office for holder in person.holders)
        return held, not person.is_relative, len(person.places), person.named_before(place)

    return max(fitting, key=order) if fitting else None
