"""Groups of people without names: "foreign officials", "Dutch voters", "critics"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from streams.attribution.lexicon import nouns
from streams.attribution.reading import Sentence
from streams.attribution.senses import office_of, organisation_of, state_of
from streams.knowledge.entries import Place

_ADJECTIVAL = (
    "al",
    "ish",
    "ese",
    "ian",
    "ern",
    "ary",
    "ic",
    "ist",
    "ive",
    "ent",
    "ant",
    "ful",
    "ous",
    "est",
    "ior",
    "ign",
)


@cache
def _plurals() -> frozenset[str]:
    """Folded plurals of kinds of persons ("voters", "spokesmen", "envoys")."""
    persons = nouns().person
    return frozenset(
        (
            *(f"{word}s" for word in persons),
            *(f"{word[:-2]}en" for word in persons if word.endswith("man")),
            *(f"{word[:-1]}ies" for word in persons if word.endswith("y")),
        )
    )


def groups(sentence: Sentence, on: date, names: Mapping[int, int]) -> Iterator[tuple[int, int, str | None]]:
    """Words ``[start, end)`` of each group of one sentence and the state to which it belongs, where that is said.

    ``names``: where the names of persons and bodies end, and where they begin ("Kodak | workers").
    """
    if sentence.headline:
        return
    for start, end in _heads(sentence):
        country: str | None = None
        while start > 0:
            left = sentence.match_at(start - 1)
            text = sentence.words[start - 1]
            if left is not None and (state := state_of(left.readings, on)):
                country, start = country or state.state, left.start
            elif (
                left is not None
                and left.readings[0].form == "place"
                and isinstance(place := left.readings[0].entry, Place)
            ):
                country, start = country or place.country, left.start
            elif left is not None and (body := organisation_of(left.readings)):
                country, start = country or body.country, left.start
            elif left is None and (
                text in nouns().modifier or (text.islower() and text.endswith(_ADJECTIVAL) and len(text) > 4)
            ):
                start -= 1
            elif left is None and start in names:
                start = names[start]
            else:
                break
        yield start, end, country


def _heads(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Words ``[start, end)`` of each plural of an office or of a kind of person."""
    plurals = _plurals()
    plain = [
        (word, word + 1)
        for word, folded in enumerate(sentence.folds)
        if folded in plurals and sentence.match_at(word) is None
    ]
    offices = [
        (match.start, match.end)
        for match in sentence.matches
        if (office := office_of(match.readings)) is not None and office.plural
    ]
    yield from sorted(plain + offices)
