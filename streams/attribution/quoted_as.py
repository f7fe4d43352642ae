"""Who speaks in ``was quoted by an agency as saying`` and in ``quoted an envoy as saying``: he who is quoted.

The tagger sees two cues there, "quoted" and "saying", and gives both to whoever stands nearest, or but the first.
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

_PLAIN = frozenset({"saying", "stating", "telling"})


def settle_quoted(document: Document, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """``attributions`` with one statement for "was quoted as saying", said by its subject, and with two for "quoted
    ... as saying", the second of them said by its object.
    """
    body = document.body
    said_at = {each.cue[0].start: each for each in attributions if each.cue}
    taken: set[int] = set()
    found: list[Attribution] = []
    for each in attributions:
        clause = _AS_SAYING.match(body, each.cue[0].end) if each.cue and _QUOTES.search(body, *each.cue[0]) else None
        twin = said_at.get(clause.start("verb")) if clause else None
        if clause and _IS_QUOTED.search(body, *each.cue[0]):
            taken |= {id(twin)} if twin else set()
            found.append(_passive(body, each, twin, clause))
        elif clause and clause["between"]:
            taken |= {id(twin)} if twin else set()
            found += _active(body, each, twin, clause)
        else:
            found.append(each)
    return tuple(each for each in found if id(each) not in taken)


def _passive(body: str, own: Attribution, twin: Attribution | None, clause: re.Match[str]) -> Attribution:
    """One statement: the cue with its "as saying", what is said after it, and the subject before it."""
    cue, saying = own.cue[0], Span(*clause.span("as"))
    before = [
        span
        for span in (*own.source, *(twin.source if twin else ()), *own.content)
        if span.end <= cue.start and not body.endswith("by ", 0, span.start)
    ]
    return replace(
        own,
        source=(max(before, key=lambda span: (span.end, -span.start)),) if before else (),
        cue=(cue, saying) if clause["between"] else (Span(cue.start, saying.end),),
        content=(twin.content if twin else _after(body, own.content, clause.end())) or own.content,
        confidence=max(own.confidence, twin.confidence) if twin else own.confidence,
    )


def _active(body: str, own: Attribution, twin: Attribution | None, clause: re.Match[str]) -> list[Attribution]:
    """Two statements: the one that quotes, without the object where the quotation stands before it, and the object's,
    which only a plain verb makes where the tagger saw none.
    """
    quoted, cue = Span(*clause.span("between")).trimmed(body), Span(*clause.span("verb"))
    before = tuple(span for span in own.content if span.end <= own.cue[0].start)
    said = twin.content if twin else before or _after(body, own.content, clause.end())
    if not said or (twin is None and clause["verb"] not in _PLAIN):
        return [own]
    return [replace(own, content=before or own.content), Attribution((quoted,), (cue,), said, own.confidence)]


def _after(body: str, content: Sequence[Span], start: int) -> tuple[Span, ...]:
    """What of ``content`` stands behind ``start``."""
    cut = (Span(max(span.start, start), span.end).trimmed(body) for span in content)
    return tuple(span for span in cut if span.start < span.end)
