"""The learned half of telling acts: softmax regression for cues that say no more than that something was said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from schemas.statement import Act

Weights = npt.NDArray[np.float32]


class ActModel(NamedTuple):
    """``acts`` names the columns, ``rows`` tells each feature's row of ``weights`` (features x acts).

    ``bias`` holds one value an act for all statements.
    """

    acts: tuple[Act, ...]
    bias: Weights
    rows: Mapping[str, int]
    weights: Weights


def act_model(text: str) -> ActModel:
    """The model that ``training.acts`` wrote as ``text``."""
    found = json.loads(text)
    rows = {name: row for row, name in enumerate(found["weights"])}
    weights = np.array(list(found["weights"].values()), dtype=np.float32) / np.float32(found["scale"])
    return ActModel(tuple(found["acts"]), np.array(found["bias"], dtype=np.float32), rows, weights)


def likeliest(features: Mapping[str, float], model: ActModel) -> Act:
    """The act that the model holds likeliest; features that it does not know count nothing."""
    rows = np.fromiter(map(model.rows.get, features, repeat(-1)), dtype=np.intp, count=len(features))
    values = np.fromiter(features.values(), dtype=np.float32, count=len(features))
    known = rows >= 0
    scores = model.bias + values[known] @ model.weights.take(rows[known], axis=0)
    return model.acts[int(scores.argmax())]
