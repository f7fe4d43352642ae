"""Statements as rows that a person reads: who, act, what, to whom, and how it is known who it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from schemas.statement import Act, Speaker, Statement, Target

HEADINGS = ("Who", "Act", "What", "To whom", "How known")

_GAP = 2
_LINES = 4
_NARROW, _WIDE = 80, 120
_WIDTHS = ((15, 10, 25, 11, 11), (22, 10, 48, 16, 16))
"""Columns on a narrow and on a wide terminal; between and beyond, "What" takes the rest."""

_COOPERATIVE: frozenset[Act] = frozenset({"pledge", "consult", "support", "concede"})
_HOSTILE: frozenset[Act] = frozenset({"demand", "disapprove", "accuse", "reject", "threaten"})


@dataclass(frozen=True)
class Row:
    """A statement in words, one text a column."""

    who: str
    act: str
    what: str
    to_whom: str
    how: str

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        return self.who, self.act, self.what, self.to_whom, self.how


def row(statement: Statement) -> Row:
    """The row of ``statement``."""
    return Row(
        who="\n".join(_named(speaker) for speaker in statement.speakers) or "?",
        act=statement.act.replace("_", " ") + ("\n(not said)" if statement.negated else ""),
        what=" … ".join(_plain(span.text) for span in statement.content),
        to_whom="\n".join(_named(target) for target in statement.targets) or "-",
        how="\n".join(dict.fromkeys(_known(speaker) for speaker in statement.speakers)) or "-",
    )


def _named(party: Speaker | Target) -> str:
    """Name and state, where the name alone does not say it."""
    name = _plain(party.name or "?")
    return f"{name} ({party.country})" if party.country else name


def _known(speaker: Speaker) -> str:
    """How the name was reached, and from what."""
    word = speaker.resolution.replace("_", " ")
    if speaker.mention in (None, speaker.name) or speaker.resolution == "explicit":
        return word
    return f"{word} “{_plain(speaker.mention)}”"


def _plain(text: str | None) -> str:
    """``text`` on one line and without characters that command a terminal: what is shown was written by strangers."""
    return "".join(character if character.isprintable() else " " for character in " ".join((text or "").split()))


def widths(available: int) -> tuple[int, int, int, int, int]:
    """Characters for each column on a terminal of ``available`` columns."""
    who, act, _, to_whom, how = _WIDTHS[available >= _WIDE]
    rest = max(available, _NARROW) - (who + act + to_whom + how + _GAP * (len(HEADINGS) - 1))
    return who, act, rest, to_whom, how


class StatementTable:
    """Prints statements as they come, each under the headline of its article."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._article: str | None = None

    def print(self, statement: Statement, untitled: str = "(untitled)") -> None:
        """Prints one statement, with the headings before the first and a headline wherever the article changes.

        ``untitled`` is the headline of an article that has none.
        """
        if self._article is None:
            self._line([Text(heading, style="bold") for heading in HEADINGS])
        if self._article != statement.article_id:
            self._article = statement.article_id
            self._console.print(Padding(_headline(statement, untitled), (1, 0, 0, 0)))
        cells = [Text(cell) for cell in row(statement).cells]
        cells[0].stylize("bold")
        cells[1].stylize(_colour(statement.act))
        cells[4].stylize("dim")
        self._line(cells)

    def _line(self, cells: Iterable[Text]) -> None:
        table = Table.grid(padding=(0, _GAP, 0, 0))
        sizes = widths(self._console.width)
        for size in sizes:
            table.add_column(width=size)
        table.add_row(*(_clipped(cell, size, self._console) for cell, size in zip(cells, sizes, strict=True)))
        self._console.print(table)


def _headline(statement: Statement, untitled: str) -> Text:
    day = f"{statement.published_at:%Y-%m-%d}  " if statement.published_at else ""
    title = _plain(statement.article_title or untitled)
    return Text(f"{day}{title}", style="bold blue", overflow="ellipsis", no_wrap=True)


def _colour(act: Act) -> str:
    if act in _COOPERATIVE:
        return "green"
    return "red" if act in _HOSTILE else ""


def _clipped(cell: Text, size: int, console: Console) -> Text:
    """``cell`` in lines of ``size`` characters, cut after some lines so that no statement fills the screen."""
    lines = cell.wrap(console, size)
    if len(lines) <= _LINES:
        return Text("\n").join(lines)
    last = lines[_LINES - 1]
    last.rstrip()
    last.truncate(size - 1)
    last.append("…")
    return Text("\n").join(lines[:_LINES])
