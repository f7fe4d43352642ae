"""``statements extract``: the statements of articles in files, without a broker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

import click
import orjson

from schemas import Article, DeadLetter, Statement
from streams.cli.articles import body
from streams.cli.offline import extracted
from streams.cli.table import StatementTable
from streams.cli.terminal import complain, console, progress, show_json
from streams.errors import InputError
from streams.pipeline.extractor import Extractor
from streams.pipeline.settings import load

_AT_ONCE = 16
"""Articles that go through the tagger together, which is where its speed is."""

Show = Callable[[str, Statement], None]


@click.command(
    epilog="""\b
Examples:
  statements extract article.txt
  statements extract --date 2004-12-17 --format table seed.txt
  statements extract news/*.txt | jq -r '[.speakers[0].name, .act] | @tsv'"""
)
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--date",
    "published_at",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help='When the articles were published, for "on Friday" and for who held which office.',
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["ndjson", "table"]),
    default="ndjson",
    show_default=True,
    help="One JSON object a line, or a table to read.",
)
def command(files: tuple[Path, ...], published_at: datetime | None, form: str) -> int:
    """Print the statements in articles. No Kafka, no network.

    Each FILE is the body of one article in UTF-8. Its statements come in the order of the text. A file that cannot be
    read is named on standard error, the others are still done, and the exit status is 1.
    """
    # Loads the model's libraries, which --help has no need of.
    from streams.pipeline.text_work import TextWork

    show = ndjson if form == "ndjson" else _row(StatementTable(console()))
    failures = 0
    with progress("Extracting", total=len(files), prints=True) as bar:
        core = TextWork.of(load())
        remaining = iter(files)
        while chunk := tuple(islice(remaining, _AT_ONCE)):
            failures += extract(chunk, published_at, core, show)
            bar.advance(len(chunk))
    return 1 if failures else 0


def extract(paths: Sequence[Path], published_at: datetime | None, extractor: Extractor, show: Show) -> int:
    """Shows the statements of ``paths``; names on standard error those that failed, and returns how many did."""
    articles, failures = _read(paths, published_at)
    results = extracted([article for _, article in articles], extractor)
    for (path, _), result in zip(articles, results, strict=True):
        if isinstance(result, DeadLetter):
            complain(f"{path}: {result.error}")
            failures += 1
        else:
            for statement in sorted(result, key=_place):
                show(path.name, statement)
    return failures


def _read(paths: Sequence[Path], published_at: datetime | None) -> tuple[list[tuple[Path, Article]], int]:
    """The articles of ``paths``, and how many of these cannot be read. A file with no words has nothing to say."""
    articles, failures = [], 0
    for path in paths:
        try:
            text = body(path)
        except InputError as error:
            complain(error)
            failures += 1
            continue
        if text.strip():
            articles.append((path, Article(body=text, published_at=published_at)))
    return articles, failures


def _place(statement: Statement) -> tuple[int, int]:
    return statement.content[0].start, statement.content[-1].end


def ndjson(name: str, statement: Statement) -> None:
    """Prints one line: the contract that other programs read."""
    show_json(orjson.dumps({"article": name, **statement.model_dump(mode="json")}))


def _row(table: StatementTable) -> Show:
    def show(name: str, statement: Statement) -> None:
        table.print(statement, untitled=name)

    return show
