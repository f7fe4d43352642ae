"""Whether a benchmark sees that its processors were slowed, and measures again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from benchmarks import pace
from benchmarks.pace import Round, calmest, rounds, slowed


def test_looks_that_take_many_times_the_fastest_are_slowed() -> None:
    assert slowed([1.0, 2.9, 40.0, 44.0], fastest=1.0) == 0.5


def test_a_run_without_a_look_is_not_taken_for_a_calm_one() -> None:
    assert slowed([], fastest=1.0) == 1.0


def test_the_rounds_that_were_slowed_least_count_and_the_earlier_ones_of_those_alike() -> None:
    done = [Round("a", 0.2), Round("b", 0.0), Round("c", 0.5), Round("d", 0.2)]
    assert [each.found for each in calmest(done, 2)] == ["b", "a"]


@pytest.mark.parametrize(
    ("shares", "runs"),
    [
        pytest.param([0.0, 0.0], 2, id="calm at once"),
        pytest.param([0.0, 0.3, 0.2, 0.0], 4, id="until so many were calm"),
        pytest.param([0.3] * 6, 6, id="three times as often at most"),
    ],
)
def test_a_slowed_round_is_done_again(monkeypatch: pytest.MonkeyPatch, shares: list[float], runs: int) -> None:
    seen: Iterator[float] = iter(shares)
    monkeypatch.setattr(pace, "slowed", lambda *_: next(seen))
    count = 0

    async def measured() -> int:
        nonlocal count
        count += 1
        return count

    done = asyncio.run(rounds(measured, 2))
    assert [each.found for each in done] == list(range(1, runs + 1))
    assert [each.slowed for each in done] == shares


def test_the_process_that_looks_tells_what_the_work_took_while_the_run_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[float]] = []
    monkeypatch.setattr(pace, "slowed", lambda looks, _: given.append(list(looks)) or 0.0)
    asyncio.run(rounds(lambda: asyncio.sleep(1.0), 1))
    (looks,) = given
    assert looks
    assert all(0 < look < 1 for look in looks)
