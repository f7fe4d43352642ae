"""Articles annotated inline, as people write them, read into text and spans.

One file is one article::

    id: asia-014
    date: 2009-05-12
    title: Tokyo presses Moscow on islands

    {1s Japan} {1c says} {1t {2s it} {2c assumes} {2t the talks will resume}}.
    ---
    1 assert d | Japan;country;JPN;explicit | >Russia;country;RUS
    2 assert d | Japan;country;JPN;pronoun | >Russia;country;RUS | @2009-05-11 | medium=interview

``{1s ...}``, ``{1c ...}`` and ``{1t ...}`` mark source, cue and content of statement 1; one pair of braces can carry
several labels (``{1s,3s ...}``), and a part in pieces is marked piece by piece. After the rule comes one line a
statement: act, ``d`` when it is diplomatic, then speakers, ``>`` targets, ``@`` said_at, ``medium=``, ``negated``.
A speaker is ``name;kind;country;resolution;role;organisation`` (the last two may be left out), ``-`` stands for null.

``python -m training.markup FILE...`` prints what was read, or each error with its file and line.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from schemas.statement import Act, Resolution, SpeakerKind

ACTS = frozenset(get_args(Act))
KINDS = frozenset(get_args(SpeakerKind))
RESOLUTIONS = frozenset(get_args(Resolution))
PARTS = {"s": "source", "c": "cue", "t": "content"}
_OPEN = re.compile(r"\{(\d+[sct](?:,\d+[sct])*) ")


class MarkupError(ValueError):
    """An annotated article that cannot be read; the message says where and why."""


@dataclass(frozen=True)
class AnnotatedArticle:
    """One article and its statements, as plain rows in the field names of the statement's contract."""

    id: str
    date: str | None
    title: str
    text: str
    statements: list[dict[str, Any]] = field(default_factory=list)


def strip(marked: str) -> tuple[str, dict[int, dict[str, list[list[int]]]]]:
    """Take the braces out of ``marked``; return the bare text and, by statement number, the spans of its parts."""
    text: list[str] = []
    length = position = 0
    open_: list[tuple[list[str], int]] = []
    spans: dict[int, dict[str, list[list[int]]]] = {}
    while position < len(marked):
        here = marked[position]
        if here == "{":
            label = _OPEN.match(marked, position)
            if not label:
                raise MarkupError(f"'{{' without a label: {marked[position : position + 40]!r}")
            open_.append((label.group(1).split(","), length))
            position = label.end()
        elif here == "}":
            if not open_:
                raise MarkupError(f"'}}' closes nothing: {marked[max(0, position - 40) : position + 1]!r}")
            labels, start = open_.pop()
            for name in labels:
                parts = spans.setdefault(int(name[:-1]), {"source": [], "cue": [], "content": []})
                parts[PARTS[name[-1]]].append([start, length])
            position += 1
        else:
            text.append(here)
            length += 1
            position += 1
    if open_:
        raise MarkupError(f"never closed: {open_[-1][0]}")
    for parts in spans.values():
        for part in parts.values():
            part.sort()
    return "".join(text), spans


def _nullable(value: str) -> str | None:
    return None if value.strip() in {"-", ""} else value.strip()


def _speaker(cell: str, mention: str | None) -> dict[str, Any]:
    fields = [*cell.split(";"), "-", "-"]
    if len(fields) < 6:
        raise MarkupError(f"a speaker needs name;kind;country;resolution: {cell!r}")
    name, kind, country, resolution, role, organisation = (_nullable(value) for value in fields[:6])
    if kind not in KINDS or resolution not in RESOLUTIONS:
        raise MarkupError(f"unknown kind or resolution: {cell!r}")
    return {
        "mention": mention, "name": name, "kind": kind, "role": role,
        "country": country, "organisation": organisation, "resolution": resolution,
    }  # fmt: skip


def _target(cell: str) -> dict[str, Any]:
    fields = [_nullable(value) for value in cell.split(";")]
    if len(fields) != 3 or fields[1] not in KINDS:
        raise MarkupError(f"a target needs name;kind;country: {cell!r}")
    return dict(zip(("name", "kind", "country"), fields, strict=True))


