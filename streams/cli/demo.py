"""``statements demo``: everything at once, with nothing but Python."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing, suppress
from itertools import count

import click
from rich.console import Console

from schemas import Article, DeadLetter, Statement
from streams.broker import embedded
from streams.cli.demo_worker import Worker, free_port, worker
from streams.cli.lag import lag
from streams.cli.options import settings_options
from streams.cli.seeds import seed_articles
from streams.cli.table import StatementTable
from streams.cli.terminal import complain, console
from streams.pipeline.feed import feed
from streams.pipeline.settings import Settings, load
from streams.pipeline.tail import tail
from streams.pipeline.topics import ARTICLES, DEAD_LETTERS, DIPLOMACY, STATEMENTS, TABLE, describe

_PACE = 5.0
"""Seconds between two articles of a live demo: a busy newsroom's."""


@click.command(
    epilog="""\b
Examples:
  statements demo
  statements demo --live          goes on like a newsroom: an article every five seconds
  statements demo --once          ends when all twenty articles are through"""
)
@click.option("--once", is_flag=True, help="End when all articles are through, instead of waiting for Ctrl-C.")
@click.option("--live", is_flag=True, help="Go on with the articles, one every five seconds, again and again.")
@settings_options("web_port")
def command(settings: Settings, once: bool, live: bool) -> None:
    """Stream twenty articles and show their statements. No Kafka.

    Starts a broker in memory, a worker and its page, feeds the articles that come with the project in the order of
    their dates, and prints each statement as it arrives: who, which kind of act, what, to whom, and how it is known who
    it was. The page shows the same, and more: who speaks about whom, and each article with its statements in place.
    """
    if once and live:
        raise click.UsageError("--once ends the demo, --live lets it go on: choose one")
    articles = seed_articles()
    screen = console()
    # However it is told to go, it takes its worker along.
    # A shell's script starts what it puts in the background with SIGINT ignored, and SIGTERM would be lost with it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    with embedded.cluster([topic.name(settings) for topic in TABLE]) as address:
        chosen = _on(address, settings.web_port)
        with worker(chosen) as running, suppress(KeyboardInterrupt):
            asyncio.run(_show(load(**chosen), articles, running, screen, once=once, live=live))


def _on(address: str, port: int) -> dict[str, object]:
    """The settings that the broker in memory asks for; the rest is as the installation has it."""
    return {
        "brokers": address,
        "security_protocol": "PLAINTEXT",
        "partitions": embedded.PARTITIONS,
        "create_topics": False,
        "store": "memory://",
        "web_enabled": True,
        "web_port": free_port(port),
        "commit_interval": 0.1,
    }


async def _show(
    settings: Settings, articles: Sequence[Article], running: Worker, screen: Console, *, once: bool, live: bool
) -> None:
    """The whole show; a worker that ends before it ends the show with its last words."""
    watch = asyncio.create_task(running.ended())
    show = asyncio.create_task(_stream(settings, articles, running, screen, once=once, live=live))
    try:
        await asyncio.wait((watch, show), return_when=asyncio.FIRST_COMPLETED)
        if show.done():
            show.result()
        else:
            watch.result()
    finally:
        for task in (watch, show):
            task.cancel()
        await asyncio.gather(watch, show, return_exceptions=True)


async def _stream(
    settings: Settings, articles: Sequence[Article], running: Worker, screen: Console, *, once: bool, live: bool
) -> None:
    screen.print(
        f"{len(articles)} news articles, in the order of their dates, through a Kafka broker in this process's memory "
        "(librdkafka's): nothing is kept when it ends."
    )
    with screen.status("The worker starts"):
        await running.ready()
    screen.print()
    printed = _Printed(StatementTable(screen))
    printing = asyncio.create_task(printed.follow(settings))
    try:
        async with lag(settings) as workers:
            for article in articles:
                # One after the other, so that they are also read in the order of their dates.
                await feed(settings, [article])
                await workers.caught_up()
                await printed.reach(await workers.written(STATEMENTS))
        counts = await _counts(settings)
        async for received in tail(settings, (DEAD_LETTERS,), from_beginning=True, until_end=True):
            if isinstance(received.message, DeadLetter):
                complain(f"an article was not read: {received.message.reason}: {received.message.error}")
        screen.print(_summary(counts, settings, once=once))
        if live:
            await feed(settings, _paced(again(articles), _PACE))
        if not once:
            await printing
    finally:
        printing.cancel()
        with suppress(asyncio.CancelledError):
            await printing


def again(articles: Sequence[Article]) -> Iterator[Article]:
    """The articles round after round, without end, each time as articles of their own.

    They keep their dates, by which it is known who held which office; by their ids they would be no news.
    """
    for number in count(2):
        for article in articles:
            yield article.model_copy(update={"id": f"{article.id}.{number}"})


async def _paced(articles: Iterator[Article], seconds: float) -> AsyncIterator[Article]:
    for article in articles:
        await asyncio.sleep(seconds)
        yield article


class _Printed:
    """The statements on the screen, and how many they are."""

    def __init__(self, table: StatementTable) -> None:
        self._table = table
        self._count = 0
        self._more = asyncio.Condition()

    async def follow(self, settings: Settings) -> None:
        """Prints every statement as it comes, for ever."""
        async with aclosing(tail(settings, (STATEMENTS,), from_beginning=True)) as reading:
            async for received in reading:
                if isinstance(received.message, Statement):
                    self._table.print(received.message)
                async with self._more:
                    self._count += 1
                    self._more.notify_all()

    async def reach(self, count: int) -> None:
        """Returns when ``count`` statements have been printed."""
        async with self._more:
            await self._more.wait_for(lambda: self._count >= count)


async def _counts(settings: Settings) -> dict[str, int]:
    return {state.topic.channel.name: state.messages for state in await describe(settings)}


def _summary(counts: dict[str, int], settings: Settings, *, once: bool) -> str:
    articles, statements, between, dead = (
        counts[topic.channel.name] for topic in (ARTICLES, STATEMENTS, DIPLOMACY, DEAD_LETTERS)
    )
    told = f"\n{articles} articles, {statements} statements, {between} of them between states, {dead} dead letters."
    if once:
        return told
    return f"""{told}

  The page          http://{settings.web_host}:{settings.web_port}/
  The same as JSON  http://{settings.web_host}:{settings.web_port}/api/statements
  Feed your own     statements feed --brokers {settings.bootstrap} article.txt
  Look again        statements tail --brokers {settings.bootstrap} --from-beginning

Ctrl-C ends it."""
