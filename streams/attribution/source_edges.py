"""Sources brought to their definition: one phrase, the shortest full one that names the speaker.

The tagger marks word by word and sometimes offers several phrases for one cue, a relative pronoun beside the phrase
that it stands for, or a name with what is only said about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from streams.attribution.document import Attribution
from streams.attribution.span import Span
from streams.knowledge import Knowledge

_RELATIVE = re.compile(r"who|whom|which|that", re.IGNORECASE)
_NAME = re.compile(
    r"[A-Z][\w'’.-]*(?:\s+(?:[A-Z][\w'’.-]*|al|bin|da|dal|de|del|der|di|do|dos|du|el|ibn|la|le|van|von|y))*"
)
_COMMA = re.compile(r",\s+(?!(?:Jr|Sr|II|III)\b)")
_PREPOSITION = re.compile(r"\s+(?:of|from|at|with|in|for|on)\s")
_LIST = re.compile(r"\b(?:and|or)\b|&")


def _nearest(spans: Sequence[Span], anchor: Span) -> Span:
    """The phrase that stands closest to the cue, or without one to the content; of two as close, the one before it."""

    def distance(span: Span) -> tuple[int, int]:
        return max(anchor.start - span.end, span.start - anchor.end, 0), span.start

    return min(spans, key=distance)


def _is_person(name: str, knowledge: Knowledge) -> bool:
    words = name.split()
    return len(words) > 1 and any(knowledge.is_given_name(word) for word in words[:-1])


def _trimmed(body: str, span: Span, knowledge: Knowledge) -> Span:
    """Without the apposition or prepositional phrase after a personal name ("Ben Rhodes, an adviser")."""
    text = span.of(body)
    name = _NAME.match(text)
    if not name or not _is_person(name.group(), knowledge):
        return span
    rest = text[name.end() :]
    ends = _PREPOSITION.match(rest) or (_COMMA.match(rest) and not _LIST.search(rest))
    return Span(span.start, span.start + name.end()) if ends else span


def settle_sources(body: str, attributions: Sequence[Attribution], knowledge: Knowledge) -> tuple[Attribution, ...]:
    """Each attribution with one source phrase at most, at its definition's edges."""
    return tuple(_settled(body, attribution, knowledge) for attribution in attributions)


def _settled(body: str, attribution: Attribution, knowledge: Knowledge) -> Attribution:
    if not attribution.source:
        return attribution
    named = [span for span in attribution.source if not _RELATIVE.fullmatch(span.of(body))]
    anchor = (attribution.cue or attribution.content)[0]
    source = _nearest(named or attribution.source, anchor)
    return replace(attribution, source=(_trimmed(body, source, knowledge),))
