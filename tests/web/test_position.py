"""Where a reader is, as text."""

from __future__ import annotations

import pytest

from streams.web.position import read, written


@pytest.mark.parametrize("position", [{}, {0: 0}, {1: 4, 0: 17}, {3: 10**17}])
def test_a_position_that_is_written_is_read_again(position: dict[int, int]) -> None:
    assert read(written(position)) == position


def test_it_is_written_in_the_order_of_the_partitions() -> None:
    assert written({1: 4, 0: 17}) == "0:17,1:4"


@pytest.mark.parametrize(
    "text", ["x", "1", "0:", ":1", "0:1,", "0:-1", "0:1 ", "٠:١", "0:1\n", "0:1;1:2", "9" * 50 + ":1"]
)
def test_anything_else_is_no_position(text: str) -> None:
    assert read(text) is None
