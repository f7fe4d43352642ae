"""``python -m tests.chaos``: what ``make chaos`` runs."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import tempfile
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table

from streams.broker import apache_cluster
from tests.chaos.actions import ALL
from tests.chaos.ledger import Verdict
from tests.chaos.run import BYTES, Plan, disturbed, undisturbed

JARS = Path(os.environ.get("STATEMENTS_KAFKA_HOME", ".kafka")).absolute() / "libs"


@click.command()
@click.option("--articles", type=click.IntRange(50), default=3_000, show_default=True, help="So many, of 5 kB each.")
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=2, show_default=True, help="How often each thing is done.")
@click.option("--brokers", type=click.IntRange(1), default=1, show_default=True,
              help="With 3, every message has three copies, and two have to be there.")  # fmt: skip
@click.option("--seed", type=int, help="Draws what happens when, and to whom; default: another one each time.")
@click.option("--store", default="rocksdb://", show_default=True, help="Where workers keep the table of their page.")
def main(articles: int, workers: int, rounds: int, brokers: int, seed: int | None, store: str) -> None:
    """Kill, stop and cut off workers and brokers under a stream of articles, and count what became of each.

    Needs Java 17 and Maven. Exits with 1 when anything is lost, differs, or hangs.
    """
    # Of connections that are refused while a broker is away there is no news here.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    chosen = random.SystemRandom().randrange(10**6) if seed is None else seed
    plan = Plan(articles, workers, ALL, rounds, chosen, store)
    click.echo(
        f"{articles} articles of {BYTES} bytes, {workers} workers, {brokers} broker(s), {rounds} rounds, "
        f"--seed {chosen}\n"
    )
    verdict = asyncio.run(_verdict(plan, brokers))
    show(verdict)
    raise SystemExit(0 if verdict.is_kept else 1)


async def _verdict(plan: Plan, brokers: int) -> Verdict:
    with tempfile.TemporaryDirectory(prefix="chaos-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        nodes = await asyncio.to_thread(apache_cluster.start, home / "kafka", brokers, JARS)
        try:
            wanted = await undisturbed(nodes, home / "undisturbed", plan)
            return await disturbed(nodes, home / "disturbed", plan, wanted)
        finally:
            for node in nodes:
                node.kill()


def show(verdict: Verdict) -> None:
    """Prints what happened and what came of it."""
    for second, words in verdict.log:
        click.echo(f"{second:6.1f} s  {words}")
    table = Table(Column("topic", no_wrap=True), *["wanted", "missing", "surplus", "differing", "again"])
    for column in table.columns[1:]:
        column.justify = "right"
    for row in verdict.rows:
        table.add_row(row.topic, *map(str, (row.wanted, row.missing, row.surplus, row.differing, row.repeated)))
    console = Console()
    console.print()
    console.print(table)
    for name, count in verdict.pictures.items():
        click.echo(f"The page of {name} counts {count} statements of {verdict.statements}")
    click.echo(
        f"\n{verdict.articles} articles in {verdict.seconds:.0f} s; lag at the end: {verdict.lag}.\n"
        f"Workers that ended by themselves and were started again: {verdict.crashed}, of them for being stalled: "
        f"{verdict.stalled};\nthat were told to end and did so with an error: {verdict.failed}, "
        f"or did not: {verdict.hung}."
    )
    click.echo("KEPT: nothing lost, nothing twice by id" if verdict.is_kept else "BROKEN")


if __name__ == "__main__":
    main()
