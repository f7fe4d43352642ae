"""Organisations of an article: what an abbreviation stands for, which newspaper "the Post" is, where a body's state is
told.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date

from schemas.statement import SpeakerKind
from streams.attribution.belonging import Belonging
from streams.attribution.entity import Entity, Named, Naming
from streams.attribution.lexicon import nouns
from streams.attribution.mentions import Mention
from streams.attribution.reading import Sentence
from streams.attribution.senses import is_elsewhere, organisation_of, place_of, state_of
from streams.knowledge.entries import Country, Metonym, Office, Organisation, Place
from streams.knowledge.phrases import folded_words

_LONGEST_NAME = 12
"""Words of the longest name of a body that stands before its initials."""
_LEAST_INITIALS = 3
_CHAMBERS = frozenset({"Senate", "Congress", "House of Representatives"})
"""Bodies that other states have too, but are mostly those of the United States."""
_LEGAL = frozenset({"corp", "corporation", "inc", "ltd", "plc", "co", "company", "group", "ag", "sa"})
_PLACED = frozenset({"opposition", "ruling", "governing"})
"""What says of a party where it stands in its state, which is then near."""
_COMMON = 2
"""Words of the longest name that parties of many states have ("Labour Party")."""
_BASED = (("-", "based"), ("‑", "based"))
"""What follows the place of a body: "the Accra | -based | Centre"."""
_OF_STATES = frozenset(
    {
        "ministry",
        "parliament",
        "army",
        "navy",
        "cabinet",
        "treasury",
        "police",
        "senate",
        "department",
        "federal",
        "supreme",
    }
)
"""Words of a body's name that tell that it is a state's: of the one named most, when nothing says which."""
_OF_SEVERAL = frozenset({"international", "european", "african", "arab", "asian", "world", "global", "university"})
"""Words of a body's name that tell that it is no state's all the same."""


@dataclass(frozen=True)
class Bodies:
    """Organisations: what an abbreviation in brackets stands for, and where a name's country is told."""

    full: dict[str, str]
    country: dict[tuple[str, ...], str]
    called: frozenset[tuple[str, ...]]
    known: frozenset[str]
    outlets: dict[str, Organisation]
    firms: dict[str, str]
    named_otherwise: frozenset[str]
    beside: Belonging

    @classmethod
    def of(
        cls, found: Sequence[Mention], read: Sequence[Sentence], on: date, persons: Container[int], beside: Belonging
    ) -> Bodies:
        """What ``found`` tells of bodies; ``persons`` are the places of those mentions that are somebody's name."""
        full: dict[str, str] = {}
        country = states_of_bodies(found, read, on, persons)
        several: set[tuple[str, ...]] = set()
        for place, mention in enumerate(found):
            if mention.kind not in {"organisation", "unknown"} or place in persons:
                continue
            sentence = read[mention.sentence]
            if (initials := _initials(mention)) is not None:
                full.setdefault(initials, mention.name)
            inside = sentence.words[mention.end : mention.end + 3]
            if len(inside) == 3 and inside[0] == "(" and inside[2] == ")" and inside[1].isupper():
                known = organisation_of(mention.readings)
                name = known.name if known else _spelled_out(sentence, mention, inside[1])
                if name is not None:
                    full[inside[1]] = name
                if known is not None and known.country is not None:
                    country.setdefault(folded_words(known.name), known.country)
                elif known is not None:
                    full_names = (known.name, mention.name, inside[1])
                    several.update(map(folded_words, full_names))
        bodies = [organisation_of(mention.readings) for mention in found if mention.kind == "organisation"]
        named = (
            state_of(mention.readings, on)
            for mention in found
            if mention.kind == "state" and mention.readings[0].form != "capital"
        )
        return cls(
            full,
            {name: code for name, code in country.items() if name not in several},
            frozenset(folded_words(mention.name) for mention in found if mention.kind == "organisation"),
            frozenset(name for one in bodies if one for name in (one.name, one.parent) if name),
            {one.name.split()[-1]: one for one in bodies if one and one.type == "media" and " " in one.name},
            {mention.name.split()[0]: mention.name for mention in found if _is_firm(mention)},
            frozenset(one.state for one in named if one and one.state),
            beside,
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
        elsewhere = is_elsewhere(mention.name, states)
        known = organisation_of(mention.readings) if mention.name not in self.full and not elsewhere else None
        if metonym is not None and (known is None or metonym.kind == "country"):
            return _metonym(mention, metonym, states)
        outlet = self._outlet(mention, sentence) if known is None else None
        if outlet is not None:
            entity = Entity(outlet.name, "organisation", outlet.country, type=outlet.type)
            return Named(mention.span, mention.span, entity, "short", sentence.number)
        if known is not None:
            entity = (
                _chamber(sentence, mention, states)
                or self._party(sentence, mention, known)
                or Entity(known.name, "organisation", known.country, type=known.type)
            )
        else:
            called = self.firms.get(mention.name, mention.name)
            name = self.full.get(called, called).removeprefix("The ").removeprefix("the ")
            entity = Entity(
                name,
                "organisation",
                self.country.get(folded_words(name)) or self.country.get(folded_words(mention.name)),
            )
        words = frozenset(folded_words(entity.name))
        of_state = elsewhere or (words & _OF_STATES and not words & _OF_SEVERAL)
        if entity.country is None and known is None and of_state:
            entity = replace(entity, country=self.beside(mention, True))
        known_by_name = metonym is None or metonym.phrase == entity.name
        full = len(mention.name.split()) > 1 or mention.name == entity.name or mention.name not in self.full
        naming: Naming = "metonym" if metonym is not None and not known_by_name else "full" if full else "short"
        return Named(mention.span, mention.span, entity, naming, sentence.number)

    def _party(self, sentence: Sentence, mention: Mention, known: Organisation) -> Entity | None:
        """The party of a state that has one of the same name as another has ("the opposition | Democratic Party" in
        Seoul); null for a name that tells of which state it is.
        """
        placed = mention.start > 0 and sentence.folds[mention.start - 1] in _PLACED
        if known.type != "party" or not placed or len(known.name.split()) > _COMMON:
            return None
        code = self.beside(mention, True)
        return Entity(mention.name, "organisation", code, type="party") if code not in {None, known.country} else None

    def _outlet(self, mention: Mention, sentence: Sentence) -> Organisation | None:
        """The newspaper that "the Post" is short for."""
        before = sentence.folds[mention.start - 1] if mention.start else ""
        return self.outlets.get(mention.name) if before == "the" else None


def _initials(mention: Mention) -> str | None:
    """What a body that is not known may be called in short: the capitals of a name of three words or more."""
    if mention.kind != "organisation" or mention.readings:
        return None
    letters = "".join(word[0] for word in mention.name.split() if word[0].isupper())
    return letters if len(letters) >= _LEAST_INITIALS else None


def _chamber(sentence: Sentence, mention: Mention, states: dict[str, int]) -> Entity | None:
    """Whose Senate or Congress it is when it is not that of the United States: a part's of theirs ("the Missouri |
    Senate"), or another state's where they are not named.
    """
    if mention.name not in _CHAMBERS:
        return None
    before = sentence.match_at(mention.start - 1) if mention.start else None
    place = next((r.entry for r in before.readings if isinstance(r.entry, Place)), None) if before else None
    if place is not None and place.kind == "division":
        return Entity(f"{place.name} {mention.name}", "organisation", place.country, type="body")
    if states and "USA" not in states:
        return Entity(mention.name, "organisation", max(states, key=lambda code: states[code]), type="body")
    return None


def _is_firm(mention: Mention) -> bool:
    """Whether a name says that it is a company's, which is then called by its first word ("Peabody Energy")."""
    words = folded_words(mention.name)
    return (
        mention.kind == "organisation"
        and not mention.readings
        and len(words) > 1
        and words[-1] in nouns().firm | _LEGAL
    )


def states_of_bodies(
    found: Sequence[Mention], read: Sequence[Sentence], on: date, persons: Container[int] = ()
) -> dict[tuple[str, ...], str]:
    """The state of each body, by its folded name, of which the article says it: in the name, beside it, or by "the
    country's" after a state.
    """
    country: dict[tuple[str, ...], str] = {}
    last: str | None = None
    for place, mention in enumerate(found):
        if mention.kind == "state" and (state := state_of(mention.readings, on)):
            last = state.state
        elif mention.kind in {"organisation", "unknown"} and place not in persons:
            sentence = read[mention.sentence]
            code = _country_beside(sentence, mention, on) or (
                last if is_of_the_country(sentence, mention.start) else None
            )
            if code:
                country.setdefault(folded_words(mention.name), code)
    return country


def is_of_the_country(sentence: Sentence, word: int) -> bool:
    """Whether "the country's" stands right before a word."""
    return word > 1 and sentence.folds[word - 1] in {"'s", "’s"} and sentence.folds[word - 2] in nouns().state


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
        if match and (place := place_of(match.readings)) and match.end < mention.end:
            return place.country
    before = mention.start - 1
    while before > 0 and (
        sentence.folds[before] in {"'s", "’s", "newspaper", "party"}
        or sentence.words[before][0].islower()
        or sentence.folds[before : before + 2] in _BASED
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
