"""A second look at who is a target, with what a first one believes of the article's other statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

Key = tuple[str, ...]
Belief = Mapping[Key, float]
"""How likely a first look holds each candidate of a statement to be its target, by key."""
_NEIGHBOURS = (("before", -1), ("after", 1), ("2 before", -2), ("2 after", 2))
_LAST_RANK = 4


def second_look(
    features: Sequence[Mapping[Key, Mapping[str, float]]],
    beliefs: Sequence[Belief],
    speakers: Sequence[Set[str]],
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
        around = _around(number, beliefs, speakers)
        ranked = sorted(belief.values(), reverse=True)
        here = {}
        for key, given in those.items():
            own = belief[key]
            share = (every[key] - own) / max(1, len(beliefs) - 1)
            more = {"believed share": share, **_of_neighbours(key, around)}
            if others:
                more["believed, same speaker"] = sum(of_speaker[name][key] - own for name in names) / others
            more["content, believed share" if "content" in given else "not in content, believed share"] = share
            here[key] = {**given, **more, **_of_rivals(own, ranked)}
        found.append(here)
    return found


def _around(
    number: int, beliefs: Sequence[Belief], speakers: Sequence[Set[str]]
) -> list[tuple[Belief, tuple[str, ...]]]:
    """What is believed of each of the statements around one, and the names of the features that tell it."""
    found: list[tuple[Belief, tuple[str, ...]]] = []
    for where, step in _NEIGHBOURS:
        there = number + step
        if 0 <= there < len(beliefs):
            of_same = () if speakers[there].isdisjoint(speakers[number]) else (f"believed {where}, same speaker",)
            found.append((beliefs[there], (f"believed {where}", *of_same)))
    return found


def _of_neighbours(key: Key, around: Sequence[tuple[Belief, tuple[str, ...]]]) -> dict[str, float]:
    return {name: value for belief, names in around if (value := belief.get(key)) for name in names}


def _of_rivals(own: float, ranked: Sequence[float]) -> dict[str, float]:
    """How likely the candidate and the best of the others were, and the place that it had among them."""
    rank = ranked.index(own)
    best = ranked[1:2] if rank == 0 else ranked[:1]
    return {"believed": own, f"rank {min(rank, _LAST_RANK)}": 1.0, "believed of another": best[0] if best else 0.0}
