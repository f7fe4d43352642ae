"""``/api/stream``: the statements as they come, as server-sent events."""

from __future__ import annotations

from contextlib import suppress

from aiohttp import web

from streams.web.answers import RefusalError, query
from streams.web.feed import Feed, Reader
from streams.web.position import Position, read, written
from streams.web.questions import StreamQuestion

HEARTBEAT = 15.0
"""Seconds of silence after which a comment tells reader and proxies that the connection lives."""

_AT_ONCE = 100
_RETRY_MS = 2_000


async def stream(request: web.Request, feed: Feed) -> web.StreamResponse:
    """Writes until the reader goes or the worker stops.

    An event's id is the reader's position after it, so that a reader who comes back (to this worker or another one)
    with ``Last-Event-ID`` misses nothing. Writing waits for the reader; one that is too slow misses what is forgotten
    meanwhile, and is told so by ``reset``.
    """
    position = None
    question: StreamQuestion = query(request, StreamQuestion)
    said = request.headers.get("Last-Event-ID", question.last_event_id)
    if said is not None and (position := read(said)) is None:
        raise RefusalError(400, "Last-Event-ID: expected a position as the stream's ids are, like 0:17,1:4")
    answer = web.StreamResponse(
        headers={
            "Content-Type": "text/event-stream; charset=utf-8",
            "Cache-Control": "no-store",
            # nginx would hold the events back until it has a few kilobytes of them.
            "X-Accel-Buffering": "no",
        }
    )
    await answer.prepare(request)
    await answer.write(b"retry: %d\n\n" % _RETRY_MS)
    feed.readers += 1
    try:
        with suppress(ConnectionError):  # the reader has gone
            await _follow(answer, feed, position)
    finally:
        feed.readers -= 1
    return answer


async def _follow(answer: web.StreamResponse, feed: Feed, position: Position | None) -> None:
    while not feed.opened.is_set() and not feed.closed:
        await _wait(answer, feed)
    reader = Reader(feed, position)
    while not feed.closed:
        if reader.lost:
            await answer.write(_event("reset", written(reader.position), b"{}"))
        events = [_event("statement", written(place), entry.json) for entry, place in reader.next(_AT_ONCE)]
        if events:
            await answer.write(b"".join(events))
        else:
            await _wait(answer, feed)


async def _wait(answer: web.StreamResponse, feed: Feed) -> None:
    if not await feed.news(HEARTBEAT):
        await answer.write(b": still here\n\n")


def _event(kind: str, place: str, content: bytes) -> bytes:
    return b"event: %b\nid: %b\ndata: %b\n\n" % (kind.encode(), place.encode(), content)
