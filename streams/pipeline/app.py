"""The composition root: the one place where a Faust app, and everything else that has a life, is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from uuid import uuid4

import faust
from faust.exceptions import ConsumerNotStarted
from faust.types.auth import CredentialsT
from mode import CrashingSupervisor
from mode.types import ServiceT

from schemas.dead_letter import Stage
from streams.broker.apache import free_port
from streams.pipeline import allocation, stages, topics
from streams.pipeline.acceptance import Limits
from streams.pipeline.agents import StageAgent
from streams.pipeline.clients import CLIENT_ID, keep_passwords_out_of_logs, tls
from streams.pipeline.extractor import Build, Extractor, Segmenter
from streams.pipeline.lanes import Lane, ProcessLane, ThreadLane
from streams.pipeline.metrics import Metrics
from streams.pipeline.positions import Place
from streams.pipeline.settings import Settings
from streams.pipeline.stages import Work
from streams.pipeline.topics import Topic
from streams.pipeline.transport import AsWritten, KeepingFlow, Transport
from streams.pipeline.watch import Watch

SOURCES: dict[Stage, Topic] = {
    "sentences": topics.ARTICLES,
    "statements": topics.SENTENCES,
    "diplomacy": topics.STATEMENTS,
}
"""What each stage reads."""

_BATCHES_AHEAD = 4
"""What is read before it is worked on, in batches of each stage."""


class StatementsApp(faust.App):
    """A Faust app that makes its topics before it subscribes, and ends rather than lose a message."""

    settings: Settings
    watch: Watch
    metrics: Metrics
    stage_agents: tuple[StageAgent, ...] = ()

    async def start(self) -> None:
        """Before Faust makes anything of its own: the topics, the model, the connections. What fails here ends it."""
        await topics.ensure(self.settings)
        try:
            for stage_agent in self.stage_agents:
                await stage_agent.start()
            self.watch.start(self.crash)
            await super().start()
        except BaseException:
            await self.watch.stop()
            await self._stop_stages()
            raise

    async def stop(self) -> None:
        """The watchdog goes first: what ends makes no progress."""
        await self.watch.stop()
        await super().stop()

    async def on_shutdown(self) -> None:
        """After everything that reads has ended."""
        await super().on_shutdown()
        await self._stop_stages()

    def on_init_dependencies(self) -> Iterable[ServiceT]:
        """Without Faust's own measurements, of which each message costs several; ours are in `metrics`."""
        dependencies = super().on_init_dependencies()
        self.sensors.remove(self.monitor)
        # Without any, Faust warns at each rebalance.
        self.sensors.add(faust.Sensor())
        return dependencies

    def assigned(self) -> frozenset[Place]:
        """The partitions of the stages' topics that this worker believes to be its own."""
        names = {topic.name(self.settings) for topic in SOURCES.values()}
        try:
            return frozenset(Place(*place) for place in self.consumer.assignment() if place.topic in names)
        except ConsumerNotStarted:
            return frozenset()

    def signs(self) -> Mapping[Place, int]:
        """How often the work on messages of a partition has got on, of those where it takes long."""
        return sum((stage_agent.signs for stage_agent in self.stage_agents), Counter())

    async def _stop_stages(self) -> None:
        for stage_agent in self.stage_agents:
            await stage_agent.stop()


def create_app(settings: Settings, extractor: Build | None = None) -> StatementsApp:
    """The worker for ``settings``, not yet started and with nothing loaded.

    ``extractor`` makes the text work's entry; the project's own by default. It is called in a worker thread when the
    app starts (in a child process with ``executor = "process"``, where it must be picklable).
    """
    if not settings.web_port:
        # Faust does not know what 0 means.
        settings = settings.model_copy(update={"web_port": free_port(0)})
    app = StatementsApp(settings.group, **_options(settings))
    app.settings = settings
    app.metrics = Metrics()
    app.watch = Watch(settings, tuple(SOURCES.values()), app.assigned, app.signs)
    app.transport = Transport(app.conf.broker_consumer, app)
    app.task(allocation.given_back)
    segmentation: Callable[[], Segmenter] = extractor or _segmentation
    build: Build = extractor or partial(_text_work, settings)
    lanes: dict[Stage, Lane] = {
        "sentences": ThreadLane(partial(_sentences, settings, segmentation), "sentences"),
        "statements": _lane(settings, partial(_statements, build)),
        "diplomacy": ThreadLane(_diplomacy, "diplomacy"),
    }
    app.stage_agents = tuple(StageAgent(stage, lane, settings, app.metrics) for stage, lane in lanes.items())
    for stage_agent in app.stage_agents:
        source = app.topic(SOURCES[stage_agent.stage].name(settings), schema=AsWritten())
        app.agent(source, name=stage_agent.stage, supervisor_strategy=CrashingSupervisor)(stage_agent.agent)
    return app


