"""Golden tables: marked text, what is expected of it, and why.

A table is a TOML file of ``[[case]]`` with ``text`` (marked as in ``training.markup``: ``{1s ..}``, ``{1c ..}``,
``{1t ..}``), the expectation, ``because`` (one line), and where they matter ``date``, ``title`` and ``fails`` (the
reason why the project cannot do it yet; the case is then a strict xfail).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from streams.attribution.document import Attribution, Document
from streams.attribution.segmentation import sentences
from streams.attribution.span import Span
from training.markup import strip

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One row of a table; ``attributions`` in the order of their numbers, ``row`` all that the file says of it."""

    document: Document
    attributions: tuple[Attribution, ...]
    row: dict[str, Any]

    @property
    def attribution(self) -> Attribution:
        """The statement with the lowest number."""
        return self.attributions[0]


def read(marked: str, on: date | None = None, title: str | None = None) -> tuple[Document, tuple[Attribution, ...]]:
    """The article and the attributions that ``marked`` shows; every line of it is a paragraph."""
    body, parts = strip(marked)
    paragraphs = tuple(sentences(body, Span(*line.span())) for line in re.finditer(r"[^\n]+", body))
    attributions = tuple(
        Attribution(
            source=tuple(Span(*span) for span in parts[number]["source"]),
            cue=tuple(Span(*span) for span in parts[number]["cue"]),
            content=tuple(Span(*span) for span in parts[number]["content"]),
            confidence=1.0,
        )
        for number in sorted(parts)
    )
    return Document(body, paragraphs, title, on), attributions


def table(name: str) -> list[Case]:
    """Every case of ``tests/golden/<name>.toml``."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        rows = tomllib.load(file)["case"]
    return [Case(*read(row["text"], row.get("date"), row.get("title")), row) for row in rows]


def parameters(cases: Iterable[Case]) -> list[Any]:
    """The cases for ``pytest.mark.parametrize``: named by their reasons, those that must fail marked as such."""
    return [
        pytest.param(
            case,
            id=case.row["because"],
            marks=[pytest.mark.xfail(strict=True, reason=case.row["fails"])] if "fails" in case.row else [],
        )
        for case in cases
    ]
