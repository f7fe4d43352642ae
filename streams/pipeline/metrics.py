"""What a worker counts of its own work, for Prometheus. Made in the composition root; nothing is global."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Sequence
from datetime import UTC, datetime

import orjson
from prometheus_client import CollectorRegistry, Counter, GCCollector, Histogram, PlatformCollector, ProcessCollector

from schemas.channels import DEAD_LETTERS, STATEMENTS
from schemas.dead_letter import Stage
from streams.pipeline.stages import Outputs, Record, arrival

_BATCH_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_WAY_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600)


class Metrics:
    """The counts of one worker since its start, in a registry of their own."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        self._taken = Counter(
            "statements_messages_taken", "Messages that a stage has done.", ["stage"], registry=registry
        )
        self._written = Counter(
            "statements_messages_written", "Messages that the broker has acknowledged.", ["topic"], registry=registry
        )
        self._dead = Counter(
            "statements_dead_letters", "Dead letters that the broker has acknowledged.", ["reason"], registry=registry
        )
        self._batches = Histogram(
            "statements_batch_seconds",
            "Time from taking a batch to the acknowledgement of all that came of it.",
            ["stage"],
            buckets=_BATCH_SECONDS,
            registry=registry,
        )
        self._way = Histogram(
            "statements_end_to_end_seconds",
            "Time from the arrival of an article to the acknowledgement of a statement of it.",
            buckets=_WAY_SECONDS,
            registry=registry,
        )
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        GCCollector(registry=registry)

    def done(self, stage: Stage, records: Sequence[Record], outputs: Sequence[Outputs], seconds: float) -> None:
        """A batch is through: its ``records``, what came of each, and how long it took."""
        now = datetime.now(UTC)
        self._taken.labels(stage).inc(len(records))
        self._batches.labels(stage).observe(seconds)
        written = [output for each in outputs for output in each]
        for channel, count in Tally(output.channel for output in written).items():
            self._written.labels(channel).inc(count)
        for output in written:
            if output.channel == DEAD_LETTERS.name:
                self._dead.labels(str(orjson.loads(output.value)["reason"])).inc()
            elif output.channel == STATEMENTS.name and (came := arrival(output.headers)) is not None:
                self._way.observe(max((now - came).total_seconds(), 0.0))
