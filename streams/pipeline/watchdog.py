"""Whether a worker gets on with its work: a judgement on what was seen, without a clock and without a broker.

Faust does not notice when its consumer no longer fetches, as after an outage of the broker: the worker looks well, and
does nothing. So what counts here is what the broker has: messages that wait, and offsets that do not move.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from streams.pipeline.positions import Place, Position

Condition = Literal["starting", "disconnected", "unassigned", "stalled", "consuming", "idle"]
"""``consuming`` while messages wait and are being done, ``idle`` when none waits; the others are no good news."""


@dataclass(frozen=True)
class Sight:
    """What one look shows.

    ``at``: when, in seconds since 1970. ``positions``: of the group, at every partition that the stages read; None when
    the broker does not answer. ``signs``: how often work on messages of a partition has shown that it goes on, though
    nothing can be committed yet.
    """

    at: float
    assigned: frozenset[Place]
    positions: Mapping[Place, Position] | None
    signs: Mapping[Place, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Patience:
    """``stall_after``: seconds without progress that are too many. ``step``: the most that one look counts for, so that
    time in which nobody looked (the process was stopped, the broker gone) is not held against the worker."""

    stall_after: float
    step: float


@dataclass(frozen=True)
class Standing:
    """Of one partition: how many messages wait, and for how many seconds none of them has been done."""

    lag: int
    quiet: float
    mark: tuple[int, int]


@dataclass(frozen=True)
class State:
    """What there is to say of a worker; ``reason`` is for a person, and None while all is well.

    ``last_progress`` (seconds since 1970) is when this worker's partitions were last seen to have moved. ``stalled``
    are the partitions that do not move although messages wait there.
    """

    condition: Condition
    reason: str | None
    at: float
    assigned: frozenset[Place] = frozenset()
    standings: Mapping[Place, Standing] = field(default_factory=dict)
    stalled: tuple[Place, ...] = ()
    last_progress: float | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it has partitions and gets on with them."""
        return self.condition in ("consuming", "idle")

    @property
    def lag(self) -> Mapping[Place, int]:
        """Messages that wait, by partition, those of other workers' partitions too."""
        return {place: standing.lag for place, standing in self.standings.items()}


STARTING = State("starting", "the worker has not looked at its work yet", at=0.0)


def judge(before: State, sight: Sight, patience: Patience) -> State:
    """The state after ``sight``, when it was ``before``."""
    if sight.positions is None:
        starting = before.condition == "starting"
        return replace(
            before,
            condition="starting" if starting else "disconnected",
            reason="the broker does not answer yet" if starting else "the broker does not answer",
            at=sight.at,
            assigned=sight.assigned,
        )
    step = min(max(sight.at - before.at, 0.0), patience.step)
    standings = {
        # What another worker left lying counts from when it became this one's.
        place: _standing(
            before.standings.get(place) if place not in sight.assigned - before.assigned else None,
            position,
            sight.signs.get(place, 0),
            step,
        )
        for place, position in sight.positions.items()
    }
    # Who has no partitions watches all: a worker that the group has lost must not believe that it only stands by.
    watched = sorted(sight.assigned & standings.keys() or standings)
    stalled = tuple(place for place in watched if standings[place].quiet >= patience.stall_after)
    moved = any(_moved(before.standings.get(place), standings[place]) for place in sight.assigned & standings.keys())
    condition, reason = _condition(sight.assigned, standings, stalled)
    return State(
        condition=condition,
        reason=reason,
        at=sight.at,
        assigned=sight.assigned,
        standings=standings,
        stalled=stalled,
        last_progress=sight.at if moved else before.last_progress,
    )


def _standing(before: Standing | None, position: Position, signs: int, step: float) -> Standing:
    mark = (position.committed, signs)
    waits = before is not None and before.mark == mark and position.lag > 0 and before.lag > 0
    return Standing(position.lag, before.quiet + step if before is not None and waits else 0.0, mark)


def _moved(before: Standing | None, now: Standing) -> bool:
    return before is not None and before.mark != now.mark


def _condition(
    assigned: frozenset[Place], standings: Mapping[Place, Standing], stalled: tuple[Place, ...]
) -> tuple[Condition, str | None]:
    if stalled:
        return "stalled", _words(stalled, standings)
    if not assigned:
        words = (
            "no partition is assigned to this worker: there are more workers than partitions, or they are being shared"
        )
        return "unassigned", words
    return ("consuming" if _waiting(assigned, standings) else "idle"), None


def _waiting(places: Iterable[Place], standings: Mapping[Place, Standing]) -> int:
    return sum(standings[place].lag for place in places if place in standings)


def _words(stalled: tuple[Place, ...], standings: Mapping[Place, Standing]) -> str:
    longest = max(standings[place].quiet for place in stalled)
    names = ", ".join(f"{place.topic}[{place.partition}]" for place in stalled)
    return f"no progress for {longest:.0f} s while {_waiting(stalled, standings)} messages wait in {names}"
