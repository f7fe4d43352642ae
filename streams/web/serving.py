"""Joins the page to a worker."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import aclosing
from functools import partial
from typing import Any

from aiokafka import TopicPartition
from faust.types import AppT
from faust.web.drivers.aiohttp import Web

from schemas.statement import Statement
from streams.errors import StatementsError
from streams.pipeline.app import StatementsApp, create_table_app
from streams.pipeline.digests import DigestTable
from streams.pipeline.settings import Settings
from streams.pipeline.tail import Bounds, tail
from streams.pipeline.topics import STATEMENTS
from streams.web.answers import in_words, with_headers
from streams.web.api import Sources, api
from streams.web.feed import KEPT, Feed
from streams.web.files import files_blueprint
from streams.web.health import health
from streams.web.pictures import Pictures

logger = logging.getLogger(__name__)

_PAUSE = 5.0


class PageWeb(Web):
    """Faust's web server with nothing of its own at ``/``, none of the pages that show a worker's inside, and our
    headers on every answer."""

    default_blueprints = ()
    production_blueprints = ()

    def __init__(self, app: AppT, **options: Any) -> None:
        super().__init__(app, **options)
        self.web_app.middlewares.append(in_words)
        self.web_app.on_response_prepare.append(with_headers)


def serve(app: StatementsApp) -> StatementsApp:
    """``app`` with the page at its web address, where it has one: what all workers find, from now on."""
    if app.settings.web_enabled:
        feed, pictures = Feed(), Pictures()
        digests = DigestTable(app.settings, partial(create_table_app, app.settings), pictures.changed)
        mount(app, Sources(app.settings, feed, digests, pictures))

        async def follow() -> None:
            await _follow(app.settings, feed)

        async def count() -> None:
            await pictures.keep(digests)

        for life in (follow, digests.run, count):
            app.task(life)
    return app


def mount(app: StatementsApp, sources: Sources) -> None:
    """Gives ``app`` the web server that shows ``sources``, which somebody else fills."""
    app.web = PageWeb(app)
    app.web.web_app.on_shutdown.append(_closing(sources.feed))
    for each in (files_blueprint(), health(app), api(sources)):
        app.web.blueprints.add("", each)


def _closing(feed: Feed) -> Any:
    async def close(_: object) -> None:
        """Before aiohttp waits for its open answers: a stream would never end by itself."""
        feed.close()

    return close


async def _follow(settings: Settings, feed: Feed) -> None:
    """Reads along for ever. A page that hears nothing for a while is no reason to end a worker."""

    def opened(bounds: Bounds) -> None:
        feed.opens(_by_partition(bounds.start), _by_partition(bounds.end))

    while True:
        try:
            async with aclosing(tail(settings, (STATEMENTS,), last=KEPT, opened=opened)) as reading:
                async for received in reading:
                    if isinstance(received.message, Statement):
                        feed.add(received.message, received.partition, received.offset, received.written_at)
                    else:
                        feed.skip(received.partition, received.offset)
        except StatementsError as error:
            logger.warning("The page has to wait: %s", error)
        await asyncio.sleep(_PAUSE)


def _by_partition(offsets: Mapping[TopicPartition, int]) -> dict[int, int]:
    return {place.partition: offset for place, offset in offsets.items()}
