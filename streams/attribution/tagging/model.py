"""The model that ships: where it lies, what its settings are, how sure it is when it says so."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from streams.attribution.tagging.decoding import Decoding
from streams.attribution.tagging.session import Session
from streams.attribution.tagging.tagger import LearnedTagger


def shipped() -> Path:
    """The folder of the model that comes with the package."""
    return Path(str(files("streams.attribution.tagging"))) / "model"


@dataclass(frozen=True)
class Calibration:
    """Turns a raw score into a probability: ``1 / (1 + exp(-(slope * logit(score) + offset)))``.

    Fitted by logistic regression on articles that the model was not trained on; statements with and without a cue
    have offsets of their own.
    """

    slope: float = 1.0
    offset: float = 0.0
    offset_without_cue: float = 0.0

    def probability(self, score: float, has_cue: bool) -> float:
        """How likely a candidate with this raw ``score`` in [0, 1] is a statement."""
        bounded = min(max(score, 1e-6), 1 - 1e-6)
        offset = self.offset if has_cue else self.offset_without_cue
        return 1 / (1 + math.exp(-(self.slope * math.log(bounded / (1 - bounded)) + offset)))


@dataclass(frozen=True)
class Model:
    """A model folder: the networks, their tokenizer and ``config.json``."""

    folder: Path

    @cached_property
    def config(self) -> dict[str, Any]:
        """``version``, ``decoding``, ``calibration`` and ``threshold``; empty where the folder has none."""
        path = self.folder / "config.json"
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return found

    def tagger(self, threshold: float | None = None) -> LearnedTagger:
        """A tagger with this model; what is less sure than ``threshold`` (by default the model's own) is left out."""
        least = self.config.get("threshold", 0.0) if threshold is None else threshold
        return LearnedTagger(
            Session(self.folder),
            Decoding(**self.config.get("decoding", {})),
            Calibration(**self.config.get("calibration", {})).probability,
            least,
        )


def load_tagger(folder: Path | None = None, threshold: float | None = None) -> LearnedTagger:
    """The tagger of the model in ``folder``, by default the one that ships."""
    return Model(folder or shipped()).tagger(threshold)
