"""``statements feed``: articles from files to the stream."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from schemas.article import Article
from streams.cli.articles import articles
from streams.cli.options import settings_options
from streams.cli.terminal import Bar, complain, progress
from streams.errors import InputError
from streams.pipeline.feed import Fed, feed
from streams.pipeline.settings import Settings


@click.command(
    epilog="""\b
Examples:
  statements feed article.txt
  statements feed news/ more.jsonl
  zcat archive.jsonl.gz | statements feed -

\b
An article in JSON has a "body", and where known "title", "url", "publisher",
"published_at" and "language". A text file NAME.txt can have them in NAME.json."""
)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH...",
    type=click.Path(exists=True, allow_dash=True, path_type=Path),
)
@settings_options("brokers", "topic_prefix")
def command(settings: Settings, paths: tuple[Path, ...]) -> int:
    """Send articles to the stream.

    PATH is a text file (the body of one article), JSON (one article or a list), JSON lines (one article a line), a
    folder of such files, or - for standard input. An article counts when Kafka has acknowledged it. One that cannot be
    read or sent is named on standard error, the others go on, and the exit status is 1.
    """
    source = _Readable(articles(paths))
    with progress("Feeding") as bar:
        fed = asyncio.run(_feed(settings, source, bar))
    for article, why in fed.refused.items():
        complain(f"article {article}: {why}")
    click.echo(f"{fed.acknowledged} {'article' if fed.acknowledged == 1 else 'articles'} acknowledged")
    return 1 if source.failures or fed.refused else 0


class _Readable:
    """The articles alone; what cannot be read is said on standard error and counted."""

    def __init__(self, found: Iterable[Article | InputError]) -> None:
        self._found = found
        self.failures = 0

    def __iter__(self) -> Iterator[Article]:
        for article in self._found:
            if isinstance(article, InputError):
                complain(article)
                self.failures += 1
            else:
                yield article


async def _feed(settings: Settings, source: Iterable[Article], bar: Bar) -> Fed:
    return await feed(settings, source, lambda _: bar.advance())
