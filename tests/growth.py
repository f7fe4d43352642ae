"""Whether time grows with the size of what is read, measured so that a host that slows its processors does not tell."""

from __future__ import annotations

from collections.abc import Callable

_TRIES = 5
"""A host can slow a processor tenfold for seconds, and with it the larger of two runs and not the smaller."""


def in_proportion(
    seconds: Callable[[int], float], small: int, large: int, *, most: float, least: float = 0.001
) -> bool:
    """Whether the ``large`` size takes less than ``most`` times what the ``small`` one takes, in one of a few tries.

    ``seconds`` measures one size; less than ``least`` counts as ``least``, since it says nothing.
    """
    return any(seconds(large) < most * max(seconds(small), least) for _ in range(_TRIES))
