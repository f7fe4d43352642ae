"""The page's own files, as they lie in ``static``."""

from __future__ import annotations

from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

from aiohttp import web
from faust.web import Blueprint

from streams.web.answers import RefusalError, routed

STATIC = files("streams.web") / "static"

# Not asked of the system, whose tables differ.
_KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".txt": "text/plain",
    ".md": "text/plain",
}


def files_blueprint() -> Blueprint:
    """``/`` is ``page.html``, and every file of a known kind is at ``/static/`` and its path."""
    blueprint = Blueprint("files")
    found = {path: file for path, file in _below(STATIC, "") if _kind(path)}

    async def page(request: web.Request) -> web.StreamResponse:
        return _answer(request, "page.html", found)

    async def file(request: web.Request) -> web.StreamResponse:
        return _answer(request, request.match_info["path"], found)

    routed(blueprint, "/", "page", page)
    routed(blueprint, "/static/{path:.+}", "file", file)
    return blueprint


def _below(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for item in folder.iterdir():
        path = f"{prefix}{item.name}"
        found += _below(item, f"{path}/") if item.is_dir() else [(path, item)]
    return found


def _kind(path: str) -> str | None:
    return next((kind for ending, kind in _KINDS.items() if path.endswith(ending)), None)


def _answer(request: web.Request, path: str, found: dict[str, Traversable]) -> web.StreamResponse:
    """Only what was there at the start can be asked for, so no path leads out of the folder."""
    if path not in found:
        raise RefusalError(404, f"the page has no file {path[:100]!r}")
    content = found[path].read_bytes()
    tag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    # The browser asks each time, and is told whether what it has is the same: never an old script to a new page.
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if any(known.value == tag.strip('"') for known in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    kind = _kind(path) or ""
    text = kind.startswith("text/") or kind in ("application/json", "image/svg+xml")
    return web.Response(body=content, content_type=kind, charset="utf-8" if text else None, headers=headers)
