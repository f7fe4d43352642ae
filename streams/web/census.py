"""What the broker says of the whole stream: what waits, how fast it goes, who works."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment
from aiokafka.errors import KafkaError

from streams.errors import StatementsError
from streams.pipeline.clients import administering
from streams.pipeline.positions import Place, Position, Positions, positions
from streams.pipeline.settings import Settings
from streams.pipeline.topics import TABLE, partitions

logger = logging.getLogger(__name__)

_EVERY = 2.0
_OVER = 30.0
_PAUSE = 5.0


@dataclass(frozen=True)
class Member:
    """A worker of the group: its id there, from where, and what it was given."""

    id: str
    host: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Rate:
    """Messages a second that were written to a topic, and that were done."""

    written: float
    done: float


class Census:
    """Positions and members as they were two seconds ago at most, while `run` runs; empty before and without a broker.

    ``members`` is None where the broker does not tell them (the one in memory does not).
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._seen: deque[tuple[float, Mapping[Place, Position]]] = deque()
        self.members: tuple[Member, ...] | None = None

    @property
    def now(self) -> Mapping[Place, Position]:
        """The latest positions, of all partitions of all topics."""
        return self._seen[-1][1] if self._seen else {}

    def rate(self, topic: str) -> Rate:
        """Over the last half minute, or as long as it has been looked at."""
        if len(self._seen) < 2:
            return Rate(0.0, 0.0)
        (since, first), (until, last) = self._seen[0], self._seen[-1]
        places = [place for place in last if place.topic == topic and place in first]
        written = sum(last[place].end - first[place].end for place in places)
        done = sum(last[place].committed - first[place].committed for place in places)
        return Rate(max(written, 0) / (until - since), max(done, 0) / (until - since))

    def look(self, at: float, seen: Mapping[Place, Position]) -> None:
        """Takes note of positions at a time in seconds."""
        self._seen.append((at, seen))
        while self._seen[0][0] < at - _OVER:
            self._seen.popleft()

    async def run(self) -> None:
        """Asks again and again, until it is cancelled."""
        while True:
            try:
                places = await partitions(self._settings, TABLE)
                async with positions(self._settings, places) as broker, administering(self._settings) as admin:
                    await self._ask(broker, admin)
            except StatementsError as error:
                logger.info("Nothing is known of the group: %s", error)
            self._seen.clear()
            self.members = None
            await asyncio.sleep(_PAUSE)

    async def _ask(self, broker: Positions, admin: AIOKafkaAdminClient) -> None:
        while True:
            self.look(time.monotonic(), await broker.now())
            self.members = await self._members(admin)
            await asyncio.sleep(_EVERY)

    async def _members(self, admin: AIOKafkaAdminClient) -> tuple[Member, ...] | None:
        try:
            answers = await admin.describe_consumer_groups([self._settings.group])
        except (KafkaError, OSError):
            return None
        return tuple(
            Member(member_id, host.lstrip("/"), places_of(assignment))
            for answer in answers
            for _, _, _, _, _, members, *_ in answer.groups
            for member_id, _, host, _, assignment in members
        )


def places_of(assignment: bytes) -> tuple[Place, ...]:
    """The partitions in what the group's protocol gives a member; none where it is being shared out."""
    if not assignment:
        return ()
    decoded = ConsumerProtocolMemberAssignment.decode(assignment)
    return tuple(Place(topic, number) for topic, numbers in decoded.assignment for number in numbers)


def by_topic(places: Iterable[Place]) -> dict[str, list[int]]:
    """The numbers of the partitions by topic, in order."""
    found: dict[str, list[int]] = {}
    for place in sorted(places):
        found.setdefault(place.topic, []).append(place.partition)
    return found
