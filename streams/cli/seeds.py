"""The articles that come with the project."""

from __future__ import annotations

from importlib.resources import as_file, files

import seeds
from schemas.article import Article
from streams.cli.articles import articles


def seed_articles() -> list[Article]:
    """All of them, in the order of their dates. Raises InputError when one cannot be read."""
    with as_file(files(seeds) / "articles") as folder:
        found = []
        for article in articles([folder]):
            if not isinstance(article, Article):
                raise article
            found.append(article)
    return sorted(found, key=lambda article: article.date.isoformat() if article.date else "")
