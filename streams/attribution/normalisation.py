"""Spans brought to the edges that the definition of a statement gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from streams.attribution.document import Attribution, Document
from streams.attribution.quotation import quotations
from streams.attribution.span import Span

_EDGE = " \t\r\n\u00a0,;:.-–—…"
_BEFORE = _EDGE + ")]"
_OPENING = "\"“„«'‘"
_CLOSING = "\"”»'’"
_THAT = re.compile(r"that\s+(?!(?:is|was|are|were|will|would|has|have|had|can|could|may|might|should|does|did)\b)(?=\S)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s?)$")
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]\.){2,}$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|No|Mr|Mrs|Dr|St|etc)\.$")


def _content(body: str, span: Span, first: bool, after_cue: bool) -> Span:
    start, end = span
    while start < end and body[start] in _BEFORE:
        start += 1
    while end > start and body[end - 1] in _EDGE + "(":
        if body[end - 1] == "." and _ABBREVIATION.search(body, max(start, end - 12), end):
            break
        end -= 1
    if first and after_cue and (that := _THAT.match(body, start, end)):
        start = that.end()
    return Span(start, end)


def _with_marks(body: str, span: Span, quotes: Sequence[Span]) -> Span:
    """Take in the marks that enclose the span or end at its edge, leave out those that belong to another stretch."""
    start, end = span
    for quote in quotes:
        closed = body[quote.end - 1] in _CLOSING
        inner = Span(quote.start + 1, quote.end - 1 if closed else quote.end)
        if start == inner.start and end >= inner.start:
            start = quote.start
        if closed and start <= quote.start and _only_marks(body[end : quote.end]):
            end = max(end, quote.end)
    if end - start > 1 and body[end - 1] in "\"“„«‘" and any(quote.start == end - 1 for quote in quotes):
        end -= 1
    return Span(start, end).trimmed(body)


def _only_marks(text: str) -> bool:
    return len(text) < 4 and all(letter in ".,!?…;" + _CLOSING for letter in text)


def _source(body: str, span: Span) -> Span:
    start, end = span
    while start < end and (body[start].isspace() or body[start] in ",;:"):
        start += 1
    while end > start and (body[end - 1].isspace() or body[end - 1] in ",;:"):
        end -= 1
    possessive = _POSSESSIVE.search(body, start, end)
    if possessive and body[possessive.start() - 1 : possessive.start()].isalnum() and possessive.end() == end:
        plural = possessive.group() in "'’" and body[end - 2 : end - 1] != "s"
        end = end if plural else possessive.start()
    return Span(start, end)


def normalise(document: Document, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Contents without complementiser and sentence-closing stop but with their quotation marks, sources without "'s".

    An attribution whose content comes out empty is dropped.
    """
    body = document.body
    quotes = quotations(body, document.paragraphs)
    starts = [quote.start for quote in quotes]
    found: list[Attribution] = []
    for attribution in attributions:
        content = []
        for number, span in enumerate(attribution.content):
            after_cue = not attribution.cue or attribution.cue[0].end <= span.start
            near = _touching(quotes, starts, span)
            marked = _with_marks(body, _content(body, span, number == 0, after_cue), near)
            if marked.start < marked.end:
                content.append(marked)
        if content:
            source = tuple(s for span in attribution.source if (s := _source(body, span)).start < s.end)
            found.append(replace(attribution, source=source, content=tuple(content)))
    return tuple(found)


def _touching(quotes: Sequence[Span], starts: Sequence[int], span: Span) -> list[Span]:
    """Quotations that begin or end within a few characters of an edge of ``span``, or lie inside it."""
    from bisect import bisect_left, bisect_right

    near: list[Span] = []
    for number in range(bisect_left(starts, span.start - 3), bisect_right(starts, span.end + 1)):
        near.append(quotes[number])
    before = bisect_left(starts, span.start - 3) - 1
    if before >= 0 and quotes[before].end >= span.start:
        near.append(quotes[before])
    return near
