"""What the page remembers, and what its readers get."""

from __future__ import annotations

import asyncio
import tracemalloc
from datetime import UTC, datetime

import orjson
import pytest

from streams.pipeline.selection import Filter
from streams.web.feed import Feed, Reader
from tests.cli.examples import statement

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def filled(*places: tuple[int, int], kept: int = 4) -> Feed:
    """A feed of two partitions with a statement at each of these places, in this order; its content is its place."""
    feed = Feed(kept)
    feed.opens({0: 0, 1: 0}, {0: 0, 1: 0})
    for partition, offset in places:
        add(feed, partition, offset)
    return feed


def add(feed: Feed, partition: int, offset: int) -> None:
    place = f"{partition}:{offset}"
    feed.add(statement(place, article_id=place), partition, offset, NOW)


def contents(reader: Reader, limit: int = 100) -> list[str]:
    return [entry.place for entry, _ in reader.next(limit)]


def test_the_newest_come_first_and_only_the_last_few_are_kept() -> None:
    feed = filled((0, 0), (1, 0), (0, 1), (0, 2), (1, 1))
    assert [entry.place for entry in feed.newest(Filter(), 3)] == ["1:1", "0:2", "0:1"]
    assert [entry.place for entry in feed.newest(Filter(), 3, before="0:1")] == ["1:0"]
    assert feed.newest(Filter(), 3, before="0:0") == [], "that one is forgotten"
    assert len(feed) == 4


def test_an_entry_says_when_it_was_written_and_is_one_line() -> None:
    (entry,) = filled((0, 0)).newest(Filter(), 1)
    assert orjson.loads(entry.json)["seen_at"] == "2026-01-02T03:04:05+00:00"
    assert b"\n" not in entry.json


def test_a_remembered_statement_takes_little_more_room_than_its_json() -> None:
    feed = filled((0, 0), kept=200)
    tracemalloc.start()
    try:
        for offset in range(1, 101):
            add(feed, 0, offset)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken < 3 * sum(len(entry.json) for entry in feed.after(1))


def test_a_statement_that_comes_again_is_no_news() -> None:
    feed = filled((0, 0))
    reader = Reader(feed, None)
    feed.add(statement("0:0", article_id="0:0"), 0, 1, NOW)
    assert contents(reader) == []
    assert feed.position == {0: 2, 1: 0}


def test_a_reader_without_a_position_gets_what_is_new() -> None:
    feed = filled((0, 0))
    reader = Reader(feed, None)
    add(feed, 1, 0)
    assert contents(reader) == ["1:0"]
    assert contents(reader) == []


def test_a_reader_comes_back_at_another_worker_and_misses_nothing() -> None:
    here, there = filled((0, 0), (1, 0), (0, 1), (1, 1)), filled((1, 0), (1, 1), (0, 0), (0, 1))
    reader = Reader(here, {})
    (_, position) = reader.next(3)[-1]
    assert position == {0: 2, 1: 1}
    assert contents(Reader(there, position)) == ["1:1"]


def test_every_position_on_the_way_leads_to_the_rest() -> None:
    feed = filled((0, 0), (1, 0), (1, 1), (0, 1))
    places = ["0:0", "1:0", "1:1", "0:1"]
    for read, (_, position) in enumerate(Reader(feed, {}).next(10), start=1):
        assert contents(Reader(feed, position)) == places[read:]


def test_a_slow_reader_is_lost_once_what_it_has_not_read_is_forgotten() -> None:
    feed = filled((0, 0))
    reader = Reader(feed, None)
    for offset in range(1, 5):
        add(feed, 0, offset)
    assert not reader.lost, "the one that is forgotten was read"
    add(feed, 0, 5)
    assert reader.lost
    assert not reader.lost
    add(feed, 1, 0)
    assert contents(reader) == ["1:0"]


@pytest.mark.parametrize(
    ("position", "lost"),
    [
        ({0: 0, 1: 0}, True),
        ({}, True),
        ({0: 1, 1: 0}, False),
        ({0: 5}, False),
        ({0: 6, 1: 0}, True),
        ({0: 1, 7: 3}, True),
    ],
    ids=["forgotten", "from the start", "all there", "at the end", "ahead of the topic", "of another topic"],
)
def test_a_position_that_cannot_be_gone_on_from_is_told(position: dict[int, int], lost: bool) -> None:
    feed = filled(*((0, offset) for offset in range(5)))
    assert Reader(feed, position).lost == lost


def test_a_reader_who_waits_while_the_feed_is_read_anew_gets_each_once() -> None:
    feed = filled((0, 0), (0, 1))
    reader = Reader(feed, {})
    assert contents(reader) == ["0:0", "0:1"]
    feed.opens({0: 0, 1: 0}, {0: 3, 1: 0})
    for offset in range(3):
        add(feed, 0, offset)
    assert not reader.lost
    assert contents(reader) == ["0:2"]


def test_a_worker_that_has_just_started_waits_for_what_the_reader_had() -> None:
    feed = Feed()
    feed.opens({0: 0}, {0: 7})
    assert not Reader(feed, {0: 5}).lost
    assert Reader(feed, {0: 8}).lost


async def test_news_is_told_to_those_who_wait() -> None:
    feed = filled()
    assert not await feed.news(0.01)
    waiting = asyncio.create_task(feed.news(30))
    await asyncio.sleep(0)
    add(feed, 0, 0)
    assert await waiting
