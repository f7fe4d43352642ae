"""``statements evaluate``: the extractor against what careful readers marked."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table as RichTable

import seeds
from schemas.printable import printable
from streams.cli.terminal import console, progress
from streams.errors import InputError
from streams.evaluation import gold
from streams.evaluation.figures import COLUMNS, figures, history_row
from streams.evaluation.gold import GoldArticle
from streams.evaluation.misses import Miss, misses

if TYPE_CHECKING:
    from streams.attribution.learned import Learned
    from streams.attribution.tagging.model import Model
    from streams.evaluation.evaluation import Evaluation
    from streams.evaluation.tables import Table

_ROW_NAME = 20
"""Characters that the name of a row keeps on a narrow terminal."""

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)

Corpora = dict[str, tuple[GoldArticle, ...]]


@click.command(
    epilog="""\b
Examples:
  statements evaluate
  statements evaluate --misses 10 --json figures.json
  statements evaluate --statements-train train/ --polnear polnear/ --oracle

\b
A folder of gold has statements.jsonl, the texts it names (NAME.txt, beside it
or in texts/) and, where known, dates.tsv (name, tab, date)."""
)
@click.option(
    "--gold", "gold_folder", type=_FOLDER, metavar="FOLDER", help="Gold statements; default: those in seeds/."
)
@click.option("--statements-train", type=_FOLDER, metavar="FOLDER", help="More of the same kind; with all fields.")
@click.option(
    "--polnear",
    type=_FOLDER,
    metavar="FOLDER",
    help="PolNeAR: its dev.jsonl for the tagger alone, its train.jsonl for texts of --statements-train.",
)
@click.option("--model", type=_FOLDER, metavar="FOLDER", help="Another model than the one that ships.")
@click.option(
    "--threshold", type=click.FloatRange(0, 1), metavar="P", help="Least confidence; default: the model's own."
)
@click.option("--oracle", is_flag=True, help="Give the resolver the annotated spans: fields alone, without the tagger.")
@click.option(
    "--folds",
    type=_FOLDER,
    metavar="FOLDER",
    help="With --oracle: read each article with the models that 'make train-fields' learned there without it.",
)
@click.option("--misses", "most", type=click.IntRange(0), default=5, show_default=True, metavar="N",
              help="How many of the worst misses of each sort to show.")  # fmt: skip
@click.option("--markdown", "as_markdown", is_flag=True, help="Tables in Markdown, as the documentation has them.")
@click.option("--json", "json_file", type=_FILE, metavar="FILE", help="Write all figures there.")
@click.option("--history", type=_FILE, metavar="FILE", help="Append a line a set of articles to this CSV file.")
def command(
    gold_folder: Path | None, statements_train: Path | None, polnear: Path | None, model: Path | None,
    threshold: float | None, oracle: bool, folds: Path | None, most: int, as_markdown: bool,
    json_file: Path | None, history: Path | None,
) -> None:  # fmt: skip
    """Score the extractor on annotated articles.

    Tells how many statements it finds, how exact their spans are, how many of the found ones have the right speaker,
    state, act and so on, and whether its confidence means what it says.
    """
    if folds and not oracle:
        raise click.UsageError("--folds goes with --oracle: the tagger has seen the articles whatever the folds")
    # Loads the model's libraries, which --help has no need of.
    from streams.attribution.tagging.model import Model, shipped

    chosen = Model(model or shipped())
    corpora = _corpora(gold_folder, statements_train, polnear)
    dev = () if oracle or polnear is None else gold.polnear(polnear / "dev.jsonl")
    found = evaluated(corpora, dev, chosen, threshold, oracle, folds)
    version = str(chosen.config.get("version", chosen.folder.name))
    for one in found:
        show(one, most, as_markdown)
    if json_file:
        named = {one.name: {"mode": one.mode, **figures(one.summary)} for one in found}
        json_file.write_bytes(orjson.dumps({"model": version, "corpora": named}, option=orjson.OPT_INDENT_2))
    if history:
        append(history, [history_row(date.today(), version, one.name, one.mode, one.summary) for one in found])


def _corpora(gold_folder: Path | None, statements_train: Path | None, polnear: Path | None) -> Corpora:
    found: Corpora = {"gold": gold.annotated(gold_folder) if gold_folder else _seeds()}
    if statements_train:
        more: Iterable[dict[str, Any]] = gold.json_lines(polnear / "train.jsonl") if polnear else ()
        found["statements-train"] = gold.annotated(statements_train, more=more)
    return found


def _seeds() -> tuple[GoldArticle, ...]:
    with as_file(files(seeds)) as folder:
        return gold.annotated(folder / "gold", folder / "articles")


def evaluated(
    corpora: Corpora,
    dev: Sequence[GoldArticle],
    model: Model,
    threshold: float | None,
    oracle: bool,
    folds: Path | None = None,
) -> list[Evaluation]:
    """One evaluation for each of ``corpora``, and one of the tagger alone for PolNeAR's ``dev`` articles, if any.

    Raises InputError when the model's folder holds no model.
    """
    from streams import knowledge
    from streams.evaluation.evaluation import extraction, resolution, tagging

    known = knowledge.load()
    if oracle:
        unseen = _unseen(folds) if folds else None
        return [resolution(name, _with_bar(name, articles), known, unseen) for name, articles in corpora.items()]
    if not (model.folder / "encoder.onnx").is_file():
        raise InputError(f"{model.folder}: no model in it")
    tagger = model.tagger(threshold=0.0)
    least = model.config.get("threshold", 0.0) if threshold is None else threshold
    found = [extraction(name, _with_bar(name, articles), tagger, known, least) for name, articles in corpora.items()]
    return [*found, *([tagging("polnear-dev", _with_bar("polnear-dev", dev), tagger, least)] if dev else [])]


def _unseen(folds: Path) -> dict[str, Learned]:
    """By article, the models of the fold that has not seen it, as ``folds.tsv`` tells."""
    from streams.attribution.learned import learned

    try:
        lines = (folds / "folds.tsv").read_text(encoding="utf-8").splitlines()
        of_article = dict(line.split("\t") for line in lines)
        models = {fold: learned(folds / fold) for fold in sorted(set(of_article.values()))}
    except OSError as error:
        raise InputError(f"{folds}: no models in it: {error}") from error
    return {article: models[fold] for article, fold in of_article.items()}


def _with_bar(name: str, articles: Sequence[GoldArticle]) -> Iterator[GoldArticle]:
    with progress(f"Reading {name}", total=len(articles)) as bar:
        for article in articles:
            yield article
            bar.advance()


def show(one: Evaluation, most: int, as_markdown: bool) -> None:
    """Prints the tables of an evaluation and its worst misses."""
    from streams.evaluation.tables import markdown, tables

    every = tables(one)
    if as_markdown:
        click.echo("\n".join(markdown(table) for table in every))
        return
    screen = console()
    for table in every:
        screen.print(_rich(table))
        screen.print()
    for miss in misses(one.scores, most):
        _miss(screen, miss)


def _rich(table: Table) -> RichTable:
    rich = RichTable(title=table.title, title_justify="left", title_style="bold", box=SIMPLE, pad_edge=False)
    longest = max(len(row[0]) for row in table.rows)
    rich.add_column(table.headings[0], overflow="fold", min_width=min(longest, _ROW_NAME))
    for heading in table.headings[1:]:
        rich.add_column(heading, justify="right", overflow="fold")
    for row in table.rows:
        rich.add_row(*row)
    return rich


def _miss(screen: Console, miss: Miss) -> None:
    screen.print(printable(f"{miss.what}  {miss.article}  [{miss.where}]"), style="bold", markup=False)
    for label, text in (("asked", miss.asked), ("found", miss.found)):
        if text:
            screen.print(f"  {label}: {printable(text)}", markup=False)


def append(history: Path, rows: Sequence[Sequence[str]]) -> None:
    """Adds ``rows`` to the CSV file, with the heading if it is new. Raises InputError when it has other columns."""
    is_new = not history.exists() or history.stat().st_size == 0
    if not is_new:
        with history.open(encoding="utf-8", newline="") as file:
            if tuple(next(csv.reader(file), ())) != COLUMNS:
                raise InputError(f"{history}: its columns are not those of the history")
    with history.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([COLUMNS] if is_new else [])
        writer.writerows(rows)
