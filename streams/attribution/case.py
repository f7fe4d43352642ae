"""A part of a source that names nobody: to which state it belongs, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from schemas.statement import SpeakerKind
from streams.attribution.antecedents import STATE_OFFICES, Discourse, Setting
from streams.attribution.entities import Entities
from streams.attribution.entity import Entity, Named
from streams.attribution.head import PARTICIPLES, SUBJECTS, TELLING_APART
from streams.attribution.lexicon import nouns
from streams.attribution.referents import NOBODY, Referent, referent
from streams.attribution.sources import Part, unquoted
from streams.attribution.titles import Title
from streams.knowledge import Knowledge
from streams.knowledge.entries import Country, Place

_BEGINNING = 12
"""Characters of a sentence in which its subject begins."""
_LATELY = 6
"""So many names before a phrase can tell to which state it belongs."""
_OF_PERSONS = ("er", "or", "ist", "ian", "man", "woman", "ant", "eer", "ess")
"""Endings of nouns that are mostly persons'."""
_OF_ADDRESSES = frozenset({"com", "org", "net"})
"""What the address of an outlet or a company ends in ("IslamOnline.net")."""
_OF_THINGS = ("ion", "ing", "ment", "ness", "ity", "ism", "out", "ence", "ance", "ysis", "page", "ison")
"""Endings of nouns that are no persons', also after "a" ("a legal opinion")."""
_LISTED = ((",",), ("and",), (",", "and"), ("or",))
_RELATIVE = frozenset({"who", "which", "that", "whose", "whom"})
_EXAMPLES = (("like",), ("including",), ("such",))
_NAMING = frozenset({"led", "known", "called"})
"""Participles that say who or what somebody is."""
_OF_STATES = STATE_OFFICES | {"foreign_minister", "defence_minister"}
_BELONGS = {
    **dict.fromkeys(("spokesman", "spokeswoman", "spokesperson", "lawyer", "lawyers"), "for"),
    **dict.fromkeys(("aide", "aides", "adviser", "advisers", "advisor", "advisors", "envoy"), "to"),
}


