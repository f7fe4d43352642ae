"""The page of a worker that works, on both brokers."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson
import pytest

from schemas import Article
from streams.cli.demo_worker import free_port
from streams.pipeline import topics
from streams.pipeline.app import create_app
from streams.pipeline.feed import feed
from streams.pipeline.settings import Settings
from streams.pipeline.topics import STATEMENTS
from streams.web.serving import serve
from tests.kafka.null_extractor import NullExtractor
from tests.kafka.reading import first, write
from tests.kafka.test_worker import started

WITHIN = 60.0

Ask = Callable[[str], Awaitable[Any]]


@pytest.fixture
def paged(settings: Settings) -> Settings:
    """With a page on a port of its own, and its table on disk."""
    return settings.model_copy(update={"web_enabled": True, "web_port": free_port(0), "store": "rocksdb://"})


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[Ask]:
    """A worker with its page; what it gives asks the page for JSON, and waits until there is an answer."""
    app = serve(create_app(settings, NullExtractor))
    await app.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{settings.web_port}") as session:

        async def ask(path: str) -> Any:
            async with asyncio.timeout(WITHIN):
                while True:
                    try:
                        async with session.get(path) as answer:
                            if answer.status != 503:
                                return await answer.json()
                    except aiohttp.ClientConnectionError:
                        pass
                    await asyncio.sleep(0.1)

        yield ask
    await app.stop()


def articles(count: int, of: str = "FRA: no") -> list[Article]:
    return [Article(body=f"{of} {number}", id=f"{of[:3]}/{number}", language="en") for number in range(count)]


async def counted(ask: Ask, count: int) -> dict[str, Any]:
    """The picture of a day once it has ``count`` statements."""
    async with asyncio.timeout(WITHIN):
        while True:
            picture: dict[str, Any] = await ask("/api/picture")
            if picture["statements"] >= count:
                return picture
            await asyncio.sleep(0.1)


async def test_a_picture_counts_each_article_once_however_often_it_comes_and_survives_a_restart(
    paged: Settings,
) -> None:
    async with serving(paged) as ask:
        await feed(paged, articles(20))
        await counted(ask, 20)
        await feed(paged, [*articles(20), *articles(1, of="JPN: yes")])
        picture = await counted(ask, 21)
        assert (picture["statements"], picture["articles"]) == (21, 21)
    async with serving(paged) as ask:
        again = await counted(ask, 21)
        assert {**again, "until": 0, "since": 0} == {**picture, "until": 0, "since": 0}
        await feed(paged, articles(1, of="KOR: yes"))
        assert (await counted(ask, 22))["articles"] == 22


async def test_a_worker_that_has_lost_its_disk_has_the_picture_from_kafka(paged: Settings) -> None:
    async with serving(paged) as ask:
        await feed(paged, articles(10))
        await counted(ask, 10)
    shutil.rmtree(paged.data_folder)
    async with serving(paged) as ask:
        assert (await counted(ask, 10))["articles"] == 10


# The embedded cluster does not let a second worker join while the first one works.
@pytest.mark.kafka
@pytest.mark.parametrize("settings", ["apache"], indirect=True)
async def test_any_worker_shows_all_articles_with_their_statements(paged: Settings) -> None:
    other = paged.model_copy(update={"web_port": free_port(0), "data_folder": paged.data_folder / "other"})
    async with serving(paged) as ask, serving(other) as ask_other:
        await feed(paged, articles(12))
        for each in (ask, ask_other):
            assert (await counted(each, 12))["articles"] == 12
            for number in range(12):
                found = await each(f"/api/articles/FRA%2F{number}")
                assert found["article"]["body"] == f"FRA: no {number}"
                assert found["sentences"] == [[0, len(found["article"]["body"])]]
                assert [said["content"][0]["text"] for said in found["statements"]] == [found["article"]["body"]]
        assert "error" in await ask("/api/articles/FRA%2F99")


async def test_an_article_s_statements_are_found_when_the_page_remembers_them_no_more(
    paged: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streams.web.feed.Feed.of_article", lambda *_: [])
    async with serving(paged) as ask:
        await feed(paged, articles(5))
        await counted(ask, 5)
        found = await ask("/api/articles/FRA%2F3")
    assert [said["article_id"] for said in found["statements"]] == ["FRA/3"]
    assert found["statements"][0]["seen_at"] is not None


async def test_a_reader_goes_on_where_it_was_after_the_worker_was_started_anew(paged: Settings) -> None:
    address = f"http://127.0.0.1:{paged.web_port}/api/stream"
    async with serving(paged) as ask:
        position = (await ask("/api/statements"))["position"]
        await feed(paged, articles(10))
        async with aiohttp.ClientSession() as session, session.get(f"{address}?last_event_id={position}") as answer:
            first = await said(answer, 4)
    await feed(paged, articles(5, of="JPN: yes"))
    async with serving(paged) as ask:
        await ask("/api/statements")
        back = {"Last-Event-ID": first[-1][0]}
        async with aiohttp.ClientSession() as session, session.get(address, headers=back) as answer:
            second = await said(answer, 11)
    texts = [text for _, text in first + second]
    assert sorted(texts) == sorted(article.body for article in articles(10) + articles(5, of="JPN: yes"))


async def said(answer: aiohttp.ClientResponse, count: int) -> list[tuple[str, str]]:
    """Id and content of the next ``count`` statements of a stream."""
    found: list[tuple[str, str]] = []
    async with asyncio.timeout(WITHIN):
        while len(found) < count:
            lines = (await answer.content.readuntil(b"\n\n")).decode().strip().split("\n")
            fields = dict(line.split(": ", 1) for line in lines if not line.startswith(":"))
            assert fields.get("event") != "reset"
            if "event" in fields:
                found.append((fields["id"], orjson.loads(fields["data"])["content"][0]["text"]))
    return found


async def test_health_tells_what_waits_how_long_it_took_and_who_works(paged: Settings) -> None:
    async with serving(paged) as ask:
        await feed(paged, articles(30))
        await counted(ask, 30)
        health = await until(ask, lambda told: sum(topic["end"] for topic in told["topics"]) == 90)
        health = await until(ask, lambda told: sum(topic["lag"] for topic in told["topics"]) == 0)
    assert health["state"] in ("consuming", "idle")
    assert health["latency"]["count"] == 30
    assert 0 <= health["latency"]["p50"] <= health["latency"]["p99"] < WITHIN
    (worker,) = health["workers"]
    names = {f"{paged.topic_prefix}{name}" for name in ("news.articles", "news.sentences", "news.statements")}
    assert {each["topic"]: each["partitions"] for each in worker["assignments"]} == {
        name: [0, 1, 2, 3] for name in names
    }


async def test_a_dead_letter_is_opened_with_its_bytes(paged: Settings) -> None:
    async with serving(paged) as ask:
        await write(paged, [(b"\xff", b"caf\xe9 \x00", [("trace", b"7")])])
        told = await until(ask, lambda told: told["dead_letters"]["by_reason"])
        (line,) = (await ask("/api/dead-letters?reason=not_utf8"))["dead_letters"]
        letter = await ask(f"/api/dead-letters/{line['id']}")
        assert "error" in await ask("/api/dead-letters/0:99")
        assert "error" in await ask("/api/dead-letters/99:0")
        assert (await ask("/api/dead-letters?reason=other"))["dead_letters"] == []
    assert [(each["reason"], each["count"]) for each in told["dead_letters"]["by_reason"]] == [("not_utf8", 1)]
    assert bytes.fromhex(letter["hex"]) == b"caf\xe9 \x00"
    assert (letter["key"], letter["headers"], letter["text"]) == ("\\xff", [["trace", "7"]], None)


async def until(ask: Ask, true: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """The health once something is true of it."""
    async with asyncio.timeout(WITHIN):
        while not true(told := await ask("/api/health")):
            await asyncio.sleep(0.2)
    health: dict[str, Any] = told
    return health


# The embedded cluster ends with the process, and takes too long to give a lost worker's partitions to another one.
@pytest.mark.kafka
@pytest.mark.parametrize("settings", ["apache"], indirect=True)
async def test_a_picture_is_right_again_after_a_worker_was_killed(paged: Settings) -> None:
    await topics.ensure(paged)
    killed = await started(paged, STATEMENTS_SESSION_TIMEOUT="6", STATEMENTS_WEB_ENABLED="false")
    await feed(paged, articles(300))
    await first(1, paged, [STATEMENTS])
    killed.kill()
    await killed.communicate()
    async with serving(paged.model_copy(update={"session_timeout": 6.0})) as ask:
        picture = await counted(ask, 300)
        await until(ask, lambda told: sum(topic["lag"] for topic in told["topics"]) == 0)
        again = await counted(ask, 300)
    assert picture["statements"] == again["statements"] == 300
    assert again["articles"] == 300
