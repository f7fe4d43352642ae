"""What all commands share of the terminal: complaints, tables and progress bars."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from schemas.printable import printable


def complain(words: object) -> None:
    """One line on standard error that says what is wrong."""
    click.echo(f"statements: {printable(' '.join(str(words).split()))}", err=True)


def show_json(line: bytes) -> None:
    """A line of JSON on standard output, as it is; on a terminal, with JSON's own escapes for what could command it."""
    text = line.decode()
    if is_terminal() and not text.isprintable():
        text = "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text)
    click.echo(text)


def is_terminal() -> bool:
    """Whether a person looks at standard output."""
    return sys.stdout.isatty()


def console() -> Console:
    """Standard output for tables; plain text where it is no terminal."""
    return Console(highlight=False, soft_wrap=False)


class Bar(Protocol):
    """A progress bar, or none where nobody would see it."""

    def advance(self, count: int = 1) -> None:
        """So many more are done."""
        ...


class _Shown:
    def __init__(self, progress: Progress, words: str, total: int | None) -> None:
        self._progress = progress
        self._task = progress.add_task(words, total=total)

    def advance(self, count: int = 1) -> None:
        self._progress.advance(self._task, count)


class _Hidden:
    def advance(self, count: int = 1) -> None:
        """Nobody looks."""


@contextmanager
def progress(words: str, total: int | None = None, prints: bool = False) -> Iterator[Bar]:
    """A bar on standard error while a person looks at it; ``total`` is None where it is not known before.

    ``prints``: whether results are printed meanwhile, which a bar on the same terminal would run into.
    """
    if not sys.stderr.isatty() or (prints and sys.stdout.isatty()):
        yield _Hidden()
        return
    count = MofNCompleteColumn() if total is not None else TextColumn("{task.completed}")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=30), count, TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _Shown(bars, words, total)
