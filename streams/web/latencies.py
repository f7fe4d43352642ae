"""How long statements took lately, from the arrival of their article."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from statistics import quantiles

_LATELY = timedelta(minutes=5)
_AT_MOST = 10_000
_PLACES = 6


class Latencies:
    """The seconds that statements of the last five minutes took; the newest 10,000 at most."""

    def __init__(self) -> None:
        self._seen: deque[tuple[datetime, float]] = deque(maxlen=_AT_MOST)

    def add(self, arrived_at: datetime, written_at: datetime) -> None:
        """A statement was written; clocks that differ make no time negative."""
        self._seen.append((written_at, max((written_at - arrived_at).total_seconds(), 0.0)))
        while self._seen[0][0] < written_at - _LATELY:
            self._seen.popleft()

    def lately(self, now: datetime) -> list[float]:
        """The seconds, in order of size."""
        return sorted(seconds for at, seconds in self._seen if now - at <= _LATELY)


def percentiles(ordered: list[float]) -> tuple[float, float, float] | None:
    """The 50th, 95th and 99th, or None where there is nothing."""
    if not ordered:
        return None
    if len(ordered) == 1:
        return (ordered[0],) * 3
    cut = quantiles(ordered, n=100, method="inclusive")
    # What lies between two equal times would else differ from them in its last place.
    return round(cut[49], _PLACES), round(cut[94], _PLACES), round(cut[98], _PLACES)
