"""The learned half of telling acts: softmax regression for cues that say no more than that something was said."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from schemas.statement import Act
from streams.attribution.act_features import features_of, weight_of
from streams.attribution.act_words import Said


class ActModel(NamedTuple):
    """``acts`` names the columns; ``weights`` holds a row of them for each feature, ``bias`` one for all statements.

    ``least`` is the probability below which the model's verdict does not count.
    """

    acts: tuple[Act, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]
    least: float


@cache
def act_model() -> ActModel:
    """The model as it ships; ``training.acts`` writes it."""
    found = json.loads(files("streams.attribution").joinpath("data/act_weights.json").read_text(encoding="utf-8"))
    weights = {name: tuple(row) for name, row in found["weights"].items()}
    return ActModel(tuple(found["acts"]), tuple(found["bias"]), weights, found["least"])


def likeliest(what: Said, model: ActModel) -> tuple[Act, float]:
    """The act that the model holds likeliest, and its probability."""
    scores = list(model.bias)
    for name in features_of(what):
        row = model.weights.get(name)
        if row is not None:
            weight = weight_of(name)
            scores = [score + weight * each for score, each in zip(scores, row, strict=True)]
    top = max(range(len(scores)), key=scores.__getitem__)
    return model.acts[top], 1 / sum(math.exp(score - scores[top]) for score in scores)