def _row(line: str, text: str, parts: dict[str, list[list[int]]]) -> dict[str, Any]:
    head, *cells = (cell.strip() for cell in line.split("|"))
    words = head.split()
    if len(words) < 2 or words[1] not in ACTS or words[2:] not in ([], ["d"]):
        raise MarkupError(f"needs 'number act [d]': {head!r}")
    mention = " ".join(text[a:b] for a, b in parts["source"]) or None
    row: dict[str, Any] = {
        **parts, "speakers": [], "act": words[1], "targets": [], "medium": None,
        "said_at": None, "negated": False, "diplomatic": words[2:] == ["d"],
    }  # fmt: skip
    for cell in cells:
        if cell.startswith(">"):
            row["targets"].append(_target(cell[1:]))
        elif cell.startswith("@"):
            row["said_at"] = cell[1:].strip()
        elif cell.startswith("medium="):
            row["medium"] = cell[len("medium=") :]
        elif cell == "negated":
            row["negated"] = True
        elif cell:
            row["speakers"].append(_speaker(cell, mention))
    return row


def _nest(rows: dict[int, dict[str, Any]]) -> None:
    """Set ``reported_by``: the innermost other statement whose content holds the cue (or, without one, the content)."""
    for number, row in rows.items():
        anchor = (row["cue"] or row["content"] or [[0, 0]])[0]
        holders = [
            (sum(b - a for a, b in other["content"]), n)
            for n, other in rows.items()
            if n != number and any(a <= anchor[0] and anchor[1] <= b for a, b in other["content"])
        ]
        row["reported_by"] = f"s{min(holders)[1]}" if holders else None


def read_markup(source: str) -> AnnotatedArticle:
    """Read one annotated article. Raises ``MarkupError``."""
    header, found, rest = source.partition("\n\n")
    if not found:
        raise MarkupError("no empty line after the header")
    head = dict(line.split(": ", 1) for line in header.splitlines() if ": " in line)
    if "id" not in head:
        raise MarkupError("the header names no id")
    marked, _, table = rest.rpartition("\n---")
    if not marked:
        marked, table = rest, ""
    text, spans = strip(marked.strip("\n"))
    rows: dict[int, dict[str, Any]] = {}
    for line in filter(str.strip, table.splitlines()):
        number = line.split()[0]
        if not number.isdigit() or int(number) not in spans:
            raise MarkupError(f"no spans for the statement of line {line!r}")
        rows[int(number)] = _row(line, text, spans[int(number)])
    if missing := sorted(set(spans) - set(rows)):
        raise MarkupError(f"statements without a line: {missing}")
    if hollow := [number for number, row in rows.items() if not row["content"]]:
        raise MarkupError(f"statements without content: {hollow}")
    _nest(rows)
    statements = [{"doc": head["id"], "id": f"s{number}", **rows[number]} for number in sorted(rows)]
    return AnnotatedArticle(head["id"], head.get("date"), head.get("title", ""), text, statements)


def read_corpus(folder: Path) -> Iterator[AnnotatedArticle]:
    """Every annotated article under ``folder`` in the order of names. Raises ``MarkupError`` with the file's name."""
    for path in sorted(folder.rglob("*.txt")):
        try:
            yield read_markup(path.read_text(encoding="utf-8"))
        except MarkupError as error:
            raise MarkupError(f"{path}: {error}") from error


def main(arguments: list[str]) -> int:
    """Print each statement of the files named; 1 when one of them cannot be read."""
    failed = False
    for name in arguments:
        try:
            article = read_markup(Path(name).read_text(encoding="utf-8"))
        except MarkupError as error:
            print(f"{name}: {error}", file=sys.stderr)
            failed = True
            continue
        print(f"{name}: {len(article.text.split())} words, {len(article.statements)} statements")
        for row in article.statements:
            cells = [
                " … ".join(article.text[a:b] for a, b in row[part]) or "-" for part in ("source", "cue", "content")
            ]
            print(f"  {row['id']} [{row['act']}{' d' if row['diplomatic'] else ''}] " + " | ".join(cells))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
