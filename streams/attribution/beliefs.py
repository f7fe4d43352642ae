"""A second look at who is a target, with what a first one believes of the article's other statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

Key = tuple[str, ...]
Belief = Mapping[Key, float]
"""How likely a first look holds each candidate of a statement to be its target, by key."""
_NEIGHBOURS = (("before", -1), ("after", 1), ("2 before", -2), ("2 after", 2))
_LAST_RANK = 4


def second_look(
    features: Sequence[Mapping[Key, Mapping[str, float]]],
    beliefs: Sequence[Belief],
    speakers: Sequence[Collection[str]],
) -> list[dict[Key, dict[str, float]]]:
    """``features`` of each statement's candidates, by key, with those that the beliefs add.

    An article keeps to its subject, and so does who speaks: what is a target of the other statements, above all of
    those around it and those of the same speaker, is likelier one here. ``speakers`` holds each statement's names.
    """
    every: Counter[Key] = Counter()
    of_speaker: dict[str, Counter[Key]] = defaultdict(Counter)
    spoken = Counter(name for names in speakers for name in names)
    for belief, names in zip(beliefs, speakers, strict=True):
        every.update(belief)
        for name in names:
            of_speaker[name].update(belief)
    found = []
    for number, (those, belief, names) in enumerate(zip(features, beliefs, speakers, strict=True)):
        others = sum(spoken[name] - 1 for name in names)
        here = {}
        for key, given in those.items():
            own = belief[key]
            share = (every[key] - own) / max(1, len(beliefs) - 1)
            more = {"believed share": share, **_of_neighbours(number, key, beliefs, speakers)}
            if others:
                more["believed, same speaker"] = sum(of_speaker[name][key] - own for name in names) / others
            more["content, believed share" if "content" in given else "not in content, believed share"] = share
            here[key] = {**given, **more, **_of_rivals(key, belief)}
        found.append(here)
    return found


def _of_neighbours(
    number: int, key: Key, beliefs: Sequence[Belief], speakers: Sequence[Collection[str]]
) -> dict[str, float]:
    found = {}
    for where, step in _NEIGHBOURS:
        there = number + step
        if 0 <= there < len(beliefs) and (value := beliefs[there].get(key)):
            found[f"believed {where}"] = value
            if not set(speakers[there]).isdisjoint(speakers[number]):
                found[f"believed {where}, same speaker"] = value
    return found


def _of_rivals(key: Key, belief: Belief) -> dict[str, float]:
    """How likely the candidate and the best of the others were, and the place that it had among them."""
    own = belief[key]
    rank = sum(value > own for value in belief.values())
    best = max((value for other, value in belief.items() if other != key), default=0.0)
    return {"believed": own, f"rank {min(rank, _LAST_RANK)}": 1.0, "believed of another": best}
