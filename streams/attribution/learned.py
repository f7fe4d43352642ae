"""What was learned from annotated articles: the small models of the fields, as they ship or out of another folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from streams.attribution.act_model import ActModel, act_model
from streams.attribution.weighing import Weights, weights


@dataclass(frozen=True)
class Learned:
    """The models that tell a statement's act, who is its target (at a first look and in the end), and whether it is
    diplomatic.
    """

    acts: ActModel
    first_targets: Weights
    targets: Weights
    relevance: Weights


def learned(folder: Traversable) -> Learned:
    """The models in ``folder``: ``act_weights.json``, ``first_targets.json``, ``targets.json`` and ``relevance.json``.

    Raises OSError when one of them is not there.
    """
    acts, *others = (
        folder.joinpath(f"{name}.json").read_text(encoding="utf-8")
        for name in ("act_weights", "first_targets", "targets", "relevance")
    )
    return Learned(act_model(acts), *map(weights, others))


@cache
def shipped() -> Learned:
    """The models as they ship; ``training.acts`` and ``training.fields`` write them."""
    return learned(files("streams.attribution").joinpath("data"))
