"""The page's files, and what every answer has."""

from __future__ import annotations

import re

import pytest

from streams.pipeline.app import create_app
from streams.pipeline.settings import load
from streams.web.files import STATIC
from streams.web.serving import PageWeb, serve
from tests.cli.examples import WordExtractor
from tests.web.conftest import Client


async def test_the_page_loads_nothing_from_elsewhere(client: Client) -> None:
    answer = await client.get("/")
    assert (answer.status, answer.content_type) == (200, "text/html")
    text = await answer.text()
    loaded = [found for found in re.findall(r'(?:src|href)="([^"#?]+)"', text) if "." in found]
    assert loaded
    for name in loaded:
        assert not re.match(r"\w+:|//", name)
        assert (await client.get(f"/{name.removeprefix('/')}")).status == 200


@pytest.mark.parametrize(
    "address", ["/", "/static/page.js", "/api/statements", "/api/statements?limit=x", "/nowhere", "/healthz"]
)
async def test_every_answer_is_strict_whatever_it_is(address: str, client: Client) -> None:
    headers = (await client.get(address)).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(("name", "kind"), [("page.html", "text/html"), ("page.js", "text/javascript")])
async def test_each_file_says_what_it_is_and_is_sent_once(name: str, kind: str, client: Client) -> None:
    answer = await client.get(f"/static/{name}")
    assert (answer.content_type, answer.charset) == (kind, "utf-8")
    assert await answer.read() == (STATIC / name).read_bytes()
    again = await client.get(f"/static/{name}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status, await again.read()) == (304, b"")
    other = await client.get(f"/static/{name}", headers={"If-None-Match": '"another"'})
    assert other.status == 200


@pytest.mark.parametrize("path", ["../serving.py", "%2e%2e/serving.py", "..%2Fserving.py", "nowhere.js", "page.html/"])
async def test_no_path_leads_out_of_the_folder(path: str, client: Client) -> None:
    assert (await client.get(f"/static/{path}")).status == 404


@pytest.mark.parametrize("address", ["/router/", "/table/", "/nowhere", "/static"])
async def test_there_is_nothing_else_and_it_says_so_in_words(address: str, client: Client) -> None:
    answer = await client.get(address)
    assert (answer.status, await answer.json()) == (404, {"error": "there is nothing at this address"})


async def test_nothing_can_be_changed(client: Client) -> None:
    answer = await client.post("/api/statements")
    assert answer.status == 405
    assert "only read" in (await answer.json())["error"]


async def test_a_worker_that_works_is_well(client: Client) -> None:
    answer = await client.get("/healthz")
    assert (answer.status, await answer.json()) == (200, {"status": "ok"})


async def test_a_worker_that_has_not_looked_at_its_work_is_alive_but_not_ready(client: Client) -> None:
    answer = await client.get("/readyz")
    assert answer.status == 503
    assert (await answer.json())["reason"] == "the worker has not looked at its work yet"


def test_a_worker_without_a_web_address_has_no_page() -> None:
    assert not isinstance(serve(create_app(load(web_enabled=False), extractor=WordExtractor)).web, PageWeb)
