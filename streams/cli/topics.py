"""``statements topics``: what topics there are, and making them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import click
from rich.table import Table

from streams.cli.options import settings_options
from streams.cli.terminal import console
from streams.pipeline.settings import Settings
from streams.pipeline.topics import TopicState, describe, ensure


@click.command(
    epilog="""\b
Examples:
  statements topics              what the broker has
  statements topics --create     make what is missing
  STATEMENTS_PARTITIONS=12 statements topics --create"""
)
@click.option("--create", is_flag=True, help="Make the topics that are missing, with the right number of partitions.")
@settings_options("brokers", "topic_prefix")
def command(settings: Settings, create: bool) -> int:
    """Describe the topics at the broker, and create them.

    A worker creates what is missing by itself unless STATEMENTS_CREATE_TOPICS=false. Exit status 1 when a topic is
    missing.
    """
    states = asyncio.run(_states(settings, create))
    console().print(_table(states, settings))
    return 0 if all(state.exists for state in states) else 1


async def _states(settings: Settings, create: bool) -> Sequence[TopicState]:
    if create:
        await ensure(settings.model_copy(update={"create_topics": True}))
    return await describe(settings)


def _table(states: Sequence[TopicState], settings: Settings) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), caption=f"at {settings.bootstrap}", caption_justify="left")
    table.add_column("Topic")
    for heading in ("Partitions", "Copies", "Messages", "Kept"):
        table.add_column(heading, justify="right")
    for state in states:
        counts = (state.partitions, state.replication, state.messages) if state.exists else ("missing", "", "")
        table.add_row(state.name, *map(str, counts), f"{state.topic.retention_days} days")
    return table
