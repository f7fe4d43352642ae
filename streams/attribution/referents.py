"""What a mention refers to, and the speaker that it makes."""

from __future__ import annotations

from dataclasses import dataclass

from schemas import Speaker
from schemas.statement import Resolution, SpeakerKind
from streams.attribution.entity import Entity
from streams.knowledge.entries import Sex
from streams.knowledge.phrases import folded_words

TEXT = "text"
"""The type of a text or a count of which nobody knows whose it is."""


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody or something in the article. ``name`` is null when it is not to be told.

    ``noun`` is the head noun by which an unnamed one was introduced ("official"); ``states``: a bloc's members.
    """

    name: str | None
    kind: SpeakerKind
    country: str | None = None
    organisation: str | None = None
    role: str | None = None
    sex: Sex | None = None
    offices: tuple[str, ...] = ()
    noun: str | None = None
    type: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two the same."""
        return (self.kind, *folded_words(self.name or ""))


NOBODY = Referent(None, "unknown")


def referent(entity: Entity) -> Referent:
    """An entity of the table as something that can be referred to."""
    return Referent(
        entity.name,
        entity.kind,
        entity.country,
        entity.organisation,
        entity.role,
        entity.sex,
        entity.offices,
        type=entity.type,
    )


def speaker(found: Referent, mention: str | None, resolution: Resolution) -> Speaker:
    """The speaker of a statement."""
    country = found.country if found.country and len(found.country) == 3 and found.country.isalpha() else None
    return Speaker(
        mention=mention,
        name=found.name,
        kind=found.kind,
        role=found.role if found.kind in {"person", "group"} else None,
        country=country,
        organisation=found.organisation if found.kind in {"person", "group"} else None,
        resolution=resolution if found.name is not None else "unresolved",
    )
