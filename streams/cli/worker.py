"""``statements worker``: reads articles from Kafka and writes their statements."""

from __future__ import annotations

import click

from streams.cli.options import settings_options
from streams.pipeline import allocation
from streams.pipeline.settings import Settings


@click.command(
    epilog="""\b
Examples:
  statements worker
  statements worker --web-port 6067            a second one on the same machine
  STATEMENTS_BROKERS=kafka:9092 statements worker --log-level info

\b
Any number of workers share the work, up to the number of partitions.
"""
)
@settings_options("brokers", "topic_prefix", "web_host", "web_port", "web_enabled")
@click.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"]),
    default="warning",
    show_default=True,
    help="How much it tells on standard error.",
)
def command(settings: Settings, log_level: str) -> int:
    """Read articles from Kafka and write their statements.

    Creates the topics that are missing. An article counts as read when Kafka has acknowledged everything that came of
    it, so that a worker can be stopped, or lost, at any moment. Serves the page: statements as they
    come, their articles, who speaks about whom, how the stream is.
    """
    allocation.bounded()
    # Loads Faust, which takes a second that no other command should wait.
    from streams.pipeline.app import create_app
    from streams.pipeline.running import run
    from streams.web.serving import serve

    app = serve(create_app(settings))

    async def announce() -> None:
        click.echo(_welcome(app.settings), err=True)

    app.task(announce)
    return run(app, log_level)


def _welcome(settings: Settings) -> str:
    words = f"Working at {settings.bootstrap} in group {settings.group}; Ctrl-C stops."
    return f"{words} Page: http://{settings.web_host}:{settings.web_port}/" if settings.web_enabled else words
