"""The head of a phrase that speaks: the noun that says who or what it is, before all that only tells it from others."""

from __future__ import annotations

from streams.attribution.lexicon import HYPHENS, nouns
from streams.attribution.reading import Sentence
from streams.knowledge.entries import Organisation
from streams.knowledge.phrases import Match

PARTICIPLES = frozenset(
    {
        "issued", "made", "sent", "being", "released", "published", "signed", "attributed", "carried", "written",
        "posted", "meeting", "led", "found", "seen", "obtained", "commissioned", "known", "called", "divided",
        "filed", "out", "provided",
    }
)  # fmt: skip
_IRREGULAR = frozenset({"run", "held", "drawn", "given", "taken", "set", "put", "built", "told", "cut"})
"""Participles before "by": "the station | run by Hezbollah"."""
SUBJECTS = frozenset({"I", "he", "she", "they", "we"})
"""Subjects of a relative clause without its pronoun ("the experts | I interviewed")."""
TELLING_APART = frozenset({"present", "loyal", "privy", "sympathetic", "aware", "responsible", "eligible"})
"""Adjectives that stand behind the people whom they tell from others ("diplomats | present at the talks")."""


def is_plural(word: str) -> bool:
    return (word.endswith("s") and word[0].isalpha() and not word.endswith("ss")) or word in nouns().people


def is_person_noun(sentence: Sentence, word: int) -> bool:
    """Whether a noun of one person, or an office, ends at the word."""
    known = sentence.match_at(word)
    return sentence.folds[word] in nouns().person or (known is not None and known.readings[0].form == "office")


def _may_be_people(known: Match | None) -> bool:
    """Whether a plural can be people of whom a participle says something: of no name but a party's ("Democrats")."""
    if known is None or known.readings[0].form in {"office", "people"}:
        return True
    return isinstance(body := known.readings[0].entry, Organisation) and body.type == "party"


def head_of(sentence: Sentence, start: int, end: int) -> int:
    """The last word before the first preposition, relative or comma."""
    word = start + 1
    while word < end:
        match = sentence.match_at(word)
        inside = match is not None and match.start < word
        before = sentence.match_at(word - 1)
        of_people = is_plural(sentence.folds[word - 1]) and _may_be_people(before)
        passive = sentence.words[word].endswith("ed") and (
            word + 1 == end or sentence.folds[word + 1] in nouns().preposition
        )
        doing = sentence.words[word].endswith("ing") and sentence.words[word].islower()
        doing = doing and sentence.folds[word] not in nouns().body | nouns().document
        participle = (of_people and (passive or doing)) or (doing and is_person_noun(sentence, word - 1))
        made_by = sentence.folds[word + 1 : word + 2] == ("by",) and sentence.folds[word] in _IRREGULAR
        participle = participle or made_by or (passive and sentence.folds[word + 1 : word + 2] == ("by",))
        participle = participle or (sentence.folds[word] in PARTICIPLES and sentence.words[word - 1] not in HYPHENS)
        participle = participle or (passive and sentence.words[word - 1] in nouns().document)
        tells_apart = sentence.folds[word] in TELLING_APART and (of_people or is_person_noun(sentence, word - 1))
        if not inside and (
            participle
            or tells_apart
            or sentence.words[word] in SUBJECTS
            or (sentence.folds[word] in nouns().preposition and sentence.words[word - 1] not in HYPHENS)
            or sentence.words[word] in {",", "(", ":", "—", "–"}
        ):
            break
        word += 1
    word -= 1
    while word > start and not sentence.words[word][0].isalnum():
        word -= 1
    return word
