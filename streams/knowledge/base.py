"""The knowledge base: built once from the data files, then only asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

from streams.knowledge import tables
from streams.knowledge.entries import Country, Entry, Form, Holder, Organisation, Reading, Sex
from streams.knowledge.phrases import PhraseIndex, fold, folded_words

_GENERATIONS = frozenset({"jr", "sr", "ii", "iii"})
"""What tells a son's name from his father's."""
_INITIALS = range(3, 6)
"""Letters of abbreviations that some write with full stops; of two, "A U.S." would be the African Union."""


@dataclass(frozen=True)
class Knowledge:
    """States, organisations, offices and their holders, and an index of all phrases that name one."""

    index: PhraseIndex
    countries: Mapping[str, Country]
    organisations: Mapping[str, Organisation]
    _former: Mapping[str, tuple[Country, ...]]
    _holders: Mapping[tuple[str, str], tuple[Holder, ...]]
    _surnames: Mapping[str, tuple[Holder, ...]]
    _persons: Mapping[tuple[str, ...], tuple[Holder, ...]]
    _regions: Mapping[str, frozenset[str]]
    _given: Mapping[str, Sex | None]
    _led_by_head_of_government: frozenset[str]

    def country(self, code: str) -> Country | None:
        """The state with that alpha-3 code."""
        return self.countries.get(code)

    def on(self, code: str, day: date) -> Country | None:
        """The state with that code or, before that day, the one out of which it came ("the Kremlin" in 1985)."""
        state = self.countries.get(code)
        for one in self._former.get(code, ()):
            if one.existed(day) and state and set(one.capitals) & set(state.capitals):
                return one
        return state

    def organisation(self, name: str) -> Organisation | None:
        """The organisation with that canonical name or one of its other names."""
        found = self.organisations.get(name)
        if found is None:
            for reading in self.index.readings(name):
                if isinstance(reading.entry, Organisation):
                    return reading.entry
        return found

    def holder(self, body: str, offices: Iterable[str], on: date) -> Holder | None:
        """Who held, on that day, the first of ``offices`` (offices or roles) of ``body`` that anybody held; null when
        two did.

        On the day of a change the later holder counts.
        """
        for office in offices:
            in_office = [holder for holder in self._holders.get((body, office), ()) if holder.held(on)]
            if in_office:
                latest = max(holder.since or date.min for holder in in_office)
                last = {holder.name: holder for holder in in_office if (holder.since or date.min) == latest}
                return next(iter(last.values())) if len(last) == 1 else None
        return None

    def leader(self, state: str, on: date) -> Holder | None:
        """Whom news call the leader of a state on that day: the head of government of a parliamentary one, else of
        state.
        """
        offices = ["head_of_state", "head_of_government"]
        return self.holder(state, reversed(offices) if state in self._led_by_head_of_government else offices, on)

    def named(self, name: str) -> tuple[Holder, ...]:
        """All terms of the person with that full name or alias; a middle initial or "Jr." makes no difference."""
        words = folded_words(name)
        found = self._persons.get(words)
        if found is None and words[-1:] and words[-1] in _GENERATIONS:
            return self.named(" ".join(words[:-1]))
        if found is None and len(words) > 2:
            found = self._persons.get((words[0], *(word for word in words[1:-1] if len(word) > 1), words[-1]))
        return found or ()

    def surnamed(self, surname: str) -> tuple[Holder, ...]:
        """All terms of all office-holders whom news call by that surname."""
        return self._surnames.get(" ".join(folded_words(surname)), ())

    def region(self, name: str) -> frozenset[str]:
        """Codes of the states in a region ("east africa", also as an adjective: "east african")."""
        return self._regions.get(" ".join(folded_words(name)), frozenset())

    def is_given_name(self, word: str) -> bool:
        """Whether ``word`` is known as a given name."""
        return fold(word) in self._given

    def sex_of(self, given_name: str) -> Sex | None:
        """What sex a given name tells, if any."""
        return self._given.get(fold(given_name))


def load(overrides: Path | None = None) -> Knowledge:
    """The knowledge base, with a user's file (TOML, see ``tables.read_overrides``) added or put over ours.

    Raises ``KnowledgeError`` when the file cannot be used.
    """
    return _loaded(overrides, overrides.stat().st_mtime_ns if overrides and overrides.exists() else 0)


@lru_cache(maxsize=4)
def _loaded(overrides: Path | None, changed: int) -> Knowledge:  # noqa: ARG001 - a changed file is another knowledge base
    return _build(tables.read_overrides(overrides) if overrides else {})


def _build(overrides: dict[str, list[tables.Row]]) -> Knowledge:
    index = PhraseIndex()

    def add(form: Form, entry: Entry, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            index.add(phrase, Reading(form, entry, phrase))

    countries = tables.read("countries", tables.country, overrides)
    for country in countries:
        add("name", country, country.names)
        add("adjective", country, country.adjectives)
        add("people", country, country.people_plural)
        add("person", country, country.people_singular)
        add("capital", country, country.capitals)
    for metonym in tables.read("metonyms", tables.metonym, overrides):
        add("metonym", metonym, (metonym.phrase,))
    for epithet in tables.read("epithets", tables.epithet, overrides):
        add("epithet", epithet, (_without_article(epithet.phrase),))
    organisations = tables.read("organisations", tables.organisation, overrides)
    for organisation in organisations:
        initials = map(_dotted, filter(_is_initials, organisation.names))
        add("organisation", organisation, (*organisation.names, *initials, *_bare_titles(organisation)))
    codes = {name: country.code for country in countries if country.code for name in country.names}
    for offices in tables.read("offices", partial(tables.offices, codes=codes), overrides):
        for office in offices:
            if not _names_a_body(index, office.title):
                add("office", office, (office.title,))
    holders = tables.read("holders", tables.holder, overrides)
    for holder in holders:
        add("holder", holder, (holder.name, *holder.aliases))
    for place in tables.read("places", tables.place, overrides):
        add("place", place, (place.name,))
    given = {fold(name): sex for name, sex in tables.read("given_names", tables.given_name, overrides)}
    return Knowledge(
        index, {c.code: c for c in reversed(countries) if c.code}, {o.name: o for o in organisations},
        _by_successor(countries), _by_office(holders), _by_surname(holders), _by_name(holders), _by_region(countries),
        given,
        frozenset(tables.read("leaders", tables.led_by_head_of_government, overrides)),
    )  # fmt: skip


def _names_a_body(index: PhraseIndex, title: str) -> bool:
    """Whether a title begins with a body that is known ("Pentagon spokesman"): the body is then read on its own. A
    magazine or a party is none ("Foreign Affairs minister", "Labour minister").
    """
    words = title.split()
    return any(
        reading.form == "metonym"
        or (isinstance(body := reading.entry, Organisation) and body.type not in {"media", "party"})
        for end in range(1, len(words))
        for reading in index.readings(" ".join(words[:end]))
    )


def _is_initials(name: str) -> bool:
    return name.isascii() and name.isalpha() and name.isupper() and len(name) in _INITIALS


def _dotted(initials: str) -> str:
    """ "PLO" as some newspapers write it: "P.L.O."."""
    return "".join(f"{letter}." for letter in initials)


def _bare_titles(organisation: Organisation) -> tuple[str, ...]:
    """Names of newspapers without the article that is part of them, which few write with its capital; a single word
    ("Times") would be anybody's.
    """
    bare = (name.removeprefix("The ") for name in organisation.names if name.startswith("The "))
    return tuple(name for name in bare if " " in name) if organisation.type == "media" else ()


def _without_article(phrase: str) -> str:
    return phrase[4:] if phrase.lower().startswith("the ") else phrase


def _by_successor(countries: list[Country]) -> dict[str, tuple[Country, ...]]:
    found: dict[str, list[Country]] = defaultdict(list)
    for country in countries:
        if country.code and country.successor and country.until:
            found[country.successor].append(country)
    return {code: tuple(group) for code, group in found.items()}


def _by_office(holders: list[Holder]) -> dict[tuple[str, str], tuple[Holder, ...]]:
    found: dict[tuple[str, str], list[Holder]] = defaultdict(list)
    for holder in holders:
        for key in dict.fromkeys((holder.office, holder.role)):
            found[holder.body, key].append(holder)
    return {key: tuple(group) for key, group in found.items()}


def _by_surname(holders: list[Holder]) -> dict[str, tuple[Holder, ...]]:
    found: dict[str, list[Holder]] = defaultdict(list)
    for holder in holders:
        for surname in holder.surname.split("|"):
            found[" ".join(folded_words(surname))].append(holder)
    return {surname: tuple(group) for surname, group in found.items()}


def _by_name(holders: list[Holder]) -> dict[tuple[str, ...], tuple[Holder, ...]]:
    found: dict[tuple[str, ...], list[Holder]] = defaultdict(list)
    for holder in holders:
        for name in dict.fromkeys(folded_words(name) for name in (holder.name, *holder.aliases)):
            found[name].append(holder)
    return {name: tuple(group) for name, group in found.items()}


def _by_region(countries: list[Country]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for country in countries:
        if country.code and country.status == "state":
            for region in country.regions:
                for form in _region_forms(" ".join(folded_words(region))):
                    found[form].add(country.code)
    return {region: frozenset(codes) for region, codes in found.items()}


_IRREGULAR = {
    "europe": "european", "middle east": "middle eastern", "caribbean": "caribbean", "oceania": "pacific",
    "himalayas": "himalayan", "andes": "andean", "balkans": "balkan", "arab world": "arab", "pacific": "pacific",
    "southern africa": "southern african", "former soviet union": "former soviet", "gulf": "gulf", "alps": "alpine",
    "caucasus": "caucasian", "iberia": "iberian", "indochina": "indochinese",
}  # fmt: skip


def _region_forms(region: str) -> tuple[str, ...]:
    """The region and its adjective, as "the ... nation" writes it."""
    last = region.rsplit(" ", 1)[-1]
    if region in _IRREGULAR:
        return region, _IRREGULAR[region]
    if last in _IRREGULAR:
        return region, region[: -len(last)] + _IRREGULAR[last]
    return region, f"{region}n" if last.endswith("a") else region
