"""The pictures of a worker: counted from its table of digests, and kept as that changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from schemas.digest import Digest
from streams.pipeline.digests import DigestTable
from streams.pipeline.topics import DIGESTS
from streams.web.picture import Clock, Picture

_AT_ONCE = 200
_LOOK = 0.2
_ANEW = timedelta(days=1)
_KEPT = timedelta(days=DIGESTS.retention_days)

Views = dict[tuple[Clock, bool], Picture]


def _now() -> datetime:
    return datetime.now(UTC)


class Pictures:
    """By each clock, of all statements and of those between states.

    They are counted once from the table, and from then on by what changes in it: an article that comes again is taken
    back as it was, and counted as it is. Once a day they are counted anew, without the articles that are too old.
    """

    def __init__(self, now: Callable[[], datetime] = _now) -> None:
        self._now = now
        self._shown: Views | None = None
        self._counting: Views | None = None
        self._not_yet: set[bytes] = set()

    def of(self, clock: Clock, *, diplomatic: bool) -> Picture | None:
        """One of them; None before they are counted."""
        return None if self._shown is None else self._shown[clock, diplomatic]

    def changed(self, key: bytes, before: Digest | None, after: Digest | None) -> None:
        """Takes note of a change in the table that is about to be made."""
        counted = [self._shown, self._counting if key not in self._not_yet else None]
        for views in counted:
            for picture in (views or {}).values():
                if before is not None:
                    picture.take(before, self._now(), -1)
                if after is not None:
                    picture.take(after, self._now())

    async def keep(self, table: DigestTable) -> None:
        """Counts whenever ``table`` has recovered, and once a day; until it is cancelled."""
        while True:
            await table.recovered.wait()
            await self._count(table)
            due = self._now() + _ANEW
            while table.recovered.is_set() and self._now() < due:
                await asyncio.sleep(_LOOK)

    async def _count(self, table: DigestTable) -> None:
        """In small steps, so that nothing else waits; what changes meanwhile is counted where it has been passed."""
        views: Views = {
            (clock, diplomatic): Picture(clock, diplomatic=diplomatic)
            for clock in ("arrival", "published")
            for diplomatic in (False, True)
        }
        self._counting = views
        keys = table.keys()
        self._not_yet = set(keys)
        oldest = self._now() - _KEPT
        for number, key in enumerate(keys, start=1):
            digest = table.at(key)
            if digest is not None and digest.arrived_at is not None and digest.arrived_at < oldest:
                table.forget(key)
            elif digest is not None:
                for picture in views.values():
                    picture.take(digest, self._now())
            self._not_yet.discard(key)
            if number % _AT_ONCE == 0:
                await asyncio.sleep(0)
                if not table.recovered.is_set():
                    break
        self._shown, self._counting, self._not_yet = views, None, set()
