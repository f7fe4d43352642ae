"""What a name is of which nothing is known beforehand: a person's, a body's or a place's, by its words."""

from __future__ import annotations

from typing import Literal

from streams.attribution.lexicon import nouns
from streams.attribution.reading import Sentence
from streams.knowledge import Knowledge

NameKind = Literal["person", "organisation", "place", "unknown"]

_LONGEST_PREFIX = 3
"""Letters of the longest first part of a surname that has a capital inside ("MacArthur")."""
_ARTICLE = (("a",), ("an",), ("the",))
_LONGEST_CLASS = 6
"""Words of an apposition up to the noun that says what a name is."""
STUDIES = frozenset({"study", "survey", "report", "review", "poll", "census"})
"""Last words of a study's own name, which speaks as a body does."""

_CORPS = frozenset({"police", "staff", "security"})
"""Last words of names of a state's forces, which in lower case are people."""


def kind_of_name(sentence: Sentence, start: int, end: int, knowledge: Knowledge) -> NameKind:
    """What the name of the words ``[start, end)`` most likely is; "unknown" for a single word that tells nothing."""
    words = [i for i in range(start, end) if sentence.words[i][0].isalnum()]
    if sentence.folds[words[-1]] in nouns().place or knowledge.region(" ".join(sentence.words[i] for i in words)):
        return "place"
    if (
        sentence.folds[words[-1]] in STUDIES
        or (len(words) > 1 and sentence.folds[words[-1]] in _CORPS)
        or (len(words) > 1 and sentence.words[words[-1]][-1] == "s" and is_acronym(sentence.words[words[-1]][:-1]))
        or any(sentence.folds[i] in nouns().body for i in words)
        or any(sentence.words[i] in {"of", "for", "and"} for i in words)
    ):
        return "organisation"
    if len(words) > 1 and sentence.folds[words[-1]] in nouns().firm:
        return "organisation"
    if knowledge.is_given_name(sentence.words[words[0]]) and len(words) > 1:
        return "person"
    if is_called_body(sentence, start, end):
        return "organisation"
    if end < len(sentence.words) and sentence.folds[end] in nouns().body - nouns().government:
        return "organisation"
    if len(words) == 1:
        word = sentence.words[words[0]]
        return "organisation" if is_acronym(word) or is_written_together(word) else "unknown"
    if (start > 0 and sentence.folds[start - 1] == "the") or any(
        is_acronym(sentence.words[i]) for i in words if i != words[-1]
    ):
        initials = any(len(sentence.words[i]) == 1 for i in words)
        return "person" if initials else "organisation"
    return "person" if len(words) <= 4 else "organisation"


def is_called_body(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a noun of bodies stands before a name or in an apposition after it ("the charity | Oxfam", "Energoatom,
    | the state company,").
    """
    if start > 0 and sentence.folds[start - 1] in nouns().classifier:
        return True
    if sentence.folds[end + 1 : end + 2] not in _ARTICLE or sentence.words[end] != ",":
        return False
    for word in range(end + 2, min(end + 2 + _LONGEST_CLASS, len(sentence.words))):
        if not sentence.words[word][0].isalnum() or sentence.folds[word] in nouns().preposition:
            return sentence.folds[word - 1] in nouns().body and sentence.folds[word] not in {"'s", "’s"}
    return False


def is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def is_written_together(word: str) -> bool:
    """Whether a word is two, as firms and sites like to be named ("WikiLeaks"): unlike "McCain" and "DuVernay"."""
    capitals = [place for place, letter in enumerate(word) if letter.isupper()]
    return len(capitals) > 1 and capitals[1] > _LONGEST_PREFIX and word.isalpha()
