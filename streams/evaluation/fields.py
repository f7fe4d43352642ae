"""Fields of matched statements: who speaks, for whom, to whom, doing what."""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from schemas import Speaker, Statement, Target
from streams.evaluation.gold import GoldSpeaker, GoldStatement
from streams.evaluation.scores import F1

SPEAKER_FIELDS = ("name", "country", "kind", "resolution", "role")
"""Fields of speakers; several speakers are compared as a set, whatever their order."""

LABELS = {
    "name": "speaker name", "country": "country", "kind": "speaker kind", "resolution": "resolution",
    "role": "role, word for word", "organisation": "organisation", "act": "act", "statement_kind": "kind",
    "diplomatic": "diplomatic", "nested": "nested (reported_by)",
}  # fmt: skip
"""What the fields of ``right`` are called."""

GIVEN_FIELDS = ("medium", "said_at", "negated")
"""Fields that most statements leave empty."""

_UNLIKE_HYPHENS = str.maketrans({"-": " ", "‐": " ", "‑": " ", "–": " ", ".": None, "’": "'"})
_NOBODY = (GoldSpeaker(None),)

Party = GoldSpeaker | Speaker | Target


@dataclass(frozen=True)
class Given:
    """A field that most statements leave empty.

    ``right`` of all ``of``; ``given_right`` of those ``given`` by the reader; ``invented`` where there is nothing.
    """

    right: int = 0
    of: int = 0
    given_right: int = 0
    given: int = 0
    invented: int = 0

    def __add__(self, other: Given) -> Given:
        return Given(
            self.right + other.right,
            self.of + other.of,
            self.given_right + other.given_right,
            self.given + other.given,
            self.invented + other.invented,
        )


def plain(name: str | None) -> str | None:
    """A name for comparison: case, accents, hyphens and full stops do not count."""
    if name is None:
        return None
    letters = unicodedata.normalize("NFKD", name.translate(_UNLIKE_HYPHENS)).casefold()
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def _value(party: Party, field: str) -> Hashable:
    value: str | None = getattr(party, field)
    return plain(value) if field in ("name", "role", "organisation") else value


def of_speakers(speakers: Iterable[Party], field: str) -> frozenset[Hashable]:
    """The set of ``speakers``' values; of no speakers at all, that of one who cannot be told."""
    return frozenset(_value(speaker, field) for speaker in tuple(speakers) or _NOBODY)


def right(gold: GoldStatement, statement: Statement) -> Mapping[str, bool]:
    """For each field that was annotated, whether the statement has a value that one of the readers gave.

    ``kind`` is the speakers', ``statement_kind`` the statement's own.
    """
    found: dict[str, bool] = {}
    if gold.speakers:
        for field in SPEAKER_FIELDS if gold.targets is None else (*SPEAKER_FIELDS, "organisation"):
            given = of_speakers(statement.speakers, field)
            found[field] = any(of_speakers(reader, field) == given for reader in gold.speakers)
    accepted: dict[str, tuple[Hashable, ...]] = {
        "act": gold.acts,
        "statement_kind": gold.kinds,
        "diplomatic": gold.diplomatic,
        "nested": () if gold.nested is None else (gold.nested,),
    }
    given_values: dict[str, Hashable] = {
        "act": statement.act,
        "statement_kind": statement.kind,
        "diplomatic": statement.diplomatic,
        "nested": statement.reported_by is not None,
    }
    return found | {field: given_values[field] in values for field, values in accepted.items() if values}


def targets(gold: GoldStatement, statement: Statement) -> F1:
    """Names of targets in both, found and annotated; all 0 where targets were not annotated."""
    if gold.targets is None:
        return F1()
    asked, given = _names(gold.targets), _names(statement.targets)
    return F1(len(asked & given), len(given), len(asked))


def _names(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(name for party in parties if (name := plain(party.name)))


def given(gold: GoldStatement, statement: Statement, field: str) -> Given:
    """One of the ``GIVEN_FIELDS`` of one statement; ``negated`` counts as given where it is true."""
    if gold.targets is None:
        return Given()
    asked, found = getattr(gold, field) or None, getattr(statement, field) or None
    is_right = asked == found
    return Given(
        right=int(is_right),
        of=1,
        given_right=int(is_right and asked is not None),
        given=int(asked is not None),
        invented=int(asked is None and found is not None),
    )
