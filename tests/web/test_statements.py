"""``/api/statements`` and ``/api/stream``."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from aiohttp import ClientResponse

from streams.web import stream as stream_module
from streams.web.feed import Feed
from tests.cli.examples import speaker, statement, target
from tests.web.conftest import Client

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
WITHIN = 30.0


@dataclass(frozen=True)
class Event:
    kind: str
    id: str
    data: Any


async def events(answer: ClientResponse, count: int) -> list[Event]:
    """The next ``count`` events, waited for."""
    found: list[Event] = []
    async with asyncio.timeout(WITHIN):
        while len(found) < count:
            block = (await answer.content.readuntil(b"\n\n")).decode()
            fields = dict(line.split(": ", 1) for line in block.strip().split("\n") if not line.startswith(":"))
            if "event" in fields:
                found.append(Event(fields["event"], fields["id"], orjson.loads(fields["data"])))
    return found


def add(feed: Feed, offset: int, **fields: Any) -> None:
    content = fields.pop("content", f"statement {offset}")
    feed.add(statement(content, article_id=f"a{offset}", **fields), 0, offset, NOW)


async def ids(client: Client, query: str) -> list[str]:
    answer = await client.get(f"/api/statements?{query}")
    assert answer.status == 200, await answer.text()
    return [each["article_id"] for each in (await answer.json())["statements"]]


async def test_the_newest_come_first_page_by_page(client: Client, feed: Feed) -> None:
    for offset in range(5):
        add(feed, offset)
    first = await (await client.get("/api/statements?limit=3")).json()
    assert [each["article_id"] for each in first["statements"]] == ["a4", "a3", "a2"]
    assert (first["position"], first["total_kept"]) == ("0:5,1:0", 5)
    second = await (await client.get(f"/api/statements?limit=3&before={first['before']}")).json()
    assert [each["article_id"] for each in second["statements"]] == ["a1", "a0"]
    assert second["before"] is None


async def test_nothing_has_come_yet(client: Client) -> None:
    answer = await client.get("/api/statements")
    assert await answer.json() == {"statements": [], "position": "0:0,1:0", "total_kept": 0, "before": None}
    assert answer.headers["Cache-Control"] == "no-store"


async def test_conditions_combine(client: Client, feed: Feed) -> None:
    add(feed, 0, act="deny", kind="direct")
    add(feed, 1, speakers=(speaker("Kofi Annan", country=None), speaker("Roh Moo-hyun", country="KOR")), act="appeal")
    add(feed, 2, content="the Straße is open", diplomatic=False, targets=(target(),))
    assert await ids(client, "country=JPN") == ["a2", "a0"]
    assert await ids(client, "country=kor&speaker=annan") == ["a1"]
    assert await ids(client, "act=deny&act=appeal") == ["a1", "a0"]
    assert await ids(client, "act=deny&kind=indirect") == []
    assert await ids(client, f"q={quote('STRASSE')}") == ["a2"]
    assert await ids(client, "diplomatic=1") == ["a1", "a0"]
    assert await ids(client, "diplomatic=1&country=JPN&country=KOR&kind=indirect") == ["a1"]


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=many", "limit"),
        ("limit=1&limit=2", "2 times"),
        ("before=x", "before"),
        ("country=North", "country"),
        ("act=shout", "act"),
        ("kind=loud", "kind"),
        ("diplomatic=perhaps", "diplomatic"),
        ("color=red", "known are limit"),
        (f"q={'x' * 201}", "q"),
    ],
)
async def test_a_bad_question_is_refused_in_words(query: str, word: str, client: Client) -> None:
    answer = await client.get(f"/api/statements?{query}")
    assert answer.status == 400
    assert word in (await answer.json())["error"]


async def test_statements_are_streamed_as_they_come(client: Client, feed: Feed) -> None:
    add(feed, 0)
    async with client.get("/api/stream") as answer:
        assert answer.content_type == "text/event-stream"
        add(feed, 1)
        add(feed, 2)
        found = await events(answer, 2)
    assert [(event.kind, event.id, event.data["article_id"]) for event in found] == [
        ("statement", "0:2,1:0", "a1"),
        ("statement", "0:3,1:0", "a2"),
    ]


async def test_a_reader_who_comes_back_misses_nothing(client: Client, feed: Feed) -> None:
    for offset in range(4):
        add(feed, offset)
    async with client.get("/api/stream", headers={"Last-Event-ID": "0:2,1:0"}) as answer:
        assert [event.data["article_id"] for event in await events(answer, 2)] == ["a2", "a3"]
    async with client.get("/api/stream?last_event_id=0:3") as answer:
        assert [event.id for event in await events(answer, 1)] == ["0:4"]


async def test_what_the_browser_says_goes_before_the_address(client: Client, feed: Feed) -> None:
    for offset in range(2):
        add(feed, offset)
    async with client.get("/api/stream?last_event_id=0:0", headers={"Last-Event-ID": "0:1"}) as answer:
        assert [event.data["article_id"] for event in await events(answer, 1)] == ["a1"]


async def test_a_reader_who_is_too_far_behind_is_told_to_start_anew(client: Client, feed: Feed) -> None:
    for offset in range(9):
        add(feed, offset)
    async with client.get("/api/stream?last_event_id=0:1") as answer:
        (told,) = await events(answer, 1)
        assert (told.kind, told.id) == ("reset", "0:9,1:0")
        add(feed, 9)
        assert [event.data["article_id"] for event in await events(answer, 1)] == ["a9"]


async def test_a_silent_stream_gives_signs_of_life(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_module, "HEARTBEAT", 0.01)
    async with client.get("/api/stream") as answer, asyncio.timeout(WITHIN):
        assert await answer.content.readuntil(b"\n\n") == b"retry: 2000\n\n"
        assert await answer.content.readuntil(b"\n\n") == b": still here\n\n"


async def test_a_position_that_is_none_is_refused(client: Client) -> None:
    answer = await client.get("/api/stream", headers={"Last-Event-ID": "yesterday"})
    assert answer.status == 400
    assert "Last-Event-ID" in (await answer.json())["error"]


async def test_open_streams_end_when_the_worker_does(client: Client) -> None:
    async with client.get("/api/stream") as answer:
        await answer.content.readuntil(b"\n\n")
        await client.server.close()
        async with asyncio.timeout(WITHIN):
            assert await answer.content.read() == b""


async def test_many_readers_share_what_is_remembered(client: Client, feed: Feed) -> None:
    answers = [await client.get("/api/stream") for _ in range(50)]
    add(feed, 0)
    found = await asyncio.gather(*(events(answer, 1) for answer in answers))
    assert {event.data["article_id"] for (event,) in found} == {"a0"}
    for answer in answers:
        answer.close()


async def test_the_states_have_names(client: Client) -> None:
    names = await (await client.get("/api/countries")).json()
    assert names["PRK"] == {"name": "North Korea"}