def create_table_app(settings: Settings) -> faust.App:
    """An app that only keeps a table for one worker's page: of a group of its own, without agents and pages."""
    own = {
        "datadir": str(settings.data_folder / f"page-{settings.web_port}"),
        "web_enabled": False,
    }
    app = faust.App(f"{settings.group}.page.{uuid4().hex}", **(_options(settings) | own))
    app.transport = Transport(app.conf.broker_consumer, app)
    app.flow_control = KeepingFlow(loop=app.loop)
    return app


# The text work is imported where it is used: a child process or a test without it need not wait for its libraries.


def _segmentation() -> Segmenter:
    from streams.pipeline.text_work import Segmentation

    return Segmentation()


def _text_work(settings: Settings) -> Extractor:
    from streams.pipeline.text_work import TextWork

    return TextWork.of(settings)


def _lane(settings: Settings, build: Callable[[], Work]) -> Lane:
    lane = ProcessLane if settings.executor == "process" else ThreadLane
    return lane(build, "statements")


def _sentences(settings: Settings, build: Callable[[], Segmenter]) -> Work:
    return partial(stages.sentences, segmenter=build(), limits=Limits.of(settings))


def _statements(build: Build) -> Work:
    return partial(stages.statements, extractor=build())


def _diplomacy() -> Work:
    return stages.diplomacy


def _credentials(settings: Settings) -> CredentialsT | None:
    context = tls(settings)
    keep_passwords_out_of_logs()
    if settings.security_protocol.startswith("SASL") and settings.sasl_password is not None:
        return faust.SASLCredentials(
            username=settings.sasl_username,
            password=settings.sasl_password.get_secret_value(),
            mechanism=settings.sasl_mechanism,
            ssl_context=context,
        )
    return faust.SSLCredentials(context) if context is not None else None


def _options(settings: Settings) -> dict[str, Any]:
    return {
        # Faust lets variables such as BROKER_URL or WEB_PORT, meant for who knows what, go before what is said here.
        "env": {},
        # Faust's discovery swallows the errors of the modules that it imports.
        "autodiscover": False,
        "broker": [f"kafka://{address}" for address in settings.brokers],
        "broker_credentials": _credentials(settings),
        "broker_client_id": CLIENT_ID,
        "broker_commit_interval": settings.commit_interval,
        "broker_session_timeout": settings.session_timeout,
        "broker_heartbeat_interval": settings.session_timeout / 10,
        "broker_request_timeout": max(90.0, 2 * settings.session_timeout),
        "consumer_auto_offset_reset": "earliest",
        "consumer_max_fetch_size": settings.fetch_bytes,
        "producer_acks": -1,
        "producer_max_request_size": settings.max_output_bytes,
        "datadir": str(settings.data_folder),
        "store": settings.store,
        # What is read ahead is read again after a rebalance; a few batches keep every stage busy. Without a limit on
        # what is fetched at once, most of it would wait for room, one message at a time.
        "stream_buffer_maxsize": _BATCHES_AHEAD * settings.batch_size,
        "broker_max_poll_records": _BATCHES_AHEAD * settings.batch_size,
        # Ours are made by `topics`; this is for the changelogs of tables.
        "topic_allow_declare": settings.create_topics,
        "topic_disable_leader": True,
        "topic_partitions": settings.partitions or topics.STATEMENTS.partitions,
        "topic_replication_factor": settings.replication or 1,
        "web_enabled": settings.web_enabled,
        "web_bind": settings.web_host,
        "web_host": settings.web_host,
        "web_port": settings.web_port,
        "worker_redirect_stdouts": False,
    }
