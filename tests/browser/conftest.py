"""A browser, a web server whose statements the test chooses, and a worker on a broker in memory."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from PIL import Image
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, async_playwright

from schemas import Statement
from streams.pipeline.app import create_app
from streams.pipeline.settings import load
from streams.web.feed import Feed
from streams.web.serving import mount
from streams.web.sources import Sources
from tests.cli.examples import WordExtractor

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SCREENSHOTS = Path(__file__).parents[2] / "docs" / "screenshots"
PATIENCE = 60_000
"""Milliseconds that a condition may take to come true: the machine may have other work."""

Open = Callable[..., Awaitable[Page]]
Shoot = Callable[[Page, str], Awaitable[None]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One event loop for all of them, since they share the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def program() -> str:
    """The browser's path. Without one the tests are skipped; REQUIRE_BROWSER=1 makes that a failure."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("no Chromium is installed, and REQUIRE_BROWSER=1 asks for one")
        pytest.skip("no Chromium is installed")
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium for the whole session."""
    path = program()
    async with async_playwright() as playwright:
        # Root, as in a container, has to go without Chromium's sandbox.
        browser = await playwright.chromium.launch(executable_path=path, chromium_sandbox=os.geteuid() != 0)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser) -> AsyncIterator[Open]:
    """``await open_page(address, width=1280, ...)`` opens one. Its errors, and requests to elsewhere, fail the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    async def opened(address: str, *, width: int = 1280, height: int = 860, dark: bool = False) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        host = address.split("/")[2]

        def heard(message: ConsoleMessage) -> None:
            # What the browser itself says when an answer was an error or none: some tests make it so.
            if message.type == "error" and not message.text.startswith("Failed to load resource"):
                wrong.append(message.text)

        def asked(request: Request) -> None:
            if request.url.startswith(("http:", "https:")) and request.url.split("/")[2] != host:
                wrong.append(f"asked elsewhere: {request.url}")

        page.on("console", heard)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", asked)
        await page.goto(address)
        return page

    yield opened
    for context in contexts:
        await context.close()
    assert wrong == []


@pytest.fixture
def feed() -> Feed:
    """What the server shows, filled by the test: `arrive`."""
    feed = Feed()
    feed.opens({0: 0}, {0: 0})
    return feed


def arrive(feed: Feed, *statements: Statement) -> None:
    """They come to the worker, in this order."""
    for statement in statements:
        feed.add(statement, 0, feed.position.get(0, 0), datetime.now(UTC))


async def serve(feed: Feed, port: int = 0) -> TestServer:
    """A worker's web server without the worker; 0 takes any port."""
    app = create_app(load(), extractor=WordExtractor)
    mount(app, replace(Sources.of(app), feed=feed))
    server = TestServer(await app.web.wsgi(), port=port or None)
    await server.start_server()
    return server


@pytest_asyncio.fixture(loop_scope="session")
async def server(feed: Feed) -> AsyncIterator[str]:
    """The address of a server that shows ``feed``."""
    server = await serve(feed)
    yield str(server.make_url("/"))
    feed.close()
    await server.close()


async def answering(page: Page, path: str, answer: Any, status: int = 200) -> None:
    """From now on the page gets ``answer`` at ``path`` below ``api/``, whatever the server would say."""
    await page.route(f"**/api/{path}", lambda route: route.fulfill(status=status, json=answer))


@pytest.fixture
def shoot() -> Shoot:
    """Keeps a picture of a page in docs/screenshots; only when SCREENSHOTS=1 asks for new ones."""

    async def shot(page: Page, name: str) -> None:
        if os.environ.get("SCREENSHOTS") == "1":
            SCREENSHOTS.mkdir(exist_ok=True)
            taken = Image.open(BytesIO(await page.screenshot(animations="disabled"))).convert("RGB")
            few = taken.quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
            few.save(SCREENSHOTS / f"{name}.png", optimize=True)

    return shot
