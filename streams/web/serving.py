"""Joins the page to a worker."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing

from faust.web.drivers.aiohttp import Web

from schemas.statement import Statement
from streams.errors import StatementsError
from streams.pipeline.app import StatementsApp
from streams.pipeline.settings import Settings
from streams.pipeline.tail import tail
from streams.pipeline.topics import STATEMENTS
from streams.web.latest import Latest
from streams.web.page import blueprint

logger = logging.getLogger(__name__)

_PAUSE = 5.0


class PageWeb(Web):
    """Faust's web server with nothing of its own at ``/``, and none of the pages that show a worker's inside."""

    default_blueprints = ()
    production_blueprints = ()


def serve(app: StatementsApp) -> StatementsApp:
    """``app`` with the page at its web address, where it has one: what all workers find, from now on."""
    if app.settings.web_enabled:
        latest = Latest()
        app.web = PageWeb(app)
        app.web.blueprints.add("", blueprint(latest, app))

        async def follow() -> None:
            await _follow(app.settings, latest)

        app.task(follow)
    return app


async def _follow(settings: Settings, latest: Latest) -> None:
    """Reads along for ever. A page that hears nothing for a while is no reason to end a worker."""
    while True:
        try:
            async with aclosing(tail(settings, (STATEMENTS,))) as reading:
                async for received in reading:
                    if isinstance(received.message, Statement):
                        latest.add(received.message)
        except StatementsError as error:
            logger.warning("The page has to wait: %s", error)
        await asyncio.sleep(_PAUSE)
