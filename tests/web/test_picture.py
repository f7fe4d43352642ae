"""Who speaks about whom, counted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest

from schemas.digest import Digest, Party
from schemas.statement import Act
from streams.web import pictures as pictures_module
from streams.web.picture import SCALE, Counts, Picture, Window, tone
from tests.web.conftest import Client
from tests.web.digests import NOW, Digests, digest, spoken

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WITHIN = 30.0


def drawn(*digests: Digest, clock: Any = "arrival", diplomatic: bool = False) -> Picture:
    picture = Picture(clock, diplomatic=diplomatic)
    for each in digests:
        picture.take(each, NOW)
    return picture


def pairs(counts: Counts) -> dict[str, int]:
    return {f"{speaker}>{target} {act}": count for ((speaker, target), act), count in counts.pairs.items()}


def test_every_state_that_speaks_is_paired_with_every_state_it_is_about() -> None:
    both = spoken(
        "JPN", "PRK", "CHN", speakers=tuple(Party(name=None, kind="country", country=c) for c in ("JPN", "KOR"))
    )
    counts = drawn(digest("a", both, spoken("USA"))).seen("all", NOW)
    assert pairs(counts) == {"JPN>PRK assert": 1, "JPN>CHN assert": 1, "KOR>PRK assert": 1, "KOR>CHN assert": 1}
    assert (counts.statements, counts.articles) == (2, 1)


def test_two_speakers_of_one_state_make_one_pair_and_two_speakers() -> None:
    two = spoken("JPN", "PRK", speakers=tuple(Party(name=name, kind="person", country="JPN") for name in ("A", "B")))
    counts = drawn(digest("a", two)).seen("all", NOW)
    assert pairs(counts) == {"JPN>PRK assert": 1}
    assert {speaker.name: count for speaker, count in counts.speakers.items()} == {"A": 1, "B": 1}


def test_what_is_told_not_to_have_been_said_is_not_counted() -> None:
    counts = drawn(digest("a", spoken("JPN", "PRK", negated=True))).seen("all", NOW)
    assert (counts.statements, pairs(counts), counts.articles) == (0, {}, 1)


def test_only_those_between_states_are_counted_where_that_is_asked() -> None:
    said = digest("a", spoken("JPN", "PRK"), spoken("JPN", "CHN", diplomatic=False))
    assert pairs(drawn(said, diplomatic=True).seen("all", NOW)) == {"JPN>PRK assert": 1}


@pytest.mark.parametrize(
    ("ago", "hour", "day"),
    [
        (timedelta(), 1, 1),
        (timedelta(minutes=59), 1, 1),
        (timedelta(minutes=64), 0, 1),
        (timedelta(hours=23, minutes=59), 0, 1),
        (timedelta(hours=25), 0, 0),
    ],
    ids=str,
)
def test_a_window_begins_with_the_bucket_in_which_it_begins(ago: timedelta, hour: int, day: int) -> None:
    picture = drawn(digest("a", spoken("JPN", "PRK"), at=NOW - ago))
    assert [picture.seen(window, NOW).statements for window in ("hour", "day", "all")] == [hour, day, 1]


def test_a_window_moves_on_with_time() -> None:
    picture = drawn(digest("a", spoken("JPN", "PRK")))
    assert [picture.seen("hour", NOW + later).statements for later in (HOUR, 2 * HOUR)] == [1, 0]
    assert picture.seen("day", NOW + 2 * DAY).statements == 0
    assert picture.seen("all", NOW + 2 * DAY).statements == 1


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("hour", [("15:30", "deny", 1)]),
        ("day", [("11:00", "assert", 2), ("15:00", "deny", 1)]),
        ("all", [("00:00", "assert", 2), ("00:00", "deny", 1)]),
    ],
)
def test_acts_are_told_by_steps_of_the_window(window: Window, expected: list[tuple[str, str, int]]) -> None:
    picture = drawn(
        digest("a", spoken(act="deny")),
        digest("b", spoken(), at=NOW - 4 * HOUR),
        digest("c", spoken(), at=NOW - 4 * HOUR + timedelta(minutes=10)),
    )
    assert [(f"{at:%H:%M}", act, count) for at, act, count in picture.acts(window, NOW)] == expected


def test_by_the_publisher_s_clock_an_article_counts_when_it_was_published_and_without_a_date_when_it_came() -> None:
    old = digest("a", spoken(act="deny"), published=datetime(2004, 12, 17, 12, tzinfo=UTC))
    without_zone = digest("b", spoken(act="deny"), published=datetime(2004, 12, 17))
    undated = digest("c", spoken(act="appeal"))
    picture = drawn(old, without_zone, undated, clock="published")
    assert picture.seen("day", NOW).statements == 1
    assert [(at.date().isoformat(), act, count) for at, act, count in picture.acts("all", NOW)] == [
        ("2004-12-17", "deny", 2),
        ("2026-01-02", "appeal", 1),
    ]


def test_an_article_that_is_taken_back_leaves_nothing() -> None:
    said = digest("a", spoken("JPN", "PRK", act="deny"), spoken("KOR", "JPN"))
    future = digest("b", spoken("JPN", "PRK"), at=NOW + 3 * HOUR)
    picture = drawn(said, future)
    picture.take(said, NOW + HOUR, -1)
    picture.take(future, NOW + 4 * HOUR, -1)
    for window in ("hour", "day", "all"):
        counts = picture.seen(window, NOW + 4 * HOUR)
        assert (counts.statements, counts.articles, counts.pairs, counts.speakers) == (0, 0, {}, {})
        assert picture.acts(window, NOW + 4 * HOUR) == []


def test_tone_goes_from_conflict_to_cooperation() -> None:
    assert tone({"pledge": 3}) == 1.0
    assert tone({"threaten": 1}) == -1.0
    assert tone({"assert": 3, "accuse": 1}) == -0.188
    assert SCALE.keys() == set(get_args(Act))
    assert all(-1 <= weight <= 1 for weight in SCALE.values())


@asynccontextmanager
async def kept(digests: Digests) -> AsyncIterator[None]:
    keeping = asyncio.create_task(digests.pictures.keep(digests))
    digests.recovered.set()
    async with asyncio.timeout(WITHIN):
        while digests.pictures.of("arrival", diplomatic=False) is None:
            await asyncio.sleep(0)
    yield
    keeping.cancel()


def statements(digests: Digests) -> int:
    picture = digests.pictures.of("arrival", diplomatic=False)
    assert picture is not None
    return picture.seen("all", NOW).statements


async def test_an_article_that_comes_again_is_not_counted_twice(digests: Digests) -> None:
    digests.put(digest("a", spoken()))
    async with kept(digests):
        assert statements(digests) == 1
        digests.put(digest("a", spoken()))
        assert statements(digests) == 1
        digests.put(digest("a", spoken(), spoken("KOR")))
        digests.put(digest("b", spoken()))
        assert statements(digests) == 3


async def test_what_changes_while_it_is_counted_is_counted_once(
    digests: Digests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures_module, "_AT_ONCE", 1)
    for number in range(10):
        digests.put(digest(f"a{number}", spoken()))
    keeping = asyncio.create_task(digests.pictures.keep(digests))
    digests.recovered.set()
    for _ in range(4):
        await asyncio.sleep(0)
    assert digests.pictures.of("arrival", diplomatic=False) is None, "it is in the midst of it"
    digests.put(digest("a0", spoken(), spoken()))
    digests.put(digest("a9", spoken(), spoken()))
    digests.put(digest("new", spoken()))
    async with asyncio.timeout(WITHIN):
        while digests.pictures.of("arrival", diplomatic=False) is None:
            await asyncio.sleep(0)
    keeping.cancel()
    assert statements(digests) == 13


async def test_what_is_too_old_is_forgotten(digests: Digests) -> None:
    digests.put(digest("old", spoken(), at=NOW - timedelta(days=31)))
    digests.put(digest("undated", spoken(), at=None))
    digests.put(digest("new", spoken()))
    async with kept(digests):
        assert statements(digests) == 2
        assert digests.keys() == [b"undated", b"new"]


async def test_a_picture_is_answered_once_it_is_counted(client: Client, digests: Digests) -> None:
    answer = await client.get("/api/picture")
    assert answer.status == 503
    assert "counting" in (await answer.json())["error"]
    came = datetime.now(UTC)
    digests.put(digest("a", spoken("JPN", "PRK", act="deny"), spoken("JPN", "PRK"), at=came))
    async with kept(digests):
        picture = await (await client.get("/api/picture?window=hour")).json()
    assert picture["pairs"] == [
        {"speaker": "JPN", "target": "PRK", "count": 2, "acts": {"deny": 1, "assert": 1}, "tone": -0.125}
    ]
    assert picture["speakers"] == [{"name": "Leader of JPN", "country": "JPN", "kind": "person", "count": 2}]
    assert sum(each["count"] for each in picture["acts"]) == picture["statements"] == 2
    assert (picture["articles"], picture["scale"]["pledge"]) == (1, 1.0)


@pytest.mark.parametrize("query", ["window=week", "by=rumour", "diplomatic=2", "window=day&window=hour"])
async def test_a_picture_of_something_else_is_refused(query: str, client: Client) -> None:
    assert (await client.get(f"/api/picture?{query}")).status == 400


async def test_an_unknown_article_is_told_from_one_that_is_not_known_yet(client: Client, digests: Digests) -> None:
    assert (await client.get("/api/articles/nowhere")).status == 503
    digests.recovered.set()
    answer = await client.get("/api/articles/no%2Fwhere")
    assert (answer.status, await answer.json()) == (404, {"error": "no article 'no/where' is known, or none any more"})
