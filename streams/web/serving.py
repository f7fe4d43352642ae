"""Joins the page to a worker."""

from __future__ import annotations

from typing import Any

from faust.types import AppT
from faust.web.drivers.aiohttp import Web

from streams.pipeline.app import StatementsApp
from streams.web.answers import in_words, with_headers
from streams.web.api import api
from streams.web.exposition import exposition
from streams.web.feed import Feed
from streams.web.files import files_blueprint
from streams.web.probes import probes
from streams.web.sources import Sources


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
        sources = Sources.of(app)
        mount(app, sources)
        app.task(sources.read)
    return app


def mount(app: StatementsApp, sources: Sources) -> None:
    """Gives ``app`` the web server that shows ``sources``, which somebody else fills."""
    app.web = PageWeb(app)
    app.web.web_app.on_shutdown.append(_closing(sources.feed))
    for each in (files_blueprint(), probes(app), exposition(sources), api(sources)):
        app.web.blueprints.add("", each)


def _closing(feed: Feed) -> Any:
    async def close(_: object) -> None:
        """Before aiohttp waits for its open answers: a stream would never end by itself."""
        feed.close()

    return close
