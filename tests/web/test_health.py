"""How the stream and its workers are, as the page tells it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment
from hypothesis import given
from hypothesis import strategies as st

from schemas.dead_letter import DeadLetter
from streams.pipeline.app import create_app
from streams.pipeline.positions import Place, Position
from streams.pipeline.settings import load
from streams.web import health
from streams.web.census import Census, Member, by_topic, places_of
from streams.web.latencies import Latencies, percentiles
from streams.web.letters import Letters, opened
from streams.web.sources import Sources
from tests.cli.examples import WordExtractor
from tests.web.digests import NOW

ARTICLES, STATEMENTS, DEAD = Place("news.articles", 0), Place("news.statements", 1), Place("news.dead-letters", 0)


def letter(reason: str, value: bytes | None = b"{") -> DeadLetter:
    return DeadLetter.of(
        reason=reason, stage="sentences", error="line 1", topic="news.articles", partition=2, offset=7,
        key=None, headers=(), value=value,
    )  # fmt: skip


def sources() -> Sources:
    return Sources.of(create_app(load(), extractor=WordExtractor))


async def test_before_the_broker_has_told_anything_there_is_nothing_but_the_worker() -> None:
    answer = health.answer(sources(), datetime.now(UTC))
    assert (answer.state, answer.topics, answer.dead_letters.total) == ("starting", [], 0)
    assert (answer.latency.p50, answer.latency.count) == (None, 0)
    assert [worker.client_id for worker in answer.workers] == ["this worker"]
    assert {rate.in_per_s for rate in answer.rates} == {0.0}


async def test_what_waits_and_how_fast_it_goes_comes_from_the_broker() -> None:
    known = sources()
    known.census.look(100.0, {ARTICLES: Position(10, 4), STATEMENTS: Position(0, 0), DEAD: Position(2, 0)})
    known.census.look(110.0, {ARTICLES: Position(30, 14), STATEMENTS: Position(5, 5), DEAD: Position(3, 0)})
    answer = health.answer(known, datetime.now(UTC))
    assert [(topic.topic, topic.partition, topic.end, topic.committed, topic.lag) for topic in answer.topics] == [
        ("news.articles", 0, 30, 14, 16),
        ("news.statements", 1, 5, 5, 0),
    ]
    rates = {rate.topic: (rate.in_per_s, rate.out_per_s) for rate in answer.rates}
    assert rates["news.articles"] == (2.0, 1.0)
    assert rates["news.dead-letters"] == (0.1, None)
    assert answer.dead_letters.total == 3


async def test_a_dead_letter_that_was_read_counts_though_the_broker_has_not_been_asked_since() -> None:
    known = sources()
    known.census.look(100.0, {DEAD: Position(0, 0)})
    known.letters.add(letter("invalid_json"), 0, 0, datetime.now(UTC))
    answer = health.answer(known, datetime.now(UTC))
    assert answer.dead_letters.total == 1
    assert [(each.reason, each.count) for each in answer.dead_letters.by_reason] == [("invalid_json", 1)]


def test_rates_are_those_of_the_last_half_minute() -> None:
    census = Census(load())
    for at in range(0, 100, 2):
        census.look(float(at), {ARTICLES: Position(at if at < 50 else 50, 0)})
    assert census.rate("news.articles").written == 0.0


async def test_members_of_the_group_are_told_with_what_they_have() -> None:
    known = sources()
    known.census.members = (Member("w-1", "10.0.0.1", (STATEMENTS, ARTICLES, Place("news.articles", 3))),)
    (worker,) = health.answer(known, datetime.now(UTC)).workers
    assert (worker.client_id, worker.host) == ("w-1", "10.0.0.1")
    assert [(each.topic, each.partitions) for each in worker.assignments] == [
        ("news.articles", [0, 3]),
        ("news.statements", [1]),
    ]


def test_an_assignment_is_read_from_the_group_s_protocol() -> None:
    given = ConsumerProtocolMemberAssignment(0, [("news.articles", [1, 0])], b"faust's own").encode()
    assert by_topic(places_of(given)) == {"news.articles": [0, 1]}
    assert places_of(b"") == ()


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [([], None), ([3.0], (3.0, 3.0, 3.0)), (list(map(float, range(101))), (50.0, 95.0, 99.0))],
)
def test_percentiles(seconds: list[float], expected: tuple[float, float, float] | None) -> None:
    assert percentiles(seconds) == (pytest.approx(expected) if expected else None)


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=40).map(sorted))
def test_percentiles_are_in_order(seconds: list[float]) -> None:
    found = percentiles(seconds)
    assert found is not None
    assert list(found) == sorted(found)


def test_percentiles_of_equal_times_are_in_order() -> None:
    found = percentiles([0.056] * 30)
    assert found == (0.056, 0.056, 0.056)


def test_latencies_are_those_of_the_last_five_minutes_and_never_negative() -> None:
    latencies = Latencies()
    latencies.add(NOW - timedelta(seconds=400), NOW - timedelta(seconds=390))
    latencies.add(NOW - timedelta(seconds=4), NOW - timedelta(seconds=2))
    latencies.add(NOW + timedelta(seconds=1), NOW)
    assert latencies.lately(NOW) == [0.0, 2.0]


def test_dead_letters_are_counted_by_reason_and_the_newest_come_first() -> None:
    letters = Letters()
    for offset, reason in enumerate(["not_json", "empty_body", "not_json"]):
        letters.add(letter(reason), 1, offset, NOW + timedelta(minutes=offset))
    assert [(each.reason, each.count, each.last_at) for each in letters.by_reason()] == [
        ("not_json", 2, NOW + timedelta(minutes=2)),
        ("empty_body", 1, NOW + timedelta(minutes=1)),
    ]
    assert [line.id for line in letters.newest(None, 2)] == ["1:2", "1:1"]
    assert [line.id for line in letters.newest("not_json", 5)] == ["1:2", "1:0"]


def test_a_letter_without_its_message_shows_none() -> None:
    found = opened(letter("not_json").abridged(), 0, 0, NOW)
    assert (found.size, found.text, found.hex, found.truncated) == (None, None, "", False)


def test_a_long_message_is_shown_in_part() -> None:
    found = opened(letter("not_json", b"x" * 100_000), 0, 0, NOW)
    assert (found.size, len(found.text or ""), len(found.hex), found.truncated) == (100_000, 65_536, 8_192, True)
