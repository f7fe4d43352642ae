"""What all answers have in common: their headers, JSON, and words for what went wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

import orjson
from aiohttp import web
from faust.web import Blueprint, View
from pydantic import BaseModel, ValidationError

HEADERS = {
    # Nothing on the page comes from elsewhere, and what articles contain is text and never markup.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of every answer, whatever it is."""


Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class RefusalError(Exception):
    """A question that is not answered: the HTTP status, and why, for a person to read."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


def json(value: Any, status: int = 200) -> web.Response:
    """``value`` as JSON that nobody keeps; models, times and `orjson.Fragment` may be in it."""
    body = orjson.dumps(value, default=_plain)
    return web.Response(
        body=body, status=status, content_type="application/json", headers={"Cache-Control": "no-store"}
    )


def query(request: web.Request, model: type[BaseModel]) -> Any:
    """The request's query as ``model``; a field that is a tuple may be given several times. Raises RefusalError."""
    given: dict[str, Any] = {}
    for name in request.query:
        values = request.query.getall(name)
        field = model.model_fields.get(name)
        several = field is not None and "tuple" in str(field.annotation)
        if len(values) > 1 and not several:
            raise RefusalError(400, f"{name}: given {len(values)} times, once is enough")
        given[name] = tuple(values) if several else values[0]
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise RefusalError(400, _words(error, model)) from None


def _words(error: ValidationError, model: type[BaseModel]) -> str:
    detail = error.errors(include_url=False)[0]
    name = str(detail["loc"][0])[:60]
    if detail["type"] == "extra_forbidden":
        return f"{name}: not known here; known are {', '.join(model.model_fields)}"
    return f"{name}: {detail['msg'].removeprefix('Value error, ')}"


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise TypeError(f"{type(value).__name__} is no JSON")


def routed(blueprint: Blueprint, path: str, name: str, answer: Answer) -> None:
    """Makes ``answer`` what ``blueprint`` answers at ``path``, whose variables are in the request's ``match_info``."""

    async def view(_: View, request: web.Request, **_variables: str) -> web.StreamResponse:
        return await answer(request)

    # Faust has types of its own for aiohttp's requests and answers; what it passes is aiohttp's.
    blueprint.route(path, name=name)(cast(Any, view))


@web.middleware
async def in_words(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Every refusal, ours and aiohttp's, as ``{"error": words}``."""
    try:
        return await handler(request)
    except RefusalError as refusal:
        return json({"error": refusal.words}, refusal.status)
    except web.HTTPNotFound:
        return json({"error": "there is nothing at this address"}, 404)
    except web.HTTPMethodNotAllowed as refused:
        answered = json({"error": f"{refused.method}: nothing here can be changed, only read"}, 405)
        answered.headers["Allow"] = refused.headers["Allow"]
        return answered


async def with_headers(_: web.Request, answer: web.StreamResponse) -> None:
    """For aiohttp's ``on_response_prepare``: gives every answer what all must have."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
