"""``statements kafka``: a real Apache Kafka on this machine, without Docker."""

from __future__ import annotations

from pathlib import Path

import click

from streams.broker import apache
from streams.cli.terminal import progress
from streams.pipeline.settings import load

_HOME = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="What holds Kafka and its data. [STATEMENTS_KAFKA_HOME; default ./.kafka]",
)


@click.group(
    epilog="""\b
Examples:
  statements kafka start
  statements kafka start --port 19092 --home /tmp/kafka
  statements kafka stop"""
)
def command() -> None:
    """Run Apache Kafka on this machine: one node, no Docker.

    Needs Java 17 or newer, and Maven to fetch Kafka once (45 jars, 43 MB). Everything it has lies in one folder, and
    deleting the folder deletes it all.
    """


@command.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=apache.DEFAULT_PORT, show_default=True, help="0 takes a free one."
)
@_HOME
def start(port: int, home: Path | None) -> None:
    """Start the broker; the first time, fetch it too."""
    with progress("Starting Kafka"):
        running = apache.start(_home(home), port)
    click.echo(f"Kafka runs at {running.address} (process {running.pid}); its data, jars and log lie in {running.home}")
    if running.port != apache.DEFAULT_PORT:
        click.echo(f"For the other commands: export STATEMENTS_BROKERS={running.address}")


@command.command()
@_HOME
def stop(home: Path | None) -> None:
    """Stop the broker; its data stay."""
    folder = _home(home)
    stopped = apache.stop(folder)
    click.echo(f"Kafka has stopped; its data stay in {folder}" if stopped else f"No Kafka runs in {folder}")


@command.command()
@_HOME
def status(home: Path | None) -> int:
    """Tell whether the broker runs; exit status 1 when it does not."""
    running = apache.status(folder := _home(home))
    if running is None:
        click.echo(f"No Kafka runs in {folder}")
        return 1
    click.echo(f"Kafka runs at {running.address} (process {running.pid}); log: {running.log}")
    return 0


def _home(chosen: Path | None) -> Path:
    return load(kafka_home=chosen).kafka_home
