"""Small linear models: weights that were learned elsewhere, read from a data file and applied to named features."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp


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
        weights = self.weights
        score = self.bias + sum(value * weights.get(name, 0.0) for name, value in features.items())
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score))))


def weights(text: str) -> Weights:
    """The weights that ``training.fields`` wrote as ``text``."""
    read = json.loads(text)
    return Weights(read["bias"], read["threshold"], read["weights"])
