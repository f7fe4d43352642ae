"""The page over HTTP, served by Faust's web server without a worker behind it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from streams.pipeline.app import create_app
from streams.pipeline.settings import load
from streams.web.latest import Latest
from streams.web.page import blueprint
from streams.web.serving import PageWeb, serve
from tests.cli.examples import WordExtractor, statement

Client = TestClient[Request, Application]


@pytest.fixture
def latest() -> Latest:
    return Latest()


@pytest.fixture
async def client(latest: Latest) -> AsyncIterator[Client]:
    app = create_app(load(), extractor=WordExtractor)
    app.web = PageWeb(app)
    app.web.blueprints.add("", blueprint(latest, app))
    async with TestClient(TestServer(await app.web.wsgi())) as client:
        yield client


async def test_the_page_loads_nothing_from_elsewhere(client: Client) -> None:
    answer = await client.get("/")
    assert answer.status == 200
    assert answer.content_type == "text/html"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    text = await answer.text()
    loaded = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert loaded == ["page.css", "page.js", "statements.json"]
    for name in loaded:
        assert (await client.get(f"/{name}")).status == 200


@pytest.mark.parametrize(("name", "kind"), [("page.css", "text/css"), ("page.js", "text/javascript")])
async def test_each_file_says_what_it_is(name: str, kind: str, client: Client) -> None:
    answer = await client.get(f"/{name}")
    assert answer.content_type == kind
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "http" not in await answer.text()


async def test_statements_come_once_to_each_reader(client: Client, latest: Latest) -> None:
    latest.add(statement("one", article_id="1"))
    latest.add(statement("two", article_id="2"))
    news = await (await client.get("/statements.json")).json()
    assert [each["content"][0]["text"] for each in news["statements"]] == ["one", "two"]
    again = await (await client.get(f"/statements.json?after={news['last']}")).json()
    assert again == {"last": 2, "statements": []}


@pytest.mark.parametrize("after", ["x", "-1", "1e3", "²", "9" * 16])
async def test_a_number_that_is_none_is_refused(after: str, client: Client) -> None:
    assert (await client.get("/statements.json", params={"after": after})).status == 400


async def test_a_worker_that_works_is_well(client: Client) -> None:
    answer = await client.get("/healthz")
    assert (answer.status, await answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("address", ["/router/", "/table/", "/nowhere"])
async def test_there_is_nothing_else(address: str, client: Client) -> None:
    assert (await client.get(address)).status == 404


def test_a_worker_without_a_web_address_has_no_page() -> None:
    assert not isinstance(serve(create_app(load(web_enabled=False), extractor=WordExtractor)).web, PageWeb)
