"""``/healthz``."""

from __future__ import annotations

from faust.types import AppT
from faust.web import Blueprint, Request, Response, View


def blueprint(app: AppT) -> Blueprint:
    """Whether the worker works."""
    page = Blueprint("page")

    @page.route("/healthz", name="healthz")
    async def healthz(view: View, _: Request) -> Response:
        """200 while the worker works, 503 when it is going or has crashed."""
        well = not app.should_stop
        return view.json({"status": "ok" if well else "stopping"}, status=200 if well else 503)

    return page
