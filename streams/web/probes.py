"""Two addresses for whoever supervises a worker: ``/healthz``, is it alive, and ``/readyz``, does it do its work."""

from __future__ import annotations

from typing import Any

from faust.web import Blueprint, Request, Response, View

from streams.pipeline.app import StatementsApp
from streams.pipeline.watchdog import State


def probes(app: StatementsApp) -> Blueprint:
    """Both, for ``app``."""
    addresses = Blueprint("probes")

    @addresses.route("/healthz", name="healthz")
    async def healthz(view: View, _: Request) -> Response:
        """200 while the worker's loop turns, 503 when it is going or has crashed."""
        well = not app.should_stop
        return view.json({"status": "ok" if well else "stopping"}, status=200 if well else 503)

    @addresses.route("/readyz", name="readyz")
    async def readyz(view: View, _: Request) -> Response:
        """200 while the worker has partitions and gets on with them, else 503 with the reason."""
        state = app.watch.state
        return view.json(as_json(state), status=200 if state.is_ready else 503)

    return addresses


def as_json(state: State) -> dict[str, Any]:
    """What the watchdog knows, with partitions as "topic[number]" and times in seconds since 1970."""
    return {
        "status": state.condition,
        "reason": state.reason,
        "at": state.at,
        "last_progress": state.last_progress,
        "assigned": sorted(f"{place.topic}[{place.partition}]" for place in state.assigned),
        "stalled": [f"{place.topic}[{place.partition}]" for place in state.stalled],
        "lag": {f"{place.topic}[{place.partition}]": lag for place, lag in sorted(state.lag.items())},
    }
