"""The articles that come with the project, and their gold."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

import pytest

import seeds
from schemas import Article
from streams.cli.articles import articles
from streams.cli.seeds import seed_articles
from streams.evaluation import gold

ANNOTATED = ("gum_asylum", "gum_defector", "gum_flag", "gum_hackers", "seed")


@pytest.fixture
def folder() -> Path:
    with as_file(files(seeds)) as path:
        return Path(path)


def test_twenty_articles_come_in_the_order_of_their_dates() -> None:
    found = seed_articles()
    days = [article.date for article in found]
    assert len(found) == 20
    assert days == sorted(day for day in days if day)
    assert (days[0], days[-1]) == (date(2004, 11, 13), date(2015, 5, 18))


def test_every_article_has_an_id_of_its_own_and_a_title() -> None:
    found = seed_articles()
    assert len({article.id for article in found}) == 20
    assert all(article.title for article in found)


def test_the_seed_is_there_with_its_title_and_date() -> None:
    (seed,) = [article for article in seed_articles() if article.title == "Japanese, South Korean Leaders Hold Talks"]
    assert seed.date == date(2004, 12, 17)
    assert seed.body.startswith("Accessibility links\n\nBreaking News\n\nJapanese, South Korean Leaders")
    assert seed.body.endswith("relations warm considerably in recent years.")


def test_feeding_the_folder_reads_the_same_articles(folder: Path) -> None:
    fed = [found for found in articles([folder / "articles"]) if isinstance(found, Article)]
    assert {article.id for article in fed} == {article.id for article in seed_articles()}


def test_gold_spans_lie_in_their_bodies_and_begin_and_end_with_text(folder: Path) -> None:
    texts = gold.bodies(folder / "articles")
    rows = gold.json_lines(folder / "gold" / "statements.jsonl")
    assert {row["doc"] for row in rows} == set(ANNOTATED) == set(texts)
    for row in rows:
        for start, end in (*row["source"], *row["cue"], *row["content"]):
            text = texts[row["doc"]][start:end]
            assert text
            assert text == text.strip()


def test_gold_dates_are_those_of_the_articles(folder: Path) -> None:
    days = gold.dates(folder / "gold" / "dates.tsv")
    fields = {name: json.loads((folder / "articles" / f"{name}.json").read_text()) for name in ANNOTATED}
    assert {name: str(day) for name, day in days.items()} == {
        name: field["published_at"][:10] for name, field in fields.items()
    }
