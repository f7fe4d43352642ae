"""The page over HTTP, served by Faust's web server; without a worker behind it where none is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from streams.pipeline.app import create_app
from streams.pipeline.settings import load
from streams.web.feed import Feed
from streams.web.serving import mount
from streams.web.sources import Sources
from tests.cli.examples import WordExtractor
from tests.web.digests import Digests

Client = TestClient[Request, Application]


@pytest.fixture
def feed() -> Feed:
    """What the page shows, filled by the test."""
    feed = Feed(kept=6)
    feed.opens({0: 0, 1: 0}, {0: 0, 1: 0})
    return feed


@pytest.fixture
def digests() -> Digests:
    """The table behind the pictures, filled by the test."""
    return Digests()


@pytest.fixture
async def client(feed: Feed, digests: Digests) -> AsyncIterator[Client]:
    """Asks the page."""
    app = create_app(load(), extractor=WordExtractor)
    mount(app, replace(Sources.of(app), feed=feed, digests=digests, pictures=digests.pictures))
    async with TestClient(TestServer(await app.web.wsgi())) as client:
        yield client
