"""Who speaks in ``was quoted by an agency as saying`` and in ``quoted an envoy as saying``: he who is quoted.

The tagger sees two cues there, "quoted" and "saying", and gives both to whoever stands nearest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from streams.attribution.document import Attribution, Document
from streams.attribution.span import Span

_IS_QUOTED = re.compile(r"\b(?:are|be|been|being|is|was|were)\s(?:\w+ly\s|also\s)?(?:cited|quoted)\Z")
_QUOTES = re.compile(r"\b(?:cit|quot)(?:e|es|ed|ing)\Z")
_AS_SAYING = re.compile(r"\s(?P<between>[^.;:\n]{1,80}?\s)?(?P<as>as\s(?P<verb>[a-z]+ing))\b")


def settle_quoted(document: Document, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """``attributions`` with one statement for "was quoted as saying", said by its subject, and with the object of
    "quoted ... as saying" as the source of what it says.
    """
    body = document.body
    found = list(attributions)
    said_at = {each.cue[0].start: each for each in attributions if each.cue}
    for number, each in enumerate(attributions):
        clause = _AS_SAYING.match(body, each.cue[0].end) if each.cue and _QUOTES.search(body, *each.cue[0]) else None
        if clause is None:
            continue
        twin = said_at.get(clause.start("verb"))
        if _IS_QUOTED.search(body, *each.cue[0]):
            found[number] = _quoted(body, each, twin, clause)
            if twin:
                found.remove(twin)
                return settle_quoted(document, found)
        elif twin and clause["between"]:
            found[found.index(twin)] = replace(twin, source=(Span(*clause.span("between")).trimmed(body),))
    return tuple(found)


def _quoted(body: str, own: Attribution, twin: Attribution | None, clause: re.Match[str]) -> Attribution:
    """The passive's one statement: the cue with its "as saying", what is said after it, and the subject before it."""
    cue, saying = own.cue[0], Span(*clause.span("as"))
    before = [
        span
        for span in (*own.source, *(twin.source if twin else ()), *own.content)
        if span.end <= cue.start and not body.endswith("by ", 0, span.start)
    ]
    after = (Span(max(span.start, clause.end()), span.end).trimmed(body) for span in own.content)
    content = twin.content if twin else tuple(span for span in after if span.start < span.end)
    return replace(
        own,
        source=(max(before, key=lambda span: (span.end, -span.start)),) if before else (),
        cue=(cue, saying) if clause["between"] else (Span(cue.start, saying.end),),
        content=content or own.content,
        confidence=max(own.confidence, twin.confidence) if twin else own.confidence,
    )
