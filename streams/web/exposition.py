"""``/metrics``, for Prometheus."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web
from faust.web import Blueprint
from prometheus_client import Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from streams.web.answers import routed
from streams.web.sources import Sources


def exposition(sources: Sources) -> Blueprint:
    """What the worker has counted, and how it is at this moment."""
    registry = sources.app.metrics.registry
    registry.register(_Present(sources))
    blueprint = Blueprint("exposition")

    async def metrics(_: web.Request) -> web.StreamResponse:
        return web.Response(
            body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
        )

    routed(blueprint, "/metrics", "metrics", metrics)
    return blueprint


class _Present(Collector):
    """What is looked at anew at each reading. Lag is told by the worker that has the partition, so it adds up."""

    def __init__(self, sources: Sources) -> None:
        self._from = sources

    def collect(self) -> Iterable[Metric]:
        state, feed = self._from.app.watch.state, self._from.feed
        lag = GaugeMetricFamily("statements_lag", "Messages that wait.", labels=["topic", "partition"])
        for place in sorted(state.assigned & state.standings.keys()):
            lag.add_metric([place.topic, str(place.partition)], state.lag[place])
        yield lag
        yield GaugeMetricFamily("statements_ready", "Whether it has partitions and gets on.", float(state.is_ready))
        yield GaugeMetricFamily("statements_stalled_partitions", "Partitions that stand still.", len(state.stalled))
        yield GaugeMetricFamily("statements_page_readers", "Open streams of the page.", feed.readers)
        yield GaugeMetricFamily("statements_page_kept", "Statements that the page remembers.", len(feed))