@dataclass(frozen=True)
class Case:
    """A part of a source that names nobody, and all that is known where it stands; ``said`` is what its words say."""

    part: Part
    named: Sequence[Named]
    setting: Setting
    entities: Entities
    knowledge: Knowledge
    discourse: Discourse
    text: str
    said: Title

    @property
    def country(self) -> str | None:
        """The state that the phrase names, in any form, or that "its", "his", "their" point to."""
        if self.stands_in and not self._belongs_where_it_stands:
            end = self.part.core.end
            inside = [one for one in self.named if one.span.end != end and one.entity.kind != "group"]
            return inside[0].entity.country if inside else None
        if self._is_of_states_together or "international" in self.part.words[: self.part.head - self.part.start]:
            return None
        if self.said.country:
            return self.said.country
        for one in self.named:
            if one.entity.country:
                return one.entity.country
        if self.possessor:
            return self.possessor.country
        return "USA" if "USA" in self.entities.states and self._names_american_party else None

    @property
    def _names_american_party(self) -> bool:
        """Whether "Democratic" or "Republican" stands before the head with the capital of a party ("Democratic
        leaders"), or a chamber of Congress where the article is about the United States ("a House panel").
        """
        words = set(self.part.sentence.words[self.part.start : self.part.head])
        chambers = {"House", "Senate"} if self.entities.home == "USA" else set()
        return bool(words & ({"Democratic", "Republican", "GOP"} | chambers))

    @property
    def possessor(self) -> Referent | None:
        words = set(self.part.determiners)
        setting = replace(self.setting, own=())
        if "whose" in words:
            before = self.entities.before(self.part.span.start, 1)
            return referent(before[0].entity) if before else None
        if words & {"his", "her"}:
            return self.discourse.person("m" if "his" in words else "f", setting)
        if "its" in words:
            return self._joined_before or self.discourse.thing(setting)
        if "their" in words:
            found = self.discourse.several(setting)
            return found[0] if len(found) == 1 else None
        if words & {"our", "my"} and self.setting.enclosing:
            return self.setting.enclosing[0]
        return None

    @property
    def _joined_before(self) -> Referent | None:
        """The state or body to which "and" joins the phrase ("the United States and | its allies")."""
        before = self.entities.before(self.part.span.start, 1)
        sentence = self.part.sentence
        if not before or before[0].sentence != sentence.number or before[0].entity.kind == "person":
            return None
        _, end = sentence.range_of(before[0].span)
        return referent(before[0].entity) if sentence.folds[end : self.part.first] == ("and",) else None

    @property
    def owner(self) -> Referent | None:
        """Whose the phrase says that it is: by a pronoun, or by the name of a person ("Mr. Blair's office")."""
        for one in self.named:
            if one.entity.kind == "person" and self.part.sentence.range_of(one.span)[1] < self.part.head:
                return referent(one.entity)
        return self.possessor

    @property
    def _names_a_state(self) -> bool:
        """Whether the phrase names a state, even if not which of several ("Congo's president")."""
        words = range(self.part.start, self.part.end)
        matches = [self.part.sentence.match_at(word) for word in words]
        return any(reading.form in {"name", "adjective"} for match in matches if match for reading in match.readings)

    @cached_property
    def part_of_state(self) -> tuple[str, ...]:
        """The name of a part of a state that the phrase names, and its adjectives ("Chechen"): whoever leads that does
        not lead the state.
        """
        words = range(self.part.start, self.part.end)
        for match in filter(None, map(self.part.sentence.match_at, words)):
            entries = [reading.entry for reading in match.readings]
            if any(isinstance(entry, Country) and entry.code for entry in entries):
                continue
            for entry in entries:
                if isinstance(entry, Country):
                    return entry.name, *entry.adjectives
                if isinstance(entry, Place) and entry.kind == "division":
                    return (entry.name,)
        return ()

    def leads_whole_state(self, one: Referent) -> bool:
        """Whether somebody holds an office of the whole state, while the phrase names a part of it."""
        return bool(self.part_of_state) and any(
            term.state == self.country and term.office in _OF_STATES and term.held(self.entities.on)
            for term in self.knowledge.named(one.name or "")
        )

    @property
    def _is_of_states_together(self) -> bool:
        """Whether states are listed after the head ("ministers from Egypt, Jordan and Yemen")."""
        sentence = self.part.sentence
        after = [one for one in self.named if one.entity.kind == "country"]
        ranges = [sentence.range_of(one.span) for one in after]
        return any(
            self.part.head < left[0] and sentence.words[left[1] : right[0]] in _LISTED
            for left, right in pairwise(ranges)
        )

    @property
    def _is_of_several(self) -> bool:
        """Whether it belongs to a region or to a body of several states ("Arab ministers", "U.N. officials")."""
        head = self.part.sentence.starts[self.part.head]
        bodies = [
            one for one in self.named if one.entity.kind == "organisation" and not one.span.start <= head < one.span.end
        ]
        words = self.part.words
        several = self._is_of_states_together or any(one.entity.country is None for one in bodies)
        return several or any(map(self.knowledge.region, words))

    @property
    def _is_bare(self) -> bool:
        """Whether it is no more than "officials", who can be anybody's."""
        return self.part.end - self.part.first == 1 and self.part.noun == "officials"

    def state(self) -> str | None:
        """The state that a phrase without one belongs to: of the one in whose words it stands, of the place that the
        sentence begins with, of the subject of the sentence before, of whom spoke last, the one named last, or the one
        named first.
        """
        if self._names_a_state or self._is_of_several:
            return None
        lately = reversed(self.entities.before(self.part.span.start, _LATELY))
        countries = (
            *(one.country for one in self.setting.enclosing),
            *(one.country for one in self._fronted),
            *(one.country for one in self._subject_before),
            *(one.country for one in self.setting.before),
            *(one.entity.country for one in lately),
        )
        first = (one.entity.country for one in self.entities.named)
        return next((country for country in (*countries, *first) if country), None)

    @property
    def _fronted(self) -> tuple[Entity, ...]:
        """The state in which all that a sentence tells takes place ("In Beijing, ... the government said")."""
        sentence = self.part.sentence
        if sentence.folds[0] != "in":
            return ()
        place = 2 if sentence.folds[1:2] == ("the",) else 1
        first = self.entities.within(sentence.span)[:1]
        return tuple(
            one.entity for one in first if one.entity.kind == "country" and sentence.range_of(one.span)[0] == place
        )

    @property
    def _subject_before(self) -> tuple[Entity, ...]:
        """What the sentence before begins with, if it is a name."""
        number = self.part.sentence.number
        if not number:
            return ()
        before = self.entities.sentences[number - 1].span
        first = self.entities.within(before)[:1]
        return tuple(one.entity for one in first if one.phrase.start - before.start <= _BEGINNING)

    def written(self) -> str:
        """The phrase as its name: without the place where they stand, persons in it by their names, "his" made "of"."""
        part, body = self.part, self.text
        end = self.place or self._aside or part.end
        start = part.essential
        text = unquoted(part.sentence.span_of(start, end).of(body))
        inner = next((one for one in self.named if one.span.end == part.sentence.ends[end - 1]), None)
        if inner is not None and inner.naming in {"full", "short"} and inner.entity.kind in {"person", "organisation"}:
            before = part.sentence.range_of(inner.phrase)[0]
            if part.head < before - 1 and inner.entity.kind == "person":
                text = " ".join(part.sentence.span_of(start, before).of(body).split())
                text = f"{text.removesuffix(' the')} {inner.entity.name}"
        if (official := self._state_official(text)) is not None:
            return official
        owner = self.possessor
        its = self.knowledge.country(owner.country) if owner and owner.kind == "country" and owner.country else None
        if its is not None and its.adjectives and end - start <= 2:
            return f"{its.adjectives[0]} {text}"
        if owner is not None and owner.name and owner.kind in {"person", "country"} and end - start <= 2:
            return f"{text} {_BELONGS.get(part.noun, 'of')} {owner.name}"
        state = self.knowledge.country(self.stands_in.country) if self.stands_in and self.stands_in.country else None
        if self.place and state and state.adjectives and self.speaks_for_place:
            return f"{state.adjectives[0]} {text}"
        return text

    def _state_official(self, text: str) -> str | None:
        """ "Poland's deputy foreign minister" as "the Polish deputy foreign minister" is called; null for who holds no
        office of the state ("Poland's neighbours").
        """
        match = self.part.sentence.match_at(self.part.head)
        if self.part.noun not in nouns().official and (match is None or match.readings[0].form != "office"):
            return None
        for one in self.named:
            state = self.knowledge.country(one.entity.country) if one.entity.country else None
            owner = one.span.of(self.text)
            if one.entity.kind == "country" and one.naming == "full" and state and state.adjectives:
                for mark in ("'s ", "’s "):
                    if text.startswith(owner + mark):
                        return f"{state.adjectives[0]} {text.removeprefix(owner + mark)}"
        return None

    @property
    def _aside(self) -> int | None:
        """Where what belongs to no name begins after the head: a participle ("refugees | reaching the border", "a
        letter | signed by them"), a clause ("experts | I spoke to", "an official | who was there"), examples
        ("critics |, like Mr. Grassley").
        """
        sentence, after = self.part.sentence, self.part.head + 1
        if after < self.part.end and (
            (sentence.words[after].endswith(("ing", "ed")) and self.is_plural(self.part.noun))
            or sentence.folds[after] in TELLING_APART
            or sentence.folds[after] in PARTICIPLES - _NAMING
            or sentence.words[after] in SUBJECTS
        ):
            return after
        for word in range(after, self.part.end):
            if sentence.folds[word] in _RELATIVE and word > self.part.start:
                return word
            if sentence.words[word] == "," and sentence.folds[word + 1 : word + 2] in _EXAMPLES:
                return word
        return None

    @property
    def place(self) -> int | None:
        """Where "in Islamabad" begins, after a head that it only places: officials in their capital, or whoever is
        called after a state or a body ("Dutch diplomat | in Bangkok").
        """
        part = self.part
        place = part.head + 1
        if place + 1 >= part.end or part.sentence.folds[place] not in {"in", "at"}:
            return None
        own = self.stands_in is not None and self._belongs_where_it_stands and part.sentence.folds[place] == "in"
        return place if own or self._is_called_after_state else None

    @property
    def _is_called_after_state(self) -> bool:
        """Whether people are told by whom they act for, right before the head ("EU officials")."""
        sentence, head = self.part.sentence, self.part.head
        before = any(
            one.entity.kind in {"country", "organisation"}
            and (end := sentence.range_of(one.span)[1]) <= head
            and sentence.folds[end] not in {"'s", "’s", "'", "’"}
            for one in self.named
        )
        return before and self.part.noun not in nouns().body and self.part.noun not in nouns().document

    @property
    def stands_in(self) -> Entity | None:
        """The state whose capital follows the head."""
        return next(
            (one.entity for one in self.named if one.naming == "capital" and one.span.end == self.part.core.end), None
        )

    @property
    def _belongs_where_it_stands(self) -> bool:
        """Whether those who stand in a capital are of its state: officials, bodies, who is "of" it, not diplomats."""
        noun = self.part.noun
        if self._acts_for_known_body:
            return False
        if self.part.sentence.folds[self.part.head + 1 : self.part.head + 2] == ("of",):
            return True
        return noun in nouns().body or noun in nouns().official or noun[:-1] in nouns().official

    @property
    def _acts_for_known_body(self) -> bool:
        """Whether a body of which it is known whose it is stands before the head ("A NATO | official in Brussels")."""
        head = self.part.sentence.starts[self.part.head]
        return any(
            one.entity.kind == "organisation" and (one.entity.type or one.entity.country) and one.span.end <= head
            for one in self.named
        )

    @property
    def speaks_for_place(self) -> bool:
        """Whether the state of the capital is to be put before the head."""
        return self._belongs_where_it_stands and not any(one.naming == "adjective" for one in self.named)

    def as_written(self, kind: str | None = None) -> Referent:
        """Nobody known: the phrase itself is the name."""
        text = self.written()
        noun = self.part.noun
        country = self.country or (self.state() if noun in nouns().official else None)
        if self._is_bare and country != self.entities.home:
            country = None
        organisation = self.said.organisation or next(
            (o.entity.name for o in self.named if o.entity.kind == "organisation"), None
        )
        if "anti" in self.part.words:
            organisation = None
        if kind == "organisation":
            return Referent(text, "organisation", country, noun=noun)
        if kind == "group":
            return Referent(text, "group", country, organisation, noun=noun)
        if noun in {"nobody", "one"}:
            return NOBODY
        if noun in {"someone", "somebody"}:
            return Referent(None, "person")
        return Referent(text, self._kind(), country, organisation, noun=noun)

    def _kind(self) -> SpeakerKind:
        """What a head of which nothing is known is: a person with "a", by its ending or as a bare name, a body as a
        name with "the".
        """
        sentence, head = self.part.sentence, self.part.head
        if self.part.noun.endswith(_OF_THINGS):
            return "unknown"
        if self.knowledge.region(self.part.noun):
            return "group"  # "Arab | requests": whoever they are, they are several
        if self.part.noun in _OF_ADDRESSES and sentence.words[head - 1] == ".":
            return "organisation"
        if {"a", "an", "one"} & set(self.part.determiners) or self.part.noun.endswith(_OF_PERSONS):
            return "person"
        first = self.part.start
        if sentence.headline and first < head and self.knowledge.is_given_name(sentence.words[first]):
            return "person"
        if sentence.headline or not sentence.is_name_like(head):
            return "unknown"
        match = sentence.match_at(head)
        if match is not None and match.readings[0].form in {"place", "organisation"}:
            return "organisation"
        return "organisation" if "the" in self.part.determiners and match is None else "person"

    @staticmethod
    def is_plural(noun: str) -> bool:
        return (
            noun in nouns().people
            or noun.endswith("men")
            or (noun.endswith("s") and not noun.endswith(("ss", "us", "is")))
        )
