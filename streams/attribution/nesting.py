"""Statements within statements: ``Japan says it assumes that ...`` tells what Japan says and what it assumes, but
``"We urge Iran to stop," she said`` is one statement, which urges.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from streams.attribution.cues import cue_in, lemmas_of, words_of
from streams.attribution.document import Attribution, Document
from streams.attribution.span import Span

_POSITIONS = frozenset(
    (
        "appreciate", "assume", "believe", "doubt", "expect", "favor", "favour", "hope", "oppose", "regret", "support",
        "think",
    )
)  # fmt: skip
"""The verbs that the definition of a statement names for what somebody publicly holds, and others of their kind."""
_PRONOUN = r"he|it|she|they|we|I"
_PHRASE = r"[Tt]he(?:\s[\w-]+){1,3}?|[A-Z][\w.-]+(?:\s[A-Z][\w.-]+){0,3}?"
_BEGINS = re.compile(
    rf"(?P<source>{_PRONOUN}|(?P<phrase>{_PHRASE}))\s(?:(?:\w+ly|also|still)\s)?"
    r"(?P<cue>(?:(?:did|does|do) not )?(?P<verb>[a-z]+))\s(?:with\s[^,;:]{1,40}?\sthat\s|that\s)?(?=\S)"
)
_LEAST_WORDS = 2
_FIRST_PERSON = frozenset({"i", "we"})


def with_positions(document: Document, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """``attributions`` and, after each, the position that its content begins with and that no other of them tells."""
    taken = {span.start for each in attributions for span in each.cue}
    return tuple(part for each in attributions for part in (each, *_positions(document.body, each, taken)))


def without_performed(document: Document, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """``attributions`` without those in which a speaker only does with his own words what they say ("We urge ...")."""
    said = sorted(span for each in attributions for span in each.content)
    starts = [span.start for span in said]
    ends = list(accumulate((span.end for span in said), max))

    def is_said(cue: Span) -> bool:
        before = bisect_right(starts, cue.start)
        return before > 0 and ends[before - 1] >= cue.end

    return tuple(each for each in attributions if not (_is_performed(document.body, each) and is_said(each.cue[0])))


def _is_performed(body: str, attribution: Attribution) -> bool:
    """Whether "I" or "we" do something by saying so: in the present and without another verb before."""
    who = {span.of(body).lower() for span in attribution.source}
    if not attribution.cue or not who or not who <= _FIRST_PERSON:
        return False
    cue = words_of(attribution.cue[0].of(body))
    entry = cue_in(cue, (), "clause")
    return entry is not None and cue[0] == entry.words[0]


def _positions(body: str, attribution: Attribution, taken: set[int]) -> Iterator[Attribution]:
    """The statement within the statement; none where the content stands before its cue or in pieces."""
    first, *others = attribution.content
    begins = _BEGINS.match(body, *first)
    if not attribution.cue or not begins or attribution.cue[0].end > first.start or others:
        return
    cue, rest = Span(*begins.span("cue")), Span(begins.end(), first.end)
    is_position = not _POSITIONS.isdisjoint(lemmas_of(begins["verb"]))
    if begins["phrase"] and begins["verb"][-1] not in "sd":
        return  # more likely a noun: "South Korea support for ..."
    if is_position and cue.start not in taken and len(rest.of(body).split()) >= _LEAST_WORDS:
        yield Attribution((Span(*begins.span("source")),), (cue,), (rest,), attribution.confidence)
