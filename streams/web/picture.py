"""Who speaks about whom, and how: counts over all digests, kept as these come and go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple, TypeVar

from schemas.digest import Digest, Party, Spoken
from schemas.statement import Act, SpeakerKind

Window = Literal["hour", "day", "all"]
Clock = Literal["arrival", "published"]

SCALE: dict[Act, float] = {
    "pledge": 1.0,
    "support": 0.75,
    "concede": 0.75,
    "consult": 0.5,
    "assert": 0.0,
    "decline_comment": 0.0,
    "appeal": 0.0,
    "deny": -0.25,
    "demand": -0.5,
    "disapprove": -0.5,
    "reject": -0.5,
    "accuse": -0.75,
    "threaten": -1.0,
}
"""How cooperative (1) or conflictual (-1) each act is: an order of ours, in the sense of PLOVER's verbal cooperation
and verbal conflict."""

FINE = timedelta(minutes=5)
"""Length of the buckets of which an hour and a day are made; of all time there are the totals, and the acts of days."""

_DAY = timedelta(days=1)
_LENGTH: dict[Window, timedelta | None] = {"hour": timedelta(hours=1), "day": _DAY, "all": None}
_STEP: dict[Window, timedelta] = {"hour": FINE, "day": timedelta(hours=1), "all": _DAY}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_KNOWN = 2**14
"""So many speakers, and pairs, stand in memory once, not once in each of a day's buckets."""

K = TypeVar("K")
Pair = tuple[str, str]
"""The states of a speaker and of a target."""


class Speaker(NamedTuple):
    """One who speaks, by what tells one from another."""

    name: str
    country: str | None
    kind: SpeakerKind


@dataclass
class Counts:
    """What is counted of a set of articles."""

    pairs: Counter[tuple[Pair, Act]] = field(default_factory=Counter)
    speakers: Counter[Speaker] = field(default_factory=Counter)
    acts: Counter[Act] = field(default_factory=Counter)
    articles: int = 0

    @classmethod
    def of(cls, statements: Iterable[Spoken]) -> Counts:
        """Those of one article with these statements."""
        counts = cls(articles=1)
        for statement in statements:
            counts.acts[statement.act] += 1
            for pair in _pairs(statement):
                counts.pairs[pair, statement.act] += 1
            for speaker in set(_speakers(statement.speakers)):
                counts.speakers[speaker] += 1
        return counts

    def add(self, other: Counts, times: int = 1) -> None:
        """Counts what ``other`` has, too, or with -1 takes it back."""
        _add(self.pairs, other.pairs, times)
        _add(self.speakers, other.speakers, times)
        _add(self.acts, other.acts, times)
        self.articles += times * other.articles

    @property
    def statements(self) -> int:
        """How many statements were counted."""
        return self.acts.total()


def _add(counter: Counter[K], other: Mapping[K, int], times: int) -> None:
    """Without what comes to nothing, so that nothing is left of what is taken back."""
    for key, count in other.items():
        total = counter.get(key, 0) + times * count
        if total:
            counter[key] = total
        else:
            del counter[key]


@lru_cache(_KNOWN)
def _pair(speaker: str, target: str) -> Pair:
    return speaker, target


@lru_cache(_KNOWN)
def _speaker(name: str, country: str | None, kind: SpeakerKind) -> Speaker:
    return Speaker(name, country, kind)


def _pairs(statement: Spoken) -> Iterator[Pair]:
    speaking = dict.fromkeys(speaker.country for speaker in statement.speakers if speaker.country)
    return (_pair(speaker, target) for speaker in speaking for target in statement.targets)


def _speakers(parties: tuple[Party, ...]) -> Iterator[Speaker]:
    return (_speaker(party.name, party.country, party.kind) for party in parties if party.name)


class Picture:
    """Counts by one clock, of all statements or of those between states only."""

    def __init__(self, clock: Clock, *, diplomatic: bool) -> None:
        self._clock = clock
        self._diplomatic = diplomatic
        self._total = Counts()
        self._days: Counter[tuple[datetime, Act]] = Counter()
        self._fine: dict[datetime, Counts] = {}

    def take(self, digest: Digest, now: datetime, times: int = 1) -> None:
        """Counts an article, or with -1 takes it back."""
        at = self.time(digest) or _EPOCH
        counts = Counts.of(each for each in digest.statements if self._counts(each))
        recent = self._bucket(at) if at > now - _DAY - FINE else None
        self._total.add(counts, times)
        if recent is not None:
            recent.add(counts, times)
        day = _floor(at, _DAY)
        _add(self._days, {(day, act): count for act, count in counts.acts.items()}, times)

    def _counts(self, statement: Spoken) -> bool:
        return not statement.negated and (statement.diplomatic or not self._diplomatic)

    def time(self, digest: Digest) -> datetime | None:
        """When the article counts: when it came, or when its publisher dates it (if not at all, when it came)."""
        published = digest.published_at
        if self._clock == "published" and published is not None:
            return published if published.tzinfo else published.replace(tzinfo=UTC)
        return digest.arrived_at

    def seen(self, window: Window, now: datetime) -> Counts:
        """The counts of a window that ends now; its start is that of the bucket in which it lies."""
        start = since(window, now)
        if start is None:
            return self._total
        self._forget(now)
        found = Counts()
        for at, counts in self._fine.items():
            if start <= at <= now:
                found.add(counts)
        return found

    def acts(self, window: Window, now: datetime) -> list[tuple[datetime, Act, int]]:
        """How often each act was, by steps of the window: five minutes, an hour, a day."""
        start, step = since(window, now), _STEP[window]
        found: Counter[tuple[datetime, Act]] = Counter()
        if start is None:
            found = self._days
        else:
            for at, counts in self._fine.items():
                if start <= at <= now:
                    for act, count in counts.acts.items():
                        found[_floor(at, step), act] += count
        return sorted((at, act, count) for (at, act), count in found.items())

    def _bucket(self, at: datetime) -> Counts:
        return self._fine.setdefault(_floor(at, FINE), Counts())

    def _forget(self, now: datetime) -> None:
        for at in [at for at in self._fine if at < now - _DAY - 2 * FINE]:
            del self._fine[at]


def since(window: Window, now: datetime) -> datetime | None:
    """Where a window begins: at the start of a bucket; None for all time."""
    length = _LENGTH[window]
    return None if length is None else _floor(now - length, FINE)


def tone(acts: dict[Act, int]) -> float:
    """The mean of the acts on `SCALE`."""
    return round(sum(SCALE[act] * count for act, count in acts.items()) / sum(acts.values()), 3)


def _floor(at: datetime, step: timedelta) -> datetime:
    return at - (at - _EPOCH) % step
