"""Articles that readers annotated, and where they come from."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from streams.errors import InputError

PARTS = ("source", "cue", "content")
"""Of a statement, each a list of spans."""


Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class GoldSpeaker:
    """Who speaks, as one reader saw it; the fields of a statement's speaker or, with fewer of them, of its target."""

    name: str | None
    kind: str = "unknown"
    country: str | None = None
    role: str | None = None
    organisation: str | None = None
    resolution: str = "unresolved"


@dataclass(frozen=True)
class GoldStatement:
    """One annotated statement.

    A field that readers may differ on lists every accepted value and is empty where it was not annotated. ``medium``,
    ``said_at``, ``negated`` and a speaker's organisation were annotated where ``targets`` is not null. ``optional``
    statements are neither asked for nor held against an extractor.
    """

    source: Spans
    cue: Spans
    content: Spans
    optional: bool = False
    kinds: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    speakers: tuple[tuple[GoldSpeaker, ...], ...] = ()
    diplomatic: tuple[bool, ...] = ()
    nested: bool | None = None
    targets: tuple[GoldSpeaker, ...] | None = None
    medium: str | None = None
    said_at: str | None = None
    negated: bool | None = None


@dataclass(frozen=True)
class GoldArticle:
    """An article's body and its statements in the order of the text."""

    id: str
    body: str
    date: date | None
    statements: tuple[GoldStatement, ...] = field(default=())


def _spans(row: dict[str, Any], part: str) -> Spans:
    return tuple((start, end) for start, end in row[part])


def _speakers(rows: Iterable[dict[str, Any]]) -> tuple[GoldSpeaker, ...]:
    known = {f.name for f in fields(GoldSpeaker)}
    return tuple(GoldSpeaker(**{key: value for key, value in row.items() if key in known}) for row in rows)


_MEDIA = frozenset(
    {
        "joint declaration", "news conference", "interview", "statement", "tweet", "post", "letter", "speech", "debate",
        "report", "broadcast",
    }
)  # fmt: skip
_OTHER_WORDS = {"Facebook post": "post", "social media": "post"}


def _medium(word: str | None) -> str | None:
    """A reader's word as the definition has it; ``None`` for what its list of media does not have ("op-ed")."""
    plain = _OTHER_WORDS.get(word or "", word)
    return plain if plain in _MEDIA else None


def _bare(row: dict[str, Any]) -> GoldStatement:
    return GoldStatement(_spans(row, "source"), _spans(row, "cue"), _spans(row, "content"))


def _several(row: dict[str, Any]) -> GoldStatement:
    """A row that gives every reader's values."""
    return replace(
        _bare(row),
        optional=row["optional"],
        kinds=tuple(row["kinds"]),
        acts=tuple(row["acts"]),
        speakers=tuple(_speakers(reader) for reader in row["speakers"]),
        diplomatic=tuple(row["diplomatic"]),
        nested=row.get("nested"),
    )


def _one(row: dict[str, Any]) -> GoldStatement:
    """A row of one reader, with all fields."""
    return replace(
        _bare(row),
        kinds=(row["kind"],),
        acts=(row["act"],),
        speakers=(_speakers(row["speakers"]),),
        diplomatic=(row["diplomatic"],),
        nested=row["reported_by"] is not None,
        targets=_speakers(row["targets"]),
        medium=_medium(row["medium"]),
        said_at=row["said_at"],
        negated=row["negated"],
    )


def _statement(row: dict[str, Any]) -> GoldStatement:
    if "acts" in row:
        return _several(row)
    return _one(row) if "act" in row else _bare(row)


def articles(rows: Iterable[dict[str, Any]], bodies: dict[str, str], dates: dict[str, date]) -> tuple[GoldArticle, ...]:
    """Group ``rows`` by their ``doc``; an article whose body is not in ``bodies`` is left out.

    One that has a date and no row was read, and has no statements.
    """
    found: dict[str, list[GoldStatement]] = defaultdict(list, {id_: [] for id_ in dates})
    for row in rows:
        found[row["doc"]].append(_statement(row))
    return tuple(
        GoldArticle(id_, bodies[id_], dates.get(id_), tuple(sorted(statements, key=lambda s: s.content)))
        for id_, statements in sorted(found.items())
        if id_ in bodies
    )


def json_lines(path: Path) -> list[dict[str, Any]]:
    """Every line of a JSON lines file. Raises InputError, which names the file."""
    try:
        with path.open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}") from error


def bodies(folder: Path) -> dict[str, str]:
    """Every ``.txt`` of a folder by its stem, newlines as they are."""
    return {path.stem: path.read_bytes().decode("utf-8") for path in folder.glob("*.txt")}


def dates(path: Path) -> dict[str, date]:
    """A ``dates.tsv``: article, tab, ISO date."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {id_: date.fromisoformat(day) for id_, day in rows}


def annotated(folder: Path, texts: Path | None = None, more: Iterable[dict[str, Any]] = ()) -> tuple[GoldArticle, ...]:
    """The articles of a folder: ``statements.jsonl``, their texts beside it or in ``texts/``, and ``dates.tsv``.

    The dates may be missing. ``texts`` is the folder of the texts where they lie elsewhere; ``more`` are articles of
    PolNeAR that some statements may belong to. Raises InputError when there are no statements or no texts for them.
    """
    rows, days = folder / "statements.jsonl", folder / "dates.tsv"
    if not rows.is_file():
        raise InputError(f"{folder}: no statements.jsonl in it")
    known = {row["id"]: row["text"] for row in more}
    for place in (folder, folder / "texts", texts):
        known |= bodies(place) if place else {}
    found = articles(json_lines(rows), known, dates(days) if days.is_file() else {})
    if not found:
        raise InputError(f"{folder}: no text of any article that statements.jsonl names")
    return found


def polnear(path: Path) -> tuple[GoldArticle, ...]:
    """A file of PolNeAR: spans only; attributions without content have nothing to find."""
    return tuple(
        GoldArticle(
            row["id"],
            row["text"],
            date.fromisoformat(row["date"][:10]) if row.get("date") else None,
            tuple(sorted((_statement(a) for a in row["attributions"] if a["content"]), key=lambda s: s.content)),
        )
        for row in json_lines(path)
    )
