"""What the knowledge base knows: states, names that stand for them, organisations, offices and who held them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Sex = Literal["m", "f"]


@dataclass(frozen=True, slots=True)
class Country:
    """A state, territory, historical state or party to a conflict.

    ``code`` is ISO 3166-1 alpha-3 (ISO 3166-3 for former states) or null; ``names`` begins with the canonical ``name``.
    ``since`` and ``until`` bound the existence of historical states; ``of`` is the code of the state that it belongs
    to.
    """

    code: str | None
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people_singular: tuple[str, ...]
    people_plural: tuple[str, ...]
    capitals: tuple[str, ...]
    regions: tuple[str, ...]
    status: str
    since: date | None
    until: date | None
    successor: str | None
    of: str | None

    @property
    def state(self) -> str | None:
        """The code under which its speakers are counted: its own or that of the state that it belongs to."""
        return self.code or self.of

    def existed(self, on: date | None) -> bool:
        """Whether it existed on that day; without a day, whether it exists now."""
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Metonym:
    """A palace, street or city that stands for a government or a body. ``context``: always, capital, article,
    organisation.
    """

    phrase: str
    country: str | None
    organisation: str | None
    kind: str
    canonical: str | None
    context: str


@dataclass(frozen=True, slots=True)
class Epithet:
    """A description that stands for a state. ``context``: codes of which one must be in the article, ``*`` for the
    state itself.
    """

    phrase: str
    country: str
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that can speak. ``names`` begins with the canonical ``name``; ``states``: the members of a small bloc."""

    name: str
    names: tuple[str, ...]
    type: str
    country: str | None
    parent: str | None
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """A title as it stands before or instead of a name, and the plain words for it; ``country``: its only one."""

    title: str
    role: str
    office: str
    speaks_for: str
    sex: Sex | None
    plural: bool
    country: str | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who held an office of a state (alpha-3) or an organisation (canonical name) in ``[since, until]``."""

    body: str
    office: str
    role: str
    name: str
    aliases: tuple[str, ...]
    surname: str
    sex: Sex | None
    since: date | None
    until: date | None

    def held(self, on: date) -> bool:
        """Whether the office was held on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def distance(self, on: date) -> int:
        """Days between ``on`` and the time in office; 0 within it."""
        if self.since is not None and on < self.since:
            return (self.since - on).days
        if self.until is not None and on > self.until:
            return (on - self.until).days
        return 0

    @property
    def state(self) -> str | None:
        """Alpha-3 code when the body is a state."""
        return self.body if len(self.body) == 3 and self.body.isupper() else None


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a state, a city or a party's name that tells to which state somebody belongs."""

    name: str
    country: str
    kind: str


Entry: TypeAlias = Country | Metonym | Epithet | Organisation | Office | Holder | Place
Form = Literal[
    "name",
    "adjective",
    "people",
    "person",
    "capital",
    "metonym",
    "epithet",
    "organisation",
    "office",
    "holder",
    "place",
]
"""How a phrase names its entry: a state by name, adjective, its people, one of them, capital; the rest by kind of
entry.
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a phrase; ``phrase`` is as the data files write it."""

    form: Form
    entry: Entry
    phrase: str
