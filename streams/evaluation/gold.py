"""Articles that readers annotated, and where they come from."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class GoldStatement:
    """One annotated statement; a field that readers may differ on lists every accepted value, empty where not annotated."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    optional: bool = False
    kinds: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    speakers: tuple[tuple[dict[str, Any], ...], ...] = ()
    diplomatic: tuple[bool, ...] = ()
    targets: tuple[dict[str, Any], ...] | None = None
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


def _spans(row: dict[str, Any], part: str) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in row[part])


def _statement(row: dict[str, Any]) -> GoldStatement:
    """A row of ``gold`` (every reader's value) or of ``statements-train`` and PolNeAR (one reader's)."""
    several = "acts" in row
    one = "act" in row
    speakers = row["speakers"] if several else [row["speakers"]] if row.get("speakers") else []
    return GoldStatement(
        *(_spans(row, part) for part in ("source", "cue", "content")),
        optional=row.get("optional", False),
        kinds=tuple(row["kinds"] if several else [row["kind"]] if row.get("kind") else []),
        acts=tuple(row["acts"] if several else [row["act"]] if one else []),
        speakers=tuple(tuple(reader) for reader in speakers),
        diplomatic=tuple(row["diplomatic"] if several else [row["diplomatic"]] if one else []),
        targets=tuple(row["targets"]) if "targets" in row else None,
        medium=row.get("medium"),
        said_at=row.get("said_at"),
        negated=row.get("negated"),
    )


def articles(
    rows: Iterable[dict[str, Any]], bodies: dict[str, str], dates: dict[str, date]
) -> tuple[GoldArticle, ...]:
    """Group ``rows`` by their ``doc``; an article whose body is not in ``bodies`` is left out."""
    found: dict[str, list[GoldStatement]] = defaultdict(list)
    for row in rows:
        found[row["doc"]].append(_statement(row))
    return tuple(
        GoldArticle(id_, bodies[id_], dates.get(id_), tuple(sorted(statements, key=lambda s: s.content)))
        for id_, statements in found.items()
        if id_ in bodies
    )


def json_lines(path: Path) -> list[dict[str, Any]]:
    """Every line of a JSON lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def bodies(folder: Path) -> dict[str, str]:
    """Every ``.txt`` of a folder by its stem, newlines as they are."""
    return {path.stem: path.read_bytes().decode("utf-8") for path in folder.glob("*.txt")}


def dates(path: Path) -> dict[str, date]:
    """A ``dates.tsv``: article, tab, ISO date."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {id_: date.fromisoformat(day) for id_, day in rows}


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
