"""What was to be found on the topics, what was found, and the difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schemas import DeadLetter
from schemas.channels import STATEMENTS
from schemas.digest import Digest
from schemas.wire import decode
from streams.pipeline.stages import Headers

Written = tuple[Headers, bytes | None]
"""Headers and value of a message."""


@dataclass(frozen=True)
class Found:
    """Of one topic: how often each id was written, what identifies each one's contents, and the ids that were written
    with more than one."""

    times: Mapping[bytes, int]
    contents: Mapping[bytes, bytes]
    differing: frozenset[bytes] = frozenset()

    @property
    def repeated(self) -> int:
        """Messages that a reader who goes by ids drops."""
        return sum(self.times.values()) - len(self.times)


@dataclass(frozen=True)
class Row:
    """One topic, compared. All but ``wanted`` and ``repeated`` have to be 0."""

    topic: str
    wanted: int
    missing: int
    surplus: int
    differing: int
    repeated: int

    @property
    def is_kept(self) -> bool:
        return not (self.missing or self.surplus or self.differing)


@dataclass(frozen=True)
class Verdict:
    """The whole run. ``articles``: acknowledged by the broker; ``pictures``: by worker, the statements that its
    page counts. ``lag``: messages not done at the end."""

    articles: int
    rows: Sequence[Row]
    pictures: Mapping[str, int | None]
    lag: int
    crashed: int
    stalled: int
    failed: int
    hung: int
    seconds: float
    log: Sequence[tuple[float, str]] = field(default_factory=tuple)

    @property
    def is_kept(self) -> bool:
        """Whether the promise was."""
        kept = all(row.is_kept for row in self.rows) and set(self.pictures.values()) <= {self.statements}
        return kept and not (self.lag or self.failed or self.hung)

    @property
    def statements(self) -> int:
        """How many there are to be counted."""
        return next(row.wanted for row in self.rows if row.topic == STATEMENTS.name)


def found(messages: Iterable[Written]) -> Found:
    """What is on a topic."""
    times: Counter[bytes] = Counter()
    contents: dict[bytes, bytes] = {}
    differing = set()
    for headers, value in messages:
        identity = dict(headers)["ce_id"] or b""
        times[identity] += 1
        if contents.setdefault(identity, now := _contents(headers, value)) != now:
            differing.add(identity)
    return Found(times, contents, frozenset(differing))


def compared(topic: str, wanted: Found, has: Found) -> Row:
    """One topic of a run against the same one of a run that nobody disturbed, by contents.

    An id stands for contents, but a dead letter's also for the place of the original, which differs from run to run.
    """
    these, those = set(wanted.contents.values()), set(has.contents.values())
    return Row(
        topic=topic,
        wanted=len(these),
        missing=len(these - those),
        surplus=len(those - these),
        differing=len(has.differing),
        repeated=has.repeated,
    )


def _contents(headers: Headers, value: bytes | None) -> bytes:
    """The message; of a dead letter what it keeps of the original, of a digest what is counted.

    Both also tell where the original stands, and that differs from run to run.
    """
    letter, digest = decode(value, headers, DeadLetter), decode(value, headers, Digest)
    if isinstance(letter, DeadLetter):
        return letter.reason.encode() + b" " + (letter.value or b"")
    if isinstance(digest, Digest):
        return " ".join((digest.article_id, *(spoken.statement_id for spoken in digest.statements))).encode()
    return value or b""
