"""Answers for words that come again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

_LONGEST = 100
"""Characters of a text that is remembered: one of a hostile article can be as long as the article."""


def remembered(most: int) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """A pure function of a word or a phrase that remembers its answers to the latest ``most`` of them."""

    def decorated(function: Callable[[str], T]) -> Callable[[str], T]:
        known = lru_cache(most)(function)

        @wraps(function)
        def answer(text: str) -> T:
            return known(text) if len(text) <= _LONGEST else function(text)

        return answer

    return decorated
