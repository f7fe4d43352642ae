"""The occasion of a statement: the words around it that are its own, and whether a speaker still speaks on it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from sys import maxsize
from typing import NamedTuple, TypeVar

from streams.attribution.cues import lemmas_of, words_of
from streams.attribution.document import Attribution, Document
from streams.attribution.span import Span

_MOST_NEIGHBOURS = 40
"""Contents of other statements that are looked at in one sentence; more stand only in text made to be slow."""

_HOLDING = frozenset(["has", "have", "'ve", "'s", "is", "are", "say", "think", "believe", "want", "do", "does"])
_POSSESSIVES = frozenset(["his", "her", "its", "their", "our", "my"])

Value = TypeVar("Value")
Names = Sequence[str]
"""A statement's speakers."""


class Setting(NamedTuple):
    """A statement in its sentence.

    ``anchor`` is where its cue stands (without one its source, then its content), ``paragraph`` and ``sentence`` are
    numbers in the document, ``own`` the stretches of the sentence that lie in no content, or, for a reported statement,
    in the content that reports it. ``is_background``: it tells of a position that is held, and of no occasion.
    """

    anchor: Span
    paragraph: int
    sentence: int
    own: tuple[Span, ...]
    is_reported: bool
    is_background: bool


class _Sentence(NamedTuple):
    span: Span
    paragraph: int
    number: int


def anchor_of(attribution: Attribution) -> Span:
    """Where a statement hangs in its text: its first cue, else its source, else its content."""
    return (attribution.cue or attribution.source or attribution.content)[0]


def _is_background(body: str, attribution: Attribution) -> bool:
    """Whether a statement tells of a position that is held ("has said", "his call for") and of no occasion."""
    cue = words_of(attribution.cue[0].of(body)) if attribution.cue else []
    if attribution.source and attribution.source[-1].of(body).casefold() in _POSSESSIVES:
        return True
    return bool(cue) and (cue[0] in _HOLDING or (cue[0].endswith("s") and cue[0] not in lemmas_of(cue[0])))


def _sentences(document: Document) -> list[_Sentence]:
    pairs = ((span, number) for number, paragraph in enumerate(document.paragraphs) for span in paragraph)
    return [_Sentence(span, paragraph, number) for number, (span, paragraph) in enumerate(pairs)]


def _sentence_at(sentences: Sequence[_Sentence], point: int) -> _Sentence:
    """The sentence that holds ``point``; of a point between two, the first of them; outside of all, the nearest."""
    number = bisect_right(sentences, ((point, maxsize),)) - 1
    return sentences[max(number, 0)]


def _without(stretch: Span, holes: Sequence[Span]) -> tuple[Span, ...]:
    left: list[Span] = []
    start = stretch.start
    for hole in sorted(holes):
        if hole.end <= start or hole.start >= stretch.end:
            continue
        if hole.start > start:
            left.append(Span(start, hole.start))
        start = hole.end
    if start < stretch.end:
        left.append(Span(start, stretch.end))
    return tuple(left)


def settings(document: Document, attributions: Sequence[Attribution]) -> tuple[Setting, ...]:
    """The setting of each of an article's statements, in the order given; the document must have a sentence."""
    sentences = _sentences(document)
    contents: dict[int, list[Span]] = defaultdict(list)
    for attribution in attributions:
        for span in attribution.content:
            first, last = _sentence_at(sentences, span.start).number, _sentence_at(sentences, span.end - 1).number
            for number in range(first, last + 1):
                if len(contents[number]) < _MOST_NEIGHBOURS:
                    contents[number].append(span)
    found = []
    for attribution in attributions:
        anchor = anchor_of(attribution)
        here = _sentence_at(sentences, anchor.start)
        around = [span for span in contents[here.number] if span.contains(anchor) and span not in attribution.content]
        stretch = min(around, key=lambda span: span.end - span.start, default=here.span)
        stretch = Span(max(stretch.start, here.span.start), min(stretch.end, here.span.end))
        holes = [span for span in contents[here.number] if not span.contains(anchor)]
        own = _without(stretch, [*holes, *attribution.content] if attribution.cue or attribution.source else holes)
        background = _is_background(document.body, attribution)
        found.append(Setting(anchor, here.paragraph, here.number, own, bool(around), background))
    return tuple(found)


def _paragraph(found: tuple[int, Value]) -> int:
    return found[0]


def carried(
    settings: Sequence[Setting],
    attributions: Sequence[Attribution],
    speakers: Sequence[Names | None],
    values: Sequence[Value | None],
    goes_on: Callable[[int, Value, int], bool],
) -> tuple[Value | None, ...]:
    """``values`` with each that is missing taken from the statement before of one of its speakers, if he still speaks.

    ``goes_on`` decides that: it is given the statement's number, the value and how many paragraphs lie between the two.
    A statement without source goes on for whoever spoke last; one in the sentence of another shares its value.
    """
    filled: list[Value | None] = list(values)
    latest: dict[str, tuple[int, Value]] = {}
    last: tuple[Names, int] | None = None
    shared: tuple[Value, int] | None = None
    for number in sorted(range(len(settings)), key=lambda n: settings[n].anchor):
        speaker, paragraph, value = speakers[number], settings[number].paragraph, filled[number]
        sourceless = not attributions[number].source
        if speaker is None and sourceless and last and paragraph - last[1] <= 1:
            speaker = last[0]
        if value is None and sourceless and shared and shared[1] == settings[number].sentence:
            value = shared[0]
        before = max((latest[name] for name in speaker or () if name in latest), default=None, key=_paragraph)
        if value is None and before is not None and goes_on(number, before[1], paragraph - before[0]):
            value = before[1]
        filled[number] = value
        if value is not None:
            shared = (value, settings[number].sentence)
            latest.update((name, (paragraph, value)) for name in speaker or ())
        if speaker is not None:
            last = (speaker, paragraph)
    return tuple(filled)
