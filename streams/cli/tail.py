"""``statements tail``: the statements as they come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import get_args

import click

from schemas.statement import Act, Kind, Statement
from schemas.wire import DecodeError
from streams.cli.options import settings_options
from streams.cli.table import StatementTable
from streams.cli.terminal import complain, console, is_terminal
from streams.pipeline.selection import Filter, Traits
from streams.pipeline.settings import Settings
from streams.pipeline.tail import Received, tail
from streams.pipeline.topics import DIPLOMACY, STATEMENTS, Topic

TOPICS = {topic.channel.name: topic for topic in (STATEMENTS, DIPLOMACY)}


@click.command(
    epilog="""\b
Examples:
  statements tail
  statements tail --country PRK --country KOR --from-beginning
  statements tail --act threaten --act demand
  statements tail --from-beginning --until-end | jq -r .speakers[0].name | sort | uniq -c"""
)
@click.option(
    "--topic",
    type=click.Choice(list(TOPICS)),
    default=STATEMENTS.channel.name,
    show_default=True,
    help="All statements, or those between states.",
)
@click.option("--country", "countries", multiple=True, metavar="CODE", help="Of speakers of this state: PRK, JPN ...")
@click.option("--speaker", "speakers", multiple=True, metavar="TEXT", help="Of speakers with this in their name.")
@click.option(
    "--act", "acts", multiple=True, type=click.Choice(get_args(Act)), metavar="ACT", help="|".join(get_args(Act))
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(get_args(Kind)), help="How the words are quoted.")
@click.option("--from-beginning", is_flag=True, help="What is there already, too.")
@click.option("--until-end", is_flag=True, help="Stop where the topic ends now.")
@settings_options("brokers", "topic_prefix")
def command(
    settings: Settings,
    topic: str,
    countries: tuple[str, ...],
    speakers: tuple[str, ...],
    acts: tuple[str, ...],
    kinds: tuple[str, ...],
    from_beginning: bool,
    until_end: bool,
) -> None:
    """Show statements as they come, until Ctrl-C.

    A table on a terminal, one JSON object a line in a pipe. Filters can be repeated: statements of any of the given
    countries, by any of the given speakers, and so on. Takes nothing away from the workers.
    """
    wanted = Filter(tuple(code.upper() for code in countries), speakers, acts, kinds)
    show = _row(StatementTable(console())) if is_terminal() else _json
    asyncio.run(_tail(settings, TOPICS[topic], wanted, show, from_beginning=from_beginning, until_end=until_end))


Show = Callable[[Statement, Received], None]


async def _tail(
    settings: Settings, topic: Topic, wanted: Filter, show: Show, *, from_beginning: bool, until_end: bool
) -> None:
    reading = tail(settings, (topic,), from_beginning=from_beginning, until_end=until_end)
    # Closed here and now, also when whoever reads our output has gone.
    async with aclosing(reading):
        async for received in reading:
            if isinstance(received.message, DecodeError):
                place = f"{topic.name(settings)} partition {received.partition} offset {received.offset}"
                complain(f"{place}: {received.message}")
            elif isinstance(received.message, Statement) and wanted.passes(Traits.of(received.message)):
                show(received.message, received)


def _row(table: StatementTable) -> Show:
    return lambda statement, _: table.print(statement)


def _json(_: Statement, received: Received) -> None:
    # As it was written, flushed by click: who reads a pipe live wants each statement when it comes.
    click.echo(received.value)
