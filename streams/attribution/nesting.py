"""Positions that are reported: ``Japan says it assumes that ...`` tells what Japan says and what it assumes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from streams.attribution.cues import lemmas_of
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


def with_positions(document: Document, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """``attributions`` and, after each, the position that its content begins with and that no other of them tells."""
    taken = {span.start for each in attributions for span in each.cue}
    return tuple(part for each in attributions for part in (each, *_positions(document.body, each, taken)))


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
