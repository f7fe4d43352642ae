"""Whether the soak sees memory grow."""

from __future__ import annotations

import random

from benchmarks.soak import Sample, slope


def samples(growth: float, noise: float, start_up: float = 0.0) -> list[Sample]:
    """Half an hour of looks, five seconds apart; ``growth`` in MiB an hour, ``start_up`` MiB in the first minute."""
    draw = random.Random(1)
    return [
        Sample(
            second / 60,
            500 + min(second / 60, 1) * start_up + growth * second / 3600 + draw.gauss(0, noise),
            9,
            0,
            1,
            1,
        )
        for second in range(0, 1800, 5)
    ]


def test_memory_that_only_wavers_is_flat() -> None:
    assert slope(samples(growth=0, noise=5)).is_flat


def test_memory_that_grows_is_not() -> None:
    found = slope(samples(growth=60, noise=5))
    assert not found.is_flat
    assert found.low < 60 < found.high


def test_what_fills_at_the_start_is_no_growth() -> None:
    assert slope(samples(growth=0, noise=5, start_up=300)).is_flat
