"""The page's addresses on Faust's web server: ``/``, what it loads, what it polls, and ``/healthz``."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from faust.types import AppT
from faust.web import Blueprint, Request, Response, View

from streams.web.latest import Latest

_STATIC = files("streams.web") / "static"
_HEADERS = {
    # Nothing on the page comes from elsewhere, and what articles contain is text and never markup.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_FILES = {
    "/": ("page.html", "text/html"),
    "/page.css": ("page.css", "text/css"),
    "/page.js": ("page.js", "text/javascript"),
}


def blueprint(latest: Latest, app: AppT) -> Blueprint:
    """The page of a worker that remembers its statements in ``latest``."""
    page = Blueprint("page")
    for address, (name, kind) in _FILES.items():
        page.route(address, name=name)(_file((_STATIC / name).read_text(encoding="utf-8"), kind))

    @page.route("/statements.json", name="statements")
    async def statements(view: View, request: Request) -> Response:
        """What came after the number in ``?after=``."""
        after = request.query.get("after", "0")
        if not after.isascii() or not after.isdigit() or len(after) > 15:
            return view.json({"error": "after: expected a whole number"}, status=400, headers=_HEADERS)
        return view.json(latest.since(int(after)).as_json(), headers={**_HEADERS, "Cache-Control": "no-store"})

    @page.route("/healthz", name="healthz")
    async def healthz(view: View, _: Request) -> Response:
        """200 while the worker works, 503 when it is going or has crashed."""
        well = not app.should_stop
        return view.json({"status": "ok" if well else "stopping"}, status=200 if well else 503, headers=_HEADERS)

    return page


def _file(text: str, kind: str) -> Any:
    async def file(view: View, _: Request) -> Response:
        return view.text(text, content_type=kind, headers=_HEADERS)

    return file
