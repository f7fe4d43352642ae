"""What Prometheus is told, and that the dashboard asks for nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.parser import text_string_to_metric_families

from schemas.wire import RECORDED
from streams.errors import Rejection
from streams.pipeline.app import create_app
from streams.pipeline.metrics import Metrics
from streams.pipeline.positions import Place
from streams.pipeline.settings import load
from streams.pipeline.stages import Output, Record, dead_letter
from streams.pipeline.watchdog import Standing, State
from streams.web.serving import mount
from streams.web.sources import Sources
from tests.cli.examples import WordExtractor

DASHBOARD = Path(__file__).parents[2] / "ops" / "grafana" / "dashboard.json"
RECORD = Record("news.sentences", 0, 1, b"k", b"v", ())

_OF_PROMQL = {"sum", "by", "rate", "increase", "le", "stage", "topic", "reason", "histogram_quantile"}


def samples(text: str) -> dict[str, float]:
    """Every sample's value by its name and labels as Prometheus writes them."""
    return {
        f"{sample.name}{json.dumps(sample.labels, sort_keys=True) if sample.labels else ''}": sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def scraped(sources: Sources) -> str:
    mount(sources.app, sources)
    async with TestClient(TestServer(await sources.app.web.wsgi())) as client:
        answer = await client.get("/metrics")
        assert answer.headers["Content-Type"] == CONTENT_TYPE_LATEST
        return await answer.text()


def worked() -> Sources:
    """A worker that has done a batch of the second stage and has a partition with three messages that wait."""
    app = create_app(load(), extractor=WordExtractor)
    came = (datetime.now(UTC) - timedelta(seconds=3)).isoformat().encode()
    said = Output("news.statements", b"k", b"{}", ((RECORDED, came),))
    refused = dead_letter(RECORD, "statements", Rejection("extractor_failed", "it failed"))
    app.metrics.done("statements", [RECORD, RECORD], [(said, said), (refused,)], 0.3)
    place, elsewhere = Place("news.articles", 2), Place("news.articles", 3)
    standings = {place: Standing(3, 0.0, (0, 0)), elsewhere: Standing(9, 0.0, (0, 0))}
    app.watch.state = State("consuming", None, at=1.0, assigned=frozenset({place}), standings=standings)
    return Sources.of(app)


async def test_what_was_done_is_counted_and_what_waits_is_told_for_its_own_partitions_only() -> None:
    found = samples(await scraped(worked()))
    assert found['statements_messages_taken_total{"stage": "statements"}'] == 2
    assert found['statements_messages_written_total{"topic": "news.statements"}'] == 2
    assert found['statements_dead_letters_total{"reason": "extractor_failed"}'] == 1
    assert found['statements_batch_seconds_sum{"stage": "statements"}'] == 0.3
    assert found["statements_end_to_end_seconds_count"] == 2
    assert found['statements_end_to_end_seconds_bucket{"le": "2.5"}'] == 0
    lags = {name: value for name, value in found.items() if name.startswith("statements_lag")}
    assert lags == {'statements_lag{"partition": "2", "topic": "news.articles"}': 3}
    assert (found["statements_ready"], found["statements_stalled_partitions"]) == (1, 0)


async def test_a_worker_that_does_not_get_on_is_not_ready() -> None:
    sources = worked()
    sources.app.watch.state = replace(
        sources.app.watch.state, condition="stalled", stalled=(Place("news.articles", 2),)
    )
    found = samples(await scraped(sources))
    assert (found["statements_ready"], found["statements_stalled_partitions"]) == (0, 1)


async def test_the_dashboard_asks_for_what_there_is() -> None:
    told = {name.split("{")[0] for name in samples(await scraped(worked()))}
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    asked: set[str] = set()
    for expression in (target["expr"] for panel in panels for target in panel["targets"]):
        bare = re.sub(r"\{[^}]*\}|\[[^]]*\]|\d+(\.\d+)?", "", expression)
        asked |= set(re.findall(r"[a-z_]+", bare)) - _OF_PROMQL
    assert asked <= told
    assert {name for name in asked if name.startswith("statements_")} >= {"statements_lag", "statements_ready"}


def test_two_workers_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.done("diplomacy", [RECORD], [()], 0.1)
    assert one.registry.get_sample_value("statements_messages_taken_total", {"stage": "diplomacy"}) == 1
    assert other.registry.get_sample_value("statements_messages_taken_total", {"stage": "diplomacy"}) is None
