"""Small linear models: weights that were learned elsewhere, read from a data file and applied to named features."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import repeat
from math import exp
from operator import mul


@dataclass(frozen=True)
class Weights:
    """A logistic regression. A feature that it does not know counts nothing. ``threshold`` in (0, 1): from there on
    it is so.
    """

    bias: float
    threshold: float
    weights: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely it is, in (0, 1)."""
        of_each = map(self.weights.get, features, repeat(0.0))
        score = self.bias + sum(map(mul, features.values(), of_each))
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score))))


def weights(text: str) -> Weights:
    """The weights that ``training.fields`` wrote as ``text``."""
    read = json.loads(text)
    return Weights(read["bias"], read["threshold"], read["weights"])
