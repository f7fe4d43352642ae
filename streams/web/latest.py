"""The statements that the page shows: the last few, numbered as they came."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

from schemas.statement import Statement

KEPT = 500
"""Statements that the page can show; older ones are on the topic."""


@dataclass(frozen=True)
class News:
    """Statements newer than those that a reader has, oldest first, and the number of the last one."""

    last: int
    statements: tuple[Statement, ...]

    def as_json(self) -> dict[str, Any]:
        """The value that the page reads."""
        return {"last": self.last, "statements": [statement.model_dump(mode="json") for statement in self.statements]}


class Latest:
    """A bounded memory of statements; a statement that comes a second time is not kept twice."""

    def __init__(self, kept: int = KEPT) -> None:
        self._statements: deque[Statement] = deque(maxlen=kept)
        self._ids: set[str] = set()
        self._last = 0

    def add(self, statement: Statement) -> None:
        """Remembers ``statement``, and forgets the oldest where there is no room."""
        if statement.statement_id in self._ids:
            return
        if len(self._statements) == self._statements.maxlen:
            self._ids.discard(self._statements[0].statement_id)
        self._statements.append(statement)
        self._ids.add(statement.statement_id)
        self._last += 1

    def since(self, number: int) -> News:
        """What came after ``number``; everything there is for 0, and for a number of an earlier run of this worker."""
        new = self._last - number if 0 <= number <= self._last else self._last
        kept = len(self._statements)
        return News(self._last, tuple(self._statements)[max(0, kept - new) :])
