"""A worker from its start to its end."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import threading
import time

import faust

from streams.errors import ConfigurationError
from streams.pipeline import topics
from streams.pipeline.app import StatementsApp
from streams.pipeline.settings import PREFIX, Settings

logger = logging.getLogger(__name__)

_TICK = 1.0


def run(app: StatementsApp, loglevel: str = "info") -> int:
    """Runs ``app`` until it is told to stop (SIGINT, SIGTERM) or breaks; the exit status is 0 or 1.

    Raises StatementsError, a line to show, when there is no broker, a topic is missing and may not be made, or the
    page's address cannot be had.
    """
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    # The app does so too; here first, because Faust would wrap what is wrong into pages of its own.
    if app.settings.web_enabled:
        loop.run_until_complete(_can_be_served(app.settings))
    loop.run_until_complete(topics.ensure(app.settings))
    worker = faust.Worker(app, loglevel=loglevel, loop=loop, redirect_stdouts=False, quiet=True)
    worker.spinner = None  # it would write over whatever else is on the terminal
    if app.settings.exit_when_stalled:
        _end_if_stuck(app, loop)
    try:
        worker.execute_from_commandline()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))


async def _can_be_served(settings: Settings) -> None:
    try:
        server = await asyncio.get_running_loop().create_server(asyncio.Protocol, settings.web_host, settings.web_port)
    except OSError as error:
        words = "another program has it; 0 takes a free one" if error.errno == errno.EADDRINUSE else error.strerror
        raise ConfigurationError(
            f"{PREFIX}WEB_PORT: the page cannot be served at {settings.web_host}:{settings.web_port}: {words}"
        ) from None
    server.close()
    await server.wait_closed()


def _end_if_stuck(app: StatementsApp, loop: asyncio.AbstractEventLoop) -> None:
    """Ends the process when its loop no longer turns, or when a worker that has crashed cannot find its end.

    Neither can be seen by what runs in the loop, and the consumer's own thread goes on telling the broker that all is
    well, so that no other worker would ever get the partitions.
    """
    turns = 0

    def turn() -> None:
        nonlocal turns
        if not app.crashed:
            turns += 1
        loop.call_later(_TICK, turn)

    def watch() -> None:
        # Seconds are counted, not read from a clock: a process that was stopped for an hour has not been stuck.
        stuck, seen = 0.0, 0
        while stuck < app.settings.stall_after:
            time.sleep(_TICK)
            stuck, seen = (stuck + _TICK if turns == seen else 0.0), turns
        logger.critical("The worker is stuck for %.0f s and ends", stuck)
        os._exit(1)

    loop.call_soon(turn)
    threading.Thread(target=watch, name="stuck", daemon=True).start()
