"""Words before a noun that only say which or how many: "the", "several", "more than half of the"."""

from __future__ import annotations

from streams.attribution.lexicon import HYPHENS, nouns
from streams.attribution.reading import Sentence

NUMBERS = {
    "both": 2,
    "each": 2,
    "neither": 2,
    "either": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "pair": 2,
    "trio": 3,
}
_SHARES = frozenset({"percent", "per", "in", "out"})
_PER_CENT = ("per", "cent")
_ROUGHLY = frozenset({"nearly", "almost", "about", "around", "roughly", "approximately", "some", "over", "estimated"})
_BOUNDS = frozenset(
    {("more", "than"), ("less", "than"), ("fewer", "than"), ("at", "least"), ("at", "most"), ("up", "to")}
)
"""Words before a number: "nearly | 200 nations", "more than | half of the governors"."""
_FRACTIONS = frozenset({"half", "a", "third", "quarter", "fifth", "tenth", "two-thirds", "three-quarters"})
_COUNTED = frozenset({"number", "average"})
"""What is counted of a group, also with an adjective: "a growing | number of senators"."""
_WHO = frozenset({"those", "many", "some", "most", "others", "few", "several"})
_LARGE = frozenset({"dozen", "hundred", "thousand", "million", "billion"})


def determined(sentence: Sentence, first: int, end: int) -> tuple[int, tuple[str, ...]]:
    """Where in the words ``[first, end)`` what is determined begins, and the folded determiners before it."""
    start = first
    found: list[str] = []
    while (
        start < end - 1
        and _determines(sentence, start)
        and not _is_pointed_at(sentence, start)
        and not (start > first and sentence.is_name_like(start))
    ):
        match = sentence.match_at(start)
        if match is not None and match.end > start + 1:
            break
        found.append(sentence.folds[start])
        if width := _bounds(sentence, start):
            start += width
            continue
        start += _counted(sentence, start, end)
        if sentence.folds[start] == "of" and start < end - 1:
            start += 1
    return start, tuple(found)


def _counted(sentence: Sentence, word: int, end: int) -> int:
    """How many words a number takes with what it counts: "60", "60 percent", "60 per cent"."""
    if sentence.folds[word + 1] not in _SHARES or word + 2 >= end:
        return 1
    return 3 if sentence.folds[word + 1 : word + 3] == _PER_CENT and word + 3 < end else 2


def _determines(sentence: Sentence, word: int) -> bool:
    """Whether a word only says which or how many ("the", "several", "32", "60 percent of", "a group of"); not what a
    hyphen joins ("three | -judge panel").
    """
    if sentence.folds[word + 1] in HYPHENS:
        return False
    if sentence.folds[word] in nouns().determiner or sentence.folds[word] in _LARGE or _bounds(sentence, word):
        return True
    share = sentence.folds[word] in nouns().share or sentence.folds[word] in (_FRACTIONS | _COUNTED) - {"a"}
    if share and sentence.folds[word + 1] == "of":
        return not sentence.is_name_like(word) or word == 0
    after = sentence.folds[word + 1 : word + 3]
    if len(after) == 2 and after[0] in _COUNTED and after[1] == "of":
        return sentence.words[word].islower()
    of = sentence.folds[word + 3 : word + 4] if after == _PER_CENT else after[1:]
    return sentence.words[word].isdigit() and after[0] not in HYPHENS and (after[0] not in _SHARES or of == ("of",))


def _is_pointed_at(sentence: Sentence, word: int) -> bool:
    """Whether "those" or "many" at a word are who is meant, and not which: "those | around him"."""
    after = sentence.folds[word + 1]
    return sentence.folds[word] in _WHO and after != "of" and after in nouns().preposition


def _bounds(sentence: Sentence, word: int) -> int:
    """How many words at ``word`` only bound a number or share after them; 0 when none do."""
    for width, is_bound in ((1, sentence.folds[word] in _ROUGHLY), (2, sentence.folds[word : word + 2] in _BOUNDS)):
        after = sentence.folds[word + width] if word + width < len(sentence.folds) else ""
        if is_bound and (after[:1].isdigit() or after in NUMBERS or after in nouns().share or after in _FRACTIONS):
            return width
    return 0
