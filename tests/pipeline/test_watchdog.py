"""When a worker counts as stalled: seen offsets and seconds in, a state out."""

from __future__ import annotations

from streams.pipeline.positions import Place, Position
from streams.pipeline.watchdog import STARTING, Patience, Sight, State, judge

A, B = Place("news.articles", 0), Place("news.articles", 1)
BOTH = frozenset({A, B})
PATIENCE = Patience(stall_after=10, step=4)


def seen(
    committed: int, end: int, at: float, *, place: Place = A, assigned: frozenset[Place] = BOTH, signs: int = 0
) -> Sight:
    """One look: ``place`` at these offsets, the other partition with nothing to do."""
    other = B if place == A else A
    return Sight(at, assigned, {place: Position(end, committed), other: Position(5, 5)}, {place: signs})


def state(*sights: Sight) -> State:
    found = STARTING
    for sight in sights:
        found = judge(found, sight, PATIENCE)
    return found


def course(committed: int, end: int, seconds: int, **more: object) -> list[Sight]:
    """The same offsets, looked at every two seconds."""
    return [seen(committed, end, 100.0 + second, **more) for second in range(0, seconds + 1, 2)]  # type: ignore[arg-type]


def test_a_worker_with_nothing_to_do_is_idle_for_ever() -> None:
    found = state(*course(7, 7, 1_000))
    assert (found.condition, found.is_ready, found.reason) == ("idle", True, None)


def test_a_worker_whose_offsets_move_consumes_however_much_waits() -> None:
    found = state(*(seen(number, 10**6, 100.0 + 9 * number) for number in range(100)))
    assert (found.condition, found.is_ready, found.lag[A]) == ("consuming", True, 10**6 - 99)
    assert found.last_progress == 100.0 + 9 * 99


def test_messages_that_wait_too_long_are_a_stall_that_says_where_and_since_when() -> None:
    before, after = state(*course(3, 5, 8)), state(*course(3, 5, 12))
    assert (before.condition, before.is_ready) == ("consuming", True)
    assert (after.condition, after.is_ready, after.stalled) == ("stalled", False, (A,))
    assert after.reason == "no progress for 12 s while 2 messages wait in news.articles[0]"


def test_one_partition_that_stands_still_beside_one_that_moves_is_a_stall() -> None:
    sights = [
        Sight(100.0 + second, BOTH, {A: Position(9, 3), B: Position(10**6, second)}) for second in range(0, 13, 2)
    ]
    assert state(*sights).stalled == (A,)


def test_a_worker_that_goes_on_after_a_stall_is_well_again() -> None:
    found = state(*course(3, 5, 20), seen(4, 5, 122.0))
    assert (found.condition, found.last_progress) == ("consuming", 122.0)


def test_messages_that_came_just_now_have_not_waited() -> None:
    assert state(*course(5, 5, 100), seen(5, 6, 202.0)).condition == "consuming"


def test_work_that_cannot_be_committed_yet_but_goes_on_is_no_stall() -> None:
    sights = [seen(3, 5, 100.0 + second, signs=second // 6) for second in range(0, 60, 2)]
    assert state(*sights).condition == "consuming"


def test_time_in_which_nobody_looked_is_not_held_against_the_worker() -> None:
    stopped = state(*course(3, 5, 4), seen(3, 5, 10_000.0))
    assert stopped.condition == "consuming", "the process was stopped for hours and goes on"
    assert state(*course(3, 5, 8), seen(3, 5, 50.0)).condition == "consuming", "the clock was set back"


def test_a_broker_that_does_not_answer_is_no_stall_and_time_without_it_does_not_count() -> None:
    gone = [Sight(100.0 + second, BOTH, None) for second in range(0, 60, 2)]
    found = state(seen(3, 5, 99.0), *gone)
    assert (found.condition, found.is_ready, found.reason) == ("disconnected", False, "the broker does not answer")
    assert found.lag[A] == 2, "what was known last"
    assert state(seen(3, 5, 99.0), *gone, seen(3, 5, 160.0)).condition == "consuming"


def test_a_worker_without_partitions_is_not_ready_but_only_stands_by_while_others_work() -> None:
    nothing: frozenset[Place] = frozenset()
    found = state(*(seen(number, 10**6, 100.0 + 9 * number, assigned=nothing) for number in range(100)))
    assert (found.condition, found.is_ready) == ("unassigned", False)
    assert "no partition is assigned" in (found.reason or "")


def test_a_worker_without_partitions_is_stalled_with_the_whole_group() -> None:
    assert state(*course(3, 5, 12, assigned=frozenset())).condition == "stalled"


def test_what_another_worker_left_lying_counts_from_the_takeover() -> None:
    takeover = state(*course(3, 5, 20, assigned=frozenset({B})), seen(3, 5, 122.0))
    assert takeover.condition == "consuming"


def test_nothing_is_known_before_the_broker_has_answered() -> None:
    found = state(Sight(100.0, BOTH, None))
    assert (found.condition, found.is_ready, found.lag) == ("starting", False, {})
