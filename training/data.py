"""Annotated articles -> windows with labels, ready for the network."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streams.attribution.segmentation import segment
from streams.attribution.tagging.windows import Window, windows

B_SOURCE, I_SOURCE, B_CONTENT, I_CONTENT = 1, 2, 3, 4


@dataclass(frozen=True)
class Example:
    """A window and its labels.

    ``cues``, ``sources``, ``contents``: one B/I/O label a word over all statements of the window. ``relations``: for
    each cue (its word numbers; empty for "no cue") one label a word that tells that cue's own source and content.
    """

    article: str
    window: Window
    cues: list[int]
    sources: list[int]
    contents: list[int]
    relations: list[tuple[list[int], list[int]]]


@dataclass(frozen=True)
class Annotated:
    """An article's text and its attributions (``source``, ``cue``, ``content``: lists of ``[start, end)``)."""

    id: str
    text: str
    attributions: list[dict[str, Any]]


def _inside(window: Window, spans: Iterable[Sequence[int]]) -> list[list[int]]:
    """Word numbers of the window under each span that lies within it."""
    low, high = window.words[0].start, window.words[-1].end
    groups = []
    for start, end in spans:
        if low <= start and end <= high + 1:
            group = [i for i, (a, b) in enumerate(window.words) if a < end and start < b]
            if group:
                groups.append(group)
    return groups


def _label(labels: list[int], groups: list[list[int]], begin: int) -> None:
    for group in groups:
        for place, number in enumerate(group):
            labels[number] = begin if place == 0 else begin + 1


def example(article: str, window: Window, attributions: Iterable[dict[str, Any]]) -> Example:
    """Labels of one window. An attribution's parts outside the window are left out of it."""
    size = len(window.words)
    cues, sources, contents, without_cue = [0] * size, [0] * size, [0] * size, [0] * size
    relations = []
    for attribution in attributions:
        cue, source, content = (_inside(window, attribution[part]) for part in ("cue", "source", "content"))
        if not (cue or source or content):
            continue
        for labels, groups in ((cues, cue), (sources, source), (contents, content)):
            for group in groups:
                for place, number in enumerate(group):
                    labels[number] = 1 if place == 0 else max(labels[number], 2) if labels[number] != 1 else 1
        own = [0] * size
        _label(own, source, B_SOURCE)
        _label(own, content, B_CONTENT)
        if cue:
            relations.append((sorted({n for group in cue for n in group}), own))
        elif content:
            without_cue = [new or old for new, old in zip(own, without_cue, strict=True)]
    relations.append(([], without_cue))
    return Example(article, window, cues, sources, contents, relations)


def examples(
    articles: Iterable[Annotated], pieces: Callable[[list[str]], list[list[int]]], maximum: int
) -> list[Example]:
    """All windows of ``articles`` with three words or more."""
    return [
        example(article.id, window, article.attributions)
        for article in articles
        for window in windows(article.text, segment(article.text), pieces, maximum)
        if len(window.words) > 2
    ]


def polnear(path: Path) -> list[Annotated]:
    """The articles of a PolNeAR file."""
    with path.open(encoding="utf-8") as lines:
        return [Annotated(row["id"], row["text"], row["attributions"]) for row in map(json.loads, lines)]


def annotated(rows: Path, texts: dict[str, str]) -> list[Annotated]:
    """The articles annotated by our definition in ``rows`` (JSON lines), their texts looked up in ``texts``."""
    by_article: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with rows.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            by_article[row["doc"]].append(row)
    return [Annotated(id_, texts[id_], found) for id_, found in by_article.items() if id_ in texts]
