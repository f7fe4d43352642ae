"""Folds of whole articles for cross-validation, and the folder in which each fold's models are kept.

``FOLDER/folds.tsv`` has a line an article: its id, a tab, the name of the fold of which the models in ``FOLDER/NAME/``
were learned without it. ``statements evaluate --oracle --folds FOLDER`` reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

FOLDS = 5


def folds_of(articles: Iterable[str]) -> dict[str, int]:
    """The fold of each article."""
    return {article: number % FOLDS for number, article in enumerate(sorted(set(articles)))}


def fold_folder(folder: Path, fold: int) -> Path:
    """Where the models of a fold are kept; made when it is not there."""
    place = folder / str(fold)
    place.mkdir(parents=True, exist_ok=True)
    return place


def write_folds(folder: Path, folds: Mapping[str, int]) -> None:
    """Write which article is in which fold."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{article}\t{fold}\n" for article, fold in folds.items())
    (folder / "folds.tsv").write_text(lines, encoding="utf-8")
