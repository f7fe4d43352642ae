"""Answers for words that come again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_LONGEST = 100
"""Characters of a text that is remembered: one of a hostile article can be as long as the article."""


class _Answers(dict[str, T]):
    """A dictionary that asks for what it does not hold: what it holds costs no call of Python's."""

    def __init__(self, function: Callable[[str], T], most: int) -> None:
        self._function, self._most = function, most

    def __missing__(self, text: str) -> T:
        found = self._function(text)
        if len(text) <= _LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[text] = found
        return found


def remembered(most: int) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """A pure function of a word or a phrase that remembers its answers; with ``most`` of them it forgets all and begins
    anew.
    """

    def decorated(function: Callable[[str], T]) -> Callable[[str], T]:
        return _Answers(function, most).__getitem__

    return decorated
