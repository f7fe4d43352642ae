"""The data files, and a user's own file, as rows of entries."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from streams.knowledge.entries import Country, Epithet, Holder, Metonym, Office, Organisation, Place, Sex

Row = dict[str, str]
Key = tuple[str, ...]
EntryT = TypeVar("EntryT")

KEYS: dict[str, Key] = {
    "countries": ("name",),
    "metonyms": ("phrase", "country"),
    "epithets": ("phrase", "country"),
    "organisations": ("name",),
    "offices": ("title",),
    "holders": ("body", "role", "name", "from"),
    "given_names": ("name",),
    "places": ("name",),
    "leaders": ("code",),
}
"""The tables and, for each, the columns that tell whether a user's row overrides one of ours."""


class KnowledgeError(ValueError):
    """A knowledge file that cannot be used; the message names the file, the row and what is wrong."""


def _shipped(table: str) -> Iterator[Row]:
    source = resources.files("streams.knowledge").joinpath("data", f"{table}.tsv")
    with source.open(encoding="utf-8") as lines:
        kept = (line.rstrip("\n") for line in lines if line.strip() and not line.startswith("#"))
        columns = next(kept).split("\t")
        for line in kept:
            yield dict(zip(columns, line.split("\t"), strict=False))


def read_overrides(path: Path) -> dict[str, list[Row]]:
    """A user's TOML file: ``[[countries]]``, ``[[holders]]`` ... tables with the columns of our data files.

    Raises ``KnowledgeError`` when it cannot be read, or names a table or a column's type that there is not.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"{path}: {error}") from error
    rows: dict[str, list[Row]] = {}
    for table, given in tables.items():
        if table not in KEYS or not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
            raise KnowledgeError(f"{path}: [[{table}]] is none of the tables {', '.join(KEYS)}")
        rows[table] = [{column: _cell(path, table, column, value) for column, value in row.items()} for row in given]
        for row in rows[table]:
            if missing := [column for column in KEYS[table] if column != "from" and not row.get(column)]:
                raise KnowledgeError(f"{path}: [[{table}]] {row} has no {', '.join(missing)}")
    return rows


def _cell(path: Path, table: str, column: str, value: Any) -> str:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "|".join(value)
    if isinstance(value, str | date):
        return str(value)
    raise KnowledgeError(f"{path}: [[{table}]] {column} must be text, a date or a list of texts")


def rows(table: str, overrides: Iterable[Row] = ()) -> list[Row]:
    """Our rows of ``table`` with a user's in place of those with the same key, or after them."""
    key = KEYS[table]
    ours: dict[object, Row] = {}
    for number, row in enumerate(_shipped(table)):
        ours[(*(row.get(column, "") for column in key), number)] = row
    for row in overrides:
        wanted = tuple(row.get(column, "") for column in key)
        for place in [place for place in ours if isinstance(place, tuple) and place[:-1] == wanted]:
            row = {**ours.pop(place), **row}
        ours[(*wanted, len(ours) + 1_000_000)] = row
    return list(ours.values())


def _list(row: Row, column: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in row.get(column, "").split("|") if item.strip())


def _optional(row: Row, column: str) -> str | None:
    return row.get(column, "").strip() or None


def _sex(row: Row) -> Sex | None:
    value = row.get("sex", "").strip()
    return "m" if value == "m" else "f" if value == "f" else None


def _day(text: str, *, last: bool) -> date | None:
    """A date that may lack day or month: its first day or, with ``last``, its last."""
    if not text.strip():
        return None
    parts = [int(part) for part in text.strip().split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12 if last else 1
    day = parts[2] if len(parts) > 2 else monthrange(year, month)[1] if last else 1
    return date(year, month, day)


def country(row: Row) -> Country:
    """A row of ``countries.tsv``."""
    names = dict.fromkeys((row["name"], *_list(row, "official"), *_list(row, "aliases")))
    return Country(
        _optional(row, "code"), row["name"], tuple(names), _list(row, "adjective"), _list(row, "people_singular"),
        _list(row, "people_plural"), _list(row, "capital"), _list(row, "region"), row.get("status") or "state",
        _day(row.get("from", ""), last=False), _day(row.get("to", ""), last=True), _optional(row, "successor"),
        _optional(row, "of"),
    )  # fmt: skip


def metonym(row: Row) -> Metonym:
    """A row of ``metonyms.tsv``."""
    return Metonym(
        row["phrase"], _optional(row, "country"), _optional(row, "organisation"), row.get("kind") or "country",
        _optional(row, "canonical"), row.get("context") or "always",
    )  # fmt: skip


def epithet(row: Row) -> Epithet:
    """A row of ``epithets.tsv``."""
    return Epithet(row["phrase"], row["country"], _list(row, "context"))


def organisation(row: Row) -> Organisation:
    """A row of ``organisations.tsv``."""
    names = dict.fromkeys((row["name"], *_list(row, "abbreviations"), *_list(row, "aliases")))
    return Organisation(
        row["name"],
        tuple(names),
        row.get("type", ""),
        _optional(row, "country"),
        _optional(row, "parent"),
        _list(row, "states"),
    )


def offices(row: Row, codes: Mapping[str, str]) -> tuple[Office, ...]:
    """A row of ``offices.tsv``: the title and its plurals. ``codes`` by name of state, for a note that names one."""
    role, office, speaks_for, sex = (
        row.get("role") or row["title"],
        row.get("office", ""),
        row.get("speaks_for", ""),
        _sex(row),
    )
    country = codes.get(row.get("note", "").strip())
    plurals = (Office(title, role, office, speaks_for, sex, True, country) for title in _list(row, "plural"))
    return (Office(row["title"], role, office, speaks_for, sex, False, country), *plurals)


def holder(row: Row) -> Holder:
    """A row of ``holders.tsv``."""
    return Holder(
        row["body"], row.get("office", "other"), row["role"], row["name"], _list(row, "aliases"),
        row.get("surname") or row["name"].split()[-1], _sex(row),
        _day(row.get("from", ""), last=False), _day(row.get("to", ""), last=True),
    )  # fmt: skip


def given_name(row: Row) -> tuple[str, Sex | None]:
    """A row of ``given_names.tsv``: the name and the sex that it tells, null when both bear it."""
    return row["name"], _sex(row)


def led_by_head_of_government(row: Row) -> str:
    """A row of ``leaders.tsv``: the code of a state whose leader is its head of government."""
    return row["code"]


def place(row: Row) -> Place:
    """A row of ``places.tsv``."""
    return Place(row["name"], row["country"], row.get("kind") or "city")


def read(table: str, entry: Callable[[Row], EntryT], overrides: dict[str, list[Row]]) -> list[EntryT]:
    """All entries of a table. Raises ``KnowledgeError`` with the row that makes none."""
    found = []
    for row in rows(table, overrides.get(table, ())):
        try:
            found.append(entry(row))
        except (KeyError, ValueError, IndexError) as error:
            raise KnowledgeError(f"{table}: {row}: {error!r}") from error
    return found
