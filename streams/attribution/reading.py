"""Sentences as words, with every phrase that the knowledge base knows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from streams.attribution.document import Document
from streams.attribution.span import Span
from streams.knowledge import Knowledge
from streams.knowledge.entries import Organisation, Reading
from streams.knowledge.phrases import TOKEN, Match, fold

SOFT = frozenset("-.'’–‑")
"""Marks that can stand inside a name."""
_START, _END, _TEXT = re.Match.start, re.Match.end, re.Match.group
_OF_AMERICA = frozenset({"latin", "central", "south"})
"""What makes "America" and "Americans" the continent's, and not those of the United States."""
_SHORT = 5
_HEADLINE_SHARE = 0.65
_ALL_CAPITALISED = 0.85


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and marks of one sentence in order, and what is known among them (``Match`` counts these words).

    ``starts`` and ``ends`` tell where each word stands, ``span`` is from the first to the last. ``headline``: most
    words are capitalised, so a capital tells nothing about a name.
    """

    number: int
    paragraph: int
    words: tuple[str, ...]
    folds: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    matches: tuple[Match, ...]
    headline: bool
    span: Span = field(init=False)
    _known: dict[int, Match] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "span", Span(self.starts[0], self.ends[-1]))
        known = {word: match for match in self.matches for word in range(match.start, match.end)}
        object.__setattr__(self, "_known", known)

    def is_name_like(self, word: int) -> bool:
        """Whether the word begins with a capital."""
        return self.words[word][:1].isupper()

    def span_of(self, start: int, end: int) -> Span:
        """The stretch of the body under words ``[start, end)``."""
        return Span(self.starts[start], self.ends[end - 1])

    def range_of(self, span: Span) -> tuple[int, int]:
        """The words under ``span``: ``[start, end)``, empty when there are none."""
        start = bisect_left(self.starts, span.start)
        if start and self.ends[start - 1] > span.start:
            start -= 1
        return start, max(start, bisect_left(self.starts, span.end))

    def match_at(self, word: int) -> Match | None:
        """The known phrase that holds the word."""
        return self._known.get(word)


def read(body: str, span: Span, knowledge: Knowledge, number: int = 0, paragraph: int = 0) -> Sentence | None:
    """The words under ``span``; null when there are none."""
    tokens = list(TOKEN.finditer(body, span.start, span.end))
    if not tokens:
        return None
    starts, ends = tuple(map(_START, tokens)), tuple(map(_END, tokens))
    words = tuple(map(_TEXT, tokens))
    folds = tuple(map(str.lower if body[span.start : span.end].isascii() else fold, words))
    lookup = [i for i, word in enumerate(words) if word[0].isalnum() or len(word) > 1]

    def joined(place: int) -> bool:
        return _joined(words, lookup[place], lookup[place + 1])

    matches = []
    for match in knowledge.index.find([folds[i] for i in lookup], joined):
        start, end = lookup[match.start], lookup[match.end - 1] + 1
        found = match.readings
        if (
            end - start == 2
            and _is_outlet(found)
            and (words[start] == "the" or "".join(words[end : end + 1]).istitle())
        ):
            start += 1
            found = knowledge.index.readings(words[start])
        if start and folds[start - 1] in _OF_AMERICA and folds[start].startswith("america"):
            continue
        surface = body[starts[start] : ends[end - 1]]
        if readings := tuple([reading for reading in found if _fits(reading, surface)]):
            if end < len(words) and words[end] == "." and len(words[end - 1]) == 1 and starts[end] == ends[end - 1]:
                end += 1
            matches.append(Match(start, end, readings))
    initials = [word[0] for word in words if word[0].isalpha()]
    share = sum(map(str.isupper, initials)) / len(initials) if len(initials) > 3 else 0.0
    headline = share >= _ALL_CAPITALISED or (share >= _HEADLINE_SHARE and words[-1] not in '.?!"”’')
    return Sentence(number, paragraph, words, folds, starts, ends, tuple(matches), headline)


def sentences(document: Document, knowledge: Knowledge) -> tuple[Sentence, ...]:
    """The article's sentences, read."""
    found: list[Sentence] = []
    for paragraph, spans in enumerate(document.paragraphs):
        for span in spans:
            sentence = read(document.body, span, knowledge, len(found), paragraph)
            if sentence:
                found.append(sentence)
    return tuple(found)


def _joined(words: Sequence[str], left: int, right: int) -> bool:
    """Whether nothing but soft marks or "&" stands between two words, and a full stop only after an abbreviation; "A
    U.S." is an article and a name.
    """
    if right == left + 1:
        return words[left] not in {"A", "a"}
    between = words[left + 1 : right]
    return (
        right - left <= 3
        and all(mark in SOFT or mark == "&" for mark in between)
        and ("." not in between or len(words[left]) <= _SHORT)
    )


def _is_outlet(readings: Sequence[Reading]) -> bool:
    """Whether a newspaper called with an article is meant: "The Australian", but not "The Australian | Senate"."""
    first = readings[0]
    return isinstance(first.entry, Organisation) and first.entry.type == "media" and first.phrase.startswith("The ")


def _fits(reading: Reading, surface: str) -> bool:
    """Whether ``surface`` is written so that it can mean this: "us" is not the US, nor "who" the WHO, nor "Let" the
    LeT, nor "The national" The National; an article needs no capital where two words follow ("the New York Times").
    """
    phrase = reading.phrase
    if "+" in phrase and "+" not in surface:
        return False
    if phrase.islower():
        return len(phrase) > 3 or (surface[0].isupper() and (phrase not in {"pm", "fm", "mp"} or surface.isupper()))
    if phrase.isupper() and len(phrase) <= 6:
        return surface.isupper()
    if len(phrase) <= 3 and phrase.isalpha() and not phrase.istitle():
        return surface in (phrase, phrase.upper())
    if phrase.startswith("The "):
        return surface[4].isupper() and (" " in phrase[4:] or surface[0].isupper())
    return surface[0].isupper()
