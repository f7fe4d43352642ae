"""The page over HTTP, served by Faust's web server; without a worker behind it where none is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from streams.pipeline.app import create_app
from streams.pipeline.settings import load
from streams.web.feed import Feed
from streams.web.serving import mount
from tests.cli.examples import WordExtractor

Client = TestClient[Request, Application]


@pytest.fixture
def feed() -> Feed:
    """What the page shows, filled by the test."""
    feed = Feed(kept=6)
    feed.opens({0: 0, 1: 0}, {0: 0, 1: 0})
    return feed


@pytest.fixture
async def client(feed: Feed) -> AsyncIterator[Client]:
    """Asks the page."""
    app = create_app(load(), extractor=WordExtractor)
    mount(app, feed)
    async with TestClient(TestServer(await app.web.wsgi())) as client:
        yield client
