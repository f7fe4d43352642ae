"""The addresses under ``/api``."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from datetime import UTC, datetime

import orjson
from aiohttp import web
from faust.web import Blueprint

from schemas.digest import Digest
from schemas.statement import Act
from streams import knowledge
from streams.errors import BrokerError
from streams.web import answers, articles, contract, health
from streams.web.answers import Answer, RefusalError, query, routed
from streams.web.letters import letter_at
from streams.web.openapi import document
from streams.web.picture import SCALE, Pair, Picture, since, tone
from streams.web.position import written
from streams.web.questions import DeadLettersQuestion, NoQuestion, PictureQuestion, StatementsQuestion
from streams.web.sources import Sources
from streams.web.stream import stream

_OPENS_WITHIN = 5.0
_PLACE = re.compile(r"(\d{1,6}):(\d{1,18})", re.ASCII)
_PAIRS = 2_000
_SPEAKERS = 25


def api(sources: Sources) -> Blueprint:
    """What a worker answers from ``sources``."""
    blueprint = Blueprint("api")
    desk = _Desk(sources)
    answering: dict[str, Answer] = {
        "statements": desk.statements,
        "stream": desk.stream,
        "article": desk.article,
        "picture": desk.picture,
        "health": desk.health,
        "dead_letters": desk.dead_letters,
        "dead_letter": desk.dead_letter,
        "countries": desk.countries,
    }
    for name, answer in answering.items():
        # An article's id may have anything in it, a slash too.
        path = contract.ENDPOINTS[name].path.replace("{article_id}", "{article_id:.+}")
        routed(blueprint, path, name, answer)
    routed(blueprint, "/api/openapi.json", "openapi", desk.openapi)
    return blueprint


class _Desk:
    def __init__(self, sources: Sources) -> None:
        self._from = sources

    async def statements(self, request: web.Request) -> web.StreamResponse:
        question: StatementsQuestion = query(request, StatementsQuestion)
        feed = self._from.feed
        try:
            await asyncio.wait_for(feed.opened.wait(), _OPENS_WITHIN)
        except TimeoutError:
            raise RefusalError(503, "the worker has not reached the statements yet; it goes on trying") from None
        found = feed.newest(question.wanted, question.limit, question.before)
        return answers.json(
            {
                "statements": [orjson.Fragment(entry.json) for entry in found],
                "position": written(feed.position),
                "total_kept": len(feed),
                "before": found[-1].place if len(found) == question.limit else None,
            }
        )

    async def stream(self, request: web.Request) -> web.StreamResponse:
        return await stream(request, self._from.feed)

    async def article(self, request: web.Request) -> web.StreamResponse:
        query(request, NoQuestion)
        article_id = request.match_info["article_id"]
        digest = self._from.digests.get(article_id)
        if digest is None:
            if not self._from.digests.recovered.is_set():
                raise RefusalError(503, "the worker is still learning which articles there are; try again in a moment")
            raise RefusalError(404, f"no article {article_id[:100]!r} is known, or none any more")
        try:
            found = await articles.article(self._from.settings, digest)
            if found is None:
                raise RefusalError(404, f"the article {article_id[:100]!r} is no longer kept")
            statements = self._remembered(digest)
            if len(statements) < len(digest.statements):
                statements = await articles.statements(self._from.settings, digest, found.written_at)
        except BrokerError as error:
            raise RefusalError(503, str(error)) from None
        return answers.json(
            {
                "article": found.batch.article,
                "sentences": [sentence for paragraph in found.batch.paragraphs for sentence in paragraph.sentences],
                "statements": list(map(orjson.Fragment, statements)),
            }
        )

    def _remembered(self, digest: Digest) -> list[bytes]:
        entries = {entry.statement_id: entry for entry in self._from.feed.of_article(digest.article_id)}
        counted = (entries.get(statement.statement_id) for statement in digest.statements)
        return [entry.json for entry in counted if entry is not None]

    async def picture(self, request: web.Request) -> web.StreamResponse:
        question: PictureQuestion = query(request, PictureQuestion)
        picture = self._from.pictures.of(question.by, diplomatic=question.diplomatic)
        if picture is None:
            raise RefusalError(503, "the worker is still counting; try again in a moment")
        return answers.json(_drawn(picture, question, datetime.now(UTC)))

    async def health(self, request: web.Request) -> web.StreamResponse:
        query(request, NoQuestion)
        return answers.json(health.answer(self._from, datetime.now(UTC)))

    async def dead_letters(self, request: web.Request) -> web.StreamResponse:
        question: DeadLettersQuestion = query(request, DeadLettersQuestion)
        found = self._from.letters.newest(question.reason, question.limit)
        return answers.json(contract.DeadLettersAnswer(dead_letters=found))

    async def dead_letter(self, request: web.Request) -> web.StreamResponse:
        query(request, NoQuestion)
        letter_id = request.match_info["letter_id"]
        place = _PLACE.fullmatch(letter_id)
        if place is None:
            raise RefusalError(400, "the id of a dead letter is its place, like 0:17")
        try:
            found = await letter_at(self._from.settings, int(place[1]), int(place[2]))
        except BrokerError as error:
            raise RefusalError(503, str(error)) from None
        if found is None:
            raise RefusalError(404, f"no dead letter stands at {letter_id}, or none any more")
        return answers.json(found)

    async def openapi(self, request: web.Request) -> web.StreamResponse:
        query(request, NoQuestion)
        return answers.json(document())

    async def countries(self, request: web.Request) -> web.StreamResponse:
        query(request, NoQuestion)
        known = knowledge.load(self._from.settings.knowledge).countries
        return answers.json({code: contract.Country(name=country.name) for code, country in known.items()})


def _drawn(picture: Picture, question: PictureQuestion, now: datetime) -> contract.PictureAnswer:
    counts = picture.seen(question.window, now)
    pairs: dict[Pair, dict[Act, int]] = {}
    totals: Counter[Pair] = Counter()
    for (pair, act), count in counts.pairs.items():
        pairs.setdefault(pair, {})[act] = count
        totals[pair] += count
    return contract.PictureAnswer(
        window=question.window,
        by=question.by,
        since=since(question.window, now),
        until=now,
        pairs=[
            contract.Pair(speaker=pair[0], target=pair[1], count=count, acts=pairs[pair], tone=tone(pairs[pair]))
            for pair, count in sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:_PAIRS]
        ],
        acts=[contract.ActCount(at=at, act=act, count=count) for at, act, count in picture.acts(question.window, now)],
        speakers=[
            contract.SpeakerCount(name=speaker.name, country=speaker.country, kind=speaker.kind, count=count)
            for speaker, count in counts.speakers.most_common(_SPEAKERS)
        ],
        scale=SCALE,
        statements=counts.statements,
        articles=counts.articles,
    )
