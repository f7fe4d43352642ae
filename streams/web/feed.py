"""The statements that the page can show at once, and the readers who follow them: one memory for all of them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import orjson

from schemas.statement import Statement
from streams.pipeline.selection import Filter, Traits
from streams.web.position import Position

KEPT = 5_000
"""Statements in memory, some 2 kB each; older ones are on the topic."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement as the page reads it (JSON on one line), what tells it from others, and where it stands on its topic.

    Not the statement itself, whose many small values take ten times the memory of its JSON.
    """

    number: int
    partition: int
    offset: int
    statement_id: str
    article_id: str
    traits: Traits
    json: bytes

    @property
    def place(self) -> str:
        """Where it stands: ``partition:offset``."""
        return f"{self.partition}:{self.offset}"


def as_read(statement: Statement, written_at: datetime | None) -> bytes:
    """``statement`` as the page reads it: JSON on one line, with the time at which it was written to Kafka."""
    written = orjson.dumps(statement.model_dump(mode="json") | {"seen_at": written_at})
    # A copy, since orjson's own keeps all the room that was there to write it in: eight times what stands there.
    return bytes(memoryview(written))


class Feed:
    """A bounded memory of the latest statements, oldest first. One that comes a second time is not kept twice.

    Whoever fills it gives the messages of each partition in their order. Readers have no queue in it, only a place: a
    slow one costs nothing, and is told so (`Reader.lost`) once what it has not read is forgotten.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._entries: deque[Entry] = deque(maxlen=kept)
        self._ids: set[str] = set()
        self._next: dict[int, int] = {}
        self._complete_from: dict[int, int] = {}
        self._count = 0
        self._ends: dict[int, int] = {}
        self._news = asyncio.Event()
        self.opened = asyncio.Event()
        """Set once it is known where the topic starts and ends."""
        self.closed = False
        self.readers = 0
        """How many follow it now."""

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def position(self) -> Position:
        """Where a reader of everything in it is."""
        return dict(self._next)

    def opens(self, starts: Position, ends: Position) -> None:
        """Forgets everything; from now on it is filled from ``starts`` on, of a topic that goes to ``ends`` already."""
        self._entries.clear()
        self._ids.clear()
        self._next, self._complete_from, self._ends = dict(starts), dict(starts), dict(ends)
        self.opened.set()
        self._announce()

    def add(self, statement: Statement, partition: int, offset: int, written_at: datetime | None) -> None:
        """Remembers a statement, and forgets the oldest where there is no room."""
        self.skip(partition, offset)
        if statement.statement_id in self._ids:
            return
        if len(self._entries) == self._entries.maxlen:
            oldest = self._entries[0]
            self._ids.discard(oldest.statement_id)
            self._complete_from[oldest.partition] = oldest.offset + 1
        self._count += 1
        self._entries.append(
            Entry(
                number=self._count,
                partition=partition,
                offset=offset,
                statement_id=statement.statement_id,
                article_id=statement.article_id,
                traits=Traits.of(statement),
                json=as_read(statement, written_at),
            )
        )
        self._ids.add(statement.statement_id)
        self._announce()

    def skip(self, partition: int, offset: int) -> None:
        """Takes note of a message that is no statement."""
        self._next[partition] = offset + 1
        self._complete_from.setdefault(partition, offset)

    def close(self) -> None:
        """Ends all readers."""
        self.closed = True
        self._announce()

    def newest(self, wanted: Filter, limit: int, before: str | None = None) -> list[Entry]:
        """Up to ``limit`` statements that ``wanted`` lets pass, newest first; those older than the one at the place
        ``before``, if it is given and still remembered."""
        entries: Iterator[Entry] = reversed(self._entries)
        if before is not None:
            for entry in entries:
                if entry.place == before:
                    break
        return list(islice((entry for entry in entries if wanted.passes(entry.traits)), limit))

    def of_article(self, article_id: str) -> list[Entry]:
        """The remembered statements of an article, in the order in which they came."""
        return [entry for entry in self._entries if entry.article_id == article_id]

    def has_all_since(self, position: Position) -> bool:
        """Whether everything that came after ``position`` is remembered. A position that is ahead is not one of this
        topic's."""
        known = all(position.get(partition, 0) >= offset for partition, offset in self._complete_from.items())
        return known and all(
            offset <= max(self._next.get(partition, 0), self._ends.get(partition, 0))
            for partition, offset in position.items()
        )

    def after(self, number: int) -> Iterator[Entry]:
        """The entries with a greater number than ``number``."""
        new = min(self._count - number, len(self._entries))
        return islice(self._entries, len(self._entries) - new, None)

    @property
    def last_number(self) -> int:
        """The number of the last entry that was added."""
        return self._count

    async def news(self, seconds: float) -> bool:
        """True as soon as something comes, False if nothing does within ``seconds``."""
        try:
            return await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return False

    def _announce(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


class Reader:
    """One who follows a feed from a position on; from its end without one."""

    def __init__(self, feed: Feed, position: Position | None) -> None:
        self._feed = feed
        self.position = dict(feed.position if position is None else position)
        self._number = feed.last_number if position is None else 0

    @property
    def lost(self) -> bool:
        """Whether it missed what the feed no longer has; it then stands at the feed's end."""
        if self._feed.has_all_since(self.position):
            return False
        self.position = dict(self._feed.position)
        self._number = self._feed.last_number
        return True

    def next(self, limit: int) -> list[tuple[Entry, Position]]:
        """Up to ``limit`` entries that it has not read, each with the position after it."""
        read: list[tuple[Entry, Position]] = []
        for entry in self._feed.after(self._number):
            self._number = entry.number
            if entry.offset < self.position.get(entry.partition, 0):
                continue
            self.position[entry.partition] = entry.offset + 1
            read.append((entry, dict(self.position)))
            if len(read) == limit:
                break
        return read
