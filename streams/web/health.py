"""``/api/health``: how the stream and its workers are."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version

from streams.pipeline.app import SOURCES
from streams.pipeline.moments import moment
from streams.pipeline.positions import Place
from streams.pipeline.topics import DEAD_LETTERS, TABLE
from streams.pipeline.watchdog import State
from streams.web import contract
from streams.web.census import Census, Member, by_topic
from streams.web.latencies import percentiles
from streams.web.sources import Sources


def answer(sources: Sources, now: datetime) -> contract.HealthAnswer:
    """As far as it is known now; what the broker has not told yet is left out."""
    settings, census, state = sources.settings, sources.census, sources.app.watch.state
    read = {topic.name(settings) for topic in SOURCES.values()}
    dead, by_reason = DEAD_LETTERS.name(settings), sources.letters.by_reason()
    return contract.HealthAnswer(
        worker=contract.WorkerSelf(
            id=f"{settings.web_host}:{settings.web_port}",
            version=version("diplomatic-statements"),
            started_at=sources.started_at,
            uptime=round((now - sources.started_at).total_seconds(), 1),
        ),
        state=state.condition,
        reason=state.reason,
        watchdog=_watchdog(state),
        topics=[
            contract.TopicLag(
                topic=place.topic,
                partition=place.partition,
                end=position.end,
                committed=position.committed,
                lag=position.lag,
            )
            for place, position in sorted(census.now.items())
            if place.topic in read
        ],
        rates=[_rate(census, topic.name(settings), read) for topic in TABLE],
        latency=_latency(sources.latencies.lately(now)),
        dead_letters=contract.DeadLetterCounts(
            # Nobody does them, so all that stand there wait; the letters read may be ahead of the last look at offsets.
            total=max(
                sum(position.lag for place, position in census.now.items() if place.topic == dead),
                sum(each.count for each in by_reason),
            ),
            by_reason=by_reason,
        ),
        workers=[_worker(member) for member in _members(sources)],
    )


def _watchdog(state: State) -> contract.WatchdogAnswer:
    return contract.WatchdogAnswer(
        condition=state.condition,
        reason=state.reason,
        at=moment(state.at),
        last_progress=moment(state.last_progress),
        assigned=sorted(map(_named, state.assigned)),
        stalled=list(map(_named, state.stalled)),
    )


def _named(place: Place) -> str:
    return f"{place.topic}[{place.partition}]"


def _rate(census: Census, topic: str, read: set[str]) -> contract.TopicRate:
    rate = census.rate(topic)
    done = round(rate.done, 3) if topic in read else None
    return contract.TopicRate(topic=topic, in_per_s=round(rate.written, 3), out_per_s=done)


def _latency(ordered: list[float]) -> contract.Latency:
    p50, p95, p99 = percentiles(ordered) or (None, None, None)
    return contract.Latency(p50=p50, p95=p95, p99=p99, count=len(ordered))


def _members(sources: Sources) -> tuple[Member, ...]:
    if sources.census.members is not None:
        return sources.census.members
    return (Member("this worker", sources.settings.web_host, tuple(sources.app.watch.state.assigned)),)


def _worker(member: Member) -> contract.WorkerEntry:
    return contract.WorkerEntry(
        client_id=member.id,
        host=member.host,
        assignments=[
            contract.Assignment(topic=topic, partitions=numbers) for topic, numbers in by_topic(member.places).items()
        ],
    )
