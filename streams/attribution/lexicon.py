"""Nouns by what they can speak as, read from the data file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True)
class Nouns:
    """Lower-case words; one can be in several sets. See ``data/nouns.toml`` for what each set means."""

    government: frozenset[str]
    body: frozenset[str]
    document: frozenset[str]
    person: frozenset[str]
    people: frozenset[str]
    determiner: frozenset[str]
    modifier: frozenset[str]
    state: frozenset[str]
    together: frozenset[str]
    classifier: frozenset[str]
    joined: frozenset[str]
    particle: frozenset[str]
    party: frozenset[str]
    pronoun: frozenset[str]
    preposition: frozenset[str]
    bystander: frozenset[str]
    official: frozenset[str]
    speaks_for_state: frozenset[str]
    state_body: frozenset[str]
    state_office: frozenset[str]
    state_role: frozenset[str]
    starter: frozenset[str]
    abbreviation: frozenset[str]
    place: frozenset[str]
    firm: frozenset[str]
    surname: frozenset[str]
    share: frozenset[str]
    posting: frozenset[str]
    relation: frozenset[str]
    kin: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    of_all: frozenset[str]
    adjectival: frozenset[str]


@lru_cache(maxsize=1)
def nouns() -> Nouns:
    """The shipped sets."""
    text = resources.files("streams.attribution").joinpath("data", "nouns.toml").read_text(encoding="utf-8")
    return Nouns(**{name: frozenset(words.split()) for name, words in tomllib.loads(text).items()})


HYPHENS = frozenset("-‑")
"""Marks that join words: the plain one, and the one that no line breaks at."""
CONNECTORS = frozenset({"of", "for", "on", "and", "the", "to", "in", "against", "&"})
"""Words that can stand between the capitalised words of one organisation's name."""
