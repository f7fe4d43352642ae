"""Whether a statement is about relations between states, and made by or about somebody who acts in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from schemas import Speaker, Target
from schemas.statement import Act
from streams.attribution.document import Attribution
from streams.attribution.entities import Entities
from streams.attribution.lexicon import nouns
from streams.attribution.weighing import Weights

_WORDS = 120
"""Words of a content that are read for its subject."""


@lru_cache(maxsize=1)
def _subjects() -> frozenset[str]:
    text = resources.files("streams.attribution").joinpath("data", "relations.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def features(
    attribution: Attribution, speakers: Sequence[Speaker], targets: Sequence[Target], act: Act, entities: Entities
) -> dict[str, float]:
    """What tells whether a statement is diplomatic."""
    spoken_for = {one.country for one in speakers if one.country}
    aimed_at = {one.country for one in targets if one.country}
    named = [one.entity for span in attribution.content for one in entities.within(span)[:_WORDS]]
    in_content = {entity.country for entity in named if entity.country}
    states = spoken_for | aimed_at | in_content
    words = [word for span in attribution.content for word in _folds(entities, span.start, span.end)][:_WORDS]
    about = sum(map(_subjects().__contains__, words))
    roles = {word for one in speakers if one.role for word in one.role.lower().replace("-", " ").split()}
    return {
        "speaker state": float(any(one.kind == "country" for one in speakers)),
        "speaker organisation": float(any(one.kind == "organisation" for one in speakers)),
        "speaker group": float(any(one.kind == "group" for one in speakers)),
        "speaker unknown": float(any(one.kind == "unknown" for one in speakers)),
        "speaker in office": float(bool(roles & nouns().state_role)),
        "speaker has state": float(bool(spoken_for)),
        "target state": float(any(one.kind == "country" for one in targets)),
        "target abroad": float(bool(aimed_at - spoken_for)),
        "target at home": float(bool(aimed_at) and aimed_at <= spoken_for),
        "no target": float(not targets),
        "body between states": float(any(entity.type == "igo" for entity in named)),
        "states": min(3.0, float(len(states))),
        "states in content": min(3.0, float(len(in_content))),
        "abroad in content": float(bool(in_content - spoken_for)),
        "about": min(3.0, float(about)),
        "about, share": about / len(words) if words else 0.0,
        "article about": entities.about(_subjects()),
        "article states": min(8.0, float(len(entities.states))),
        "article abroad": entities.abroad,
        f"act {act}": 1.0,
    }


def _folds(entities: Entities, start: int, end: int) -> Sequence[str]:
    sentence = entities.sentence_at(start)
    if sentence is None:
        return ()
    words: list[str] = []
    for number in range(sentence.number, len(entities.sentences)):
        here = entities.sentences[number]
        if here.span.start >= end or len(words) > _WORDS:
            break
        words += here.folds[bisect_left(here.starts, start) : bisect_left(here.starts, end)]
    return words


def is_diplomatic(
    attribution: Attribution,
    speakers: Sequence[Speaker],
    targets: Sequence[Target],
    act: Act,
    entities: Entities,
    model: Weights,
) -> bool:
    """Whether somebody who acts between states says something about relations between states, or it is said about
    them.
    """
    return model.probability(features(attribution, speakers, targets, act, entities)) >= model.threshold
