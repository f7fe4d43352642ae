"""Surnames that read like something else, and what follows a surname."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from streams.attribution.lexicon import nouns
from streams.attribution.mentions import Mention
from streams.attribution.reading import Sentence
from streams.knowledge.entries import Organisation
from streams.knowledge.phrases import folded_words

_SUFFIXES = (("Jr",), ("Sr",), ("II",), ("III",), ("IV",))
_NAMED = frozenset({"state", "organisation"})


def _is_newspaper(one: Mention) -> bool:
    known = [reading.entry for reading in one.readings]
    return bool(known) and all(isinstance(entry, Organisation) and entry.type == "media" for entry in known)


def _is_placed(one: Mention, sentence: Sentence) -> bool:
    return one.start > 0 and sentence.folds[one.start - 1] in nouns().preposition


def surnames_of_states(found: Sequence[Mention], read: Sequence[Sentence]) -> list[int]:
    """The places of mentions that read like a state, or a newspaper, and are somebody's surname ("Jim Jordan", then
    "Jordan | said"): of one that the article names in no other way and after no preposition.
    """
    bearers = {words[-1] for one in found if one.kind == "person" and len(words := folded_words(one.name)) > 1}
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(found):
        if (
            (one.kind == "state" or _is_newspaper(one))
            and (words := folded_words(one.name))[-1] in bearers
            and len(words) == 1
        ):
            alike[words].append(place)
    if not alike:
        return []
    named = Counter(reading.entry for one in found if one.kind in _NAMED for reading in set(one.readings))
    chosen = []
    for places in alike.values():
        here = Counter(reading.entry for place in places for reading in set(found[place].readings))
        otherwise = any(named[entry] > here[entry] for entry in here)
        placed = any(_is_placed(found[place], read[found[place].sentence]) for place in places)
        chosen += [] if otherwise or placed else places
    return chosen


def surnames_of_titles(found: Sequence[Mention], read: Sequence[Sentence]) -> list[int]:
    """The places of titles that stand for nobody's name after them and are somebody's surname ("John Major", then
    "Major | said").
    """
    bearers = {words[-1] for one in found if one.kind == "person" and len(words := folded_words(one.name)) > 1}
    return [
        place
        for place, one in enumerate(found)
        if one.kind == "office"
        and one.end - one.start == 1
        and read[one.sentence].folds[one.start] in bearers & nouns().surname
        and read[one.sentence].words[one.start].istitle()
        and not (one.end < len(read[one.sentence].words) and read[one.sentence].is_name_like(one.end))
        and not (one.start > 0 and read[one.sentence].folds[one.start - 1] in nouns().determiner)
    ]


def suffix_of(mention: Mention, sentence: Sentence) -> str:
    """What tells a son from his father after a name (" Jr."), empty when nothing does."""
    after = mention.end + (sentence.words[mention.end : mention.end + 1] == (",",))
    if sentence.words[after : after + 1] not in _SUFFIXES:
        return ""
    return f" {sentence.words[after]}{'.' if sentence.words[after + 1 : after + 2] == ('.',) else ''}"
