"""Dead letters as the page shows them: the latest without their messages, and any one with its bytes."""

from __future__ import annotations

from collections import Counter, deque
from datetime import datetime
from itertools import islice

from aiokafka import TopicPartition

from schemas import DeadLetter
from schemas.wire import decode
from streams.pipeline.moments import moment
from streams.pipeline.settings import Settings
from streams.pipeline.topics import DEAD_LETTERS
from streams.web.articles import reading
from streams.web.contract import DeadLetterAnswer, DeadLetterLine, ReasonCount

KEPT = 1_000
"""Lines in memory, some 1 kB each."""

_SHOWN_BYTES = 4_096
_SHOWN_TEXT = 64 * 2**10


class Letters:
    """The latest dead letters, without what could not be read."""

    def __init__(self) -> None:
        self._lines: deque[DeadLetterLine] = deque(maxlen=KEPT)
        self._counts: Counter[str] = Counter()
        self._last: dict[str, datetime | None] = {}

    def opens(self) -> None:
        """Forgets everything."""
        self._lines.clear()
        self._counts.clear()
        self._last.clear()

    def add(self, letter: DeadLetter, partition: int, offset: int, written_at: datetime | None) -> None:
        """Remembers a letter that stands at that place of its topic."""
        self._lines.append(line(letter, partition, offset, written_at))
        self._counts[letter.reason] += 1
        self._last[letter.reason] = written_at

    def newest(self, reason: str | None, limit: int) -> list[DeadLetterLine]:
        """Up to ``limit`` of them, newest first."""
        lines = (line for line in reversed(self._lines) if reason is None or line.reason == reason)
        return list(islice(lines, limit))

    def by_reason(self) -> list[ReasonCount]:
        """How many have each reason, the most frequent first."""
        counts = self._counts.most_common()
        return [ReasonCount(reason=reason, count=count, last_at=self._last[reason]) for reason, count in counts]


def line(letter: DeadLetter, partition: int, offset: int, written_at: datetime | None) -> DeadLetterLine:
    """``letter`` without its message."""
    return DeadLetterLine(
        id=f"{partition}:{offset}",
        reason=letter.reason,
        stage=letter.stage,
        error=letter.error,
        topic=letter.topic,
        partition=letter.partition,
        offset=letter.offset,
        at=written_at,
        size=None if letter.value is None else len(letter.value),
    )


async def letter_at(settings: Settings, partition: int, offset: int) -> DeadLetterAnswer | None:
    """The letter at that place of the topic, with its bytes; None where there is none. Raises BrokerError."""
    place = TopicPartition(DEAD_LETTERS.name(settings), partition)
    if partition >= DEAD_LETTERS.wanted_partitions(settings):
        return None
    async with reading(settings, place) as consumer:
        starts, ends = await consumer.beginning_offsets([place]), await consumer.end_offsets([place])
        if not starts[place] <= offset < ends[place]:
            return None
        consumer.seek(place, offset)
        record = await consumer.getone(place)
    letter = decode(record.value, record.headers, DeadLetter)
    if not isinstance(letter, DeadLetter) or record.offset != offset:
        return None
    return opened(letter, partition, offset, moment(None if record.timestamp is None else record.timestamp / 1000))


def opened(letter: DeadLetter, partition: int, offset: int, written_at: datetime | None) -> DeadLetterAnswer:
    """``letter`` with as much of its message as can be shown."""
    value = letter.value or b""
    try:
        text = None if letter.value is None else value.decode()
    except UnicodeDecodeError:
        text = None
    return DeadLetterAnswer(
        **dict(line(letter, partition, offset, written_at)),
        key=_words(letter.key),
        headers=[(header.key, _words(header.value)) for header in letter.headers],
        text=text and text[:_SHOWN_TEXT],
        hex=value[:_SHOWN_BYTES].hex(),
        truncated=len(value) > _SHOWN_BYTES or len(text or "") > _SHOWN_TEXT,
    )


def _words(content: bytes | None) -> str | None:
    return None if content is None else content[:_SHOWN_BYTES].decode("utf-8", "backslashreplace")
