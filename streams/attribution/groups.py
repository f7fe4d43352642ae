"""Groups of people without names: "foreign officials", "Dutch voters", "critics"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from streams.attribution.lexicon import nouns
from streams.attribution.reading import Sentence
from streams.attribution.titles import office_of, organisation_of, state_of
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


def is_plural_of_persons(word: str) -> bool:
    """Whether a folded word is the plural of a kind of person ("voters", "spokesmen")."""
    persons = nouns().person
    return (
        (word.endswith("s") and word[:-1] in persons)
        or (word.endswith("men") and f"{word[:-2]}an" in persons)
        or (word.endswith("ies") and f"{word[:-3]}y" in persons)
    )  # fmt: skip


def groups(sentence: Sentence, on: date) -> Iterator[tuple[int, int, str | None]]:
    """Words ``[start, end)`` of each group of one sentence and the state to which it belongs, where that is said."""
    if sentence.headline:
        return
    for word, folded in enumerate(sentence.folds):
        match = sentence.match_at(word)
        office = office_of(match.readings) if match and match.end == word + 1 else None
        if not (office.plural if office else match is None and is_plural_of_persons(folded)):
            continue
        start = match.start if match and office else word
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
            else:
                break
        yield start, word + 1, country
