"""The addresses under ``/api``."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import orjson
from aiohttp import web
from faust.web import Blueprint

from streams import knowledge
from streams.pipeline.settings import Settings
from streams.web import answers
from streams.web.answers import RefusalError, routed
from streams.web.articles import find
from streams.web.feed import Entry, Feed
from streams.web.position import written
from streams.web.questions import NoQuestion, StatementsQuestion
from streams.web.stream import stream

_OPENS_WITHIN = 5.0


def api(settings: Settings, feed: Feed) -> Blueprint:
    """What a worker that follows the stream in ``feed`` answers."""
    blueprint = Blueprint("api")

    async def statements(request: web.Request) -> web.StreamResponse:
        """The latest statements, newest first."""
        question: StatementsQuestion = answers.query(request, StatementsQuestion)
        await _opened(feed)
        found = feed.newest(question.wanted, question.limit, question.before)
        return answers.json(
            {
                "statements": _fragments(found),
                "position": written(feed.position),
                "total_kept": len(feed),
                "before": found[-1].place if len(found) == question.limit else None,
            }
        )

    async def follow(request: web.Request) -> web.StreamResponse:
        """The statements as they come (server-sent events)."""
        return await stream(request, feed)

    async def article(request: web.Request) -> web.StreamResponse:
        """An article with its sentences and its statements."""
        answers.query(request, NoQuestion)
        article_id = request.match_info["article_id"]
        batch = await find(settings, article_id)
        if batch is None:
            raise RefusalError(404, f"no article {article_id[:100]!r} is known, or none any more")
        return answers.json(
            {
                "article": batch.article,
                "sentences": [sentence for paragraph in batch.paragraphs for sentence in paragraph.sentences],
                "statements": _fragments(feed.of_article(article_id)),
            }
        )

    async def countries(request: web.Request) -> web.StreamResponse:
        """The names of the states by their codes."""
        answers.query(request, NoQuestion)
        known = knowledge.load(settings.knowledge).countries
        return answers.json({code: {"name": country.name} for code, country in known.items()})

    routed(blueprint, "/api/statements", "statements", statements)
    routed(blueprint, "/api/stream", "stream", follow)
    routed(blueprint, "/api/articles/{article_id:.+}", "article", article)
    routed(blueprint, "/api/countries", "countries", countries)
    return blueprint


async def _opened(feed: Feed) -> None:
    try:
        await asyncio.wait_for(feed.opened.wait(), _OPENS_WITHIN)
    except TimeoutError:
        raise RefusalError(503, "the worker has not reached the statements yet; it goes on trying") from None


def _fragments(entries: Sequence[Entry]) -> list[orjson.Fragment]:
    return [orjson.Fragment(entry.json) for entry in entries]
