"""Who and what can speak or be spoken to, and where it is named."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from schemas.statement import SpeakerKind
from streams.attribution.span import Span
from streams.knowledge.entries import Country, Sex
from streams.knowledge.phrases import folded_words

Naming = Literal["full", "short", "adjective", "people", "capital", "metonym", "epithet"]


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that can speak or be spoken to.

    ``country`` is alpha-3; ``offices`` are those of the offices table (head_of_state ...); ``key`` is what makes two
    the same.
    """

    name: str
    kind: SpeakerKind
    country: str | None = None
    organisation: str | None = None
    role: str | None = None
    sex: Sex | None = None
    offices: tuple[str, ...] = ()
    type: str = ""
    key: tuple[str, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", (self.kind, *folded_words(self.name)))


class Named(NamedTuple):
    """An entity at a place in the text. ``phrase`` adds title and apposition to the name's ``span``."""

    span: Span
    phrase: Span
    entity: Entity
    naming: Naming
    sentence: int


def country_entity(state: Country) -> Entity:
    """A state as an entity; a territory or party is an organisation that belongs to its state."""
    if state.status == "party" or (state.code is None and state.status == "territory"):
        return Entity(state.name, "organisation", state.state, type="party")
    return Entity(state.name, "country", state.state)
