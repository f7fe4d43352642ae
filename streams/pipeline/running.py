"""A worker from its start to its end."""

from __future__ import annotations

import asyncio

import faust

from streams.pipeline import topics
from streams.pipeline.app import StatementsApp


def run(app: StatementsApp, loglevel: str = "info") -> int:
    """Runs ``app`` until it is told to stop (SIGINT, SIGTERM) or breaks; the exit status is 0 or 1.

    Raises StatementsError, a line to show, when there is no broker, or a topic is missing and may not be made.
    """
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    # The app does so too; here first, because Faust would wrap what is wrong into pages of its own.
    loop.run_until_complete(topics.ensure(app.settings))
    worker = faust.Worker(app, loglevel=loglevel, loop=loop, redirect_stdouts=False, quiet=True)
    worker.spinner = None  # it would write over whatever else is on the terminal
    try:
        worker.execute_from_commandline()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
