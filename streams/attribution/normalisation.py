"""Spans brought to the edges that the definition of a statement gives them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from streams.attribution.document import Attribution, Document
from streams.attribution.linking import is_closed
from streams.attribution.quotation import quotations
from streams.attribution.span import Span

_EDGE = " \t\r\n\u00a0,;:.-–—…"
_BEFORE = _EDGE + ")]"
_AFTER = _EDGE + "(["
_AROUND_NAMES = " \t\r\n\u00a0,;:"
_CLOSING = "\"”»'’"
_NOUN_OF_SPEECH = (
    "(?:accusation|allegation|approach|assertion|assessment|claim|decision|figure|idea|notion|number|offer|position|proposal"
    "|request|statement|suggestion|version|view)"
)
_THAT = re.compile(
    r"that(?:\s+|,\s*(?!too\b))"
    r"(?!(?:is|was|are|were|will|would|has|have|had|can|could|may|might|must|should|does|did|means|depends|seems)\b)"
    rf"(?!{_NOUN_OF_SPEECH}\b)(?!as\b|\w+[.,;:]?\Z)(?=\S)",
    re.IGNORECASE,
)
"""The complementiser: not the pronoun ("that is"), nor what somebody said before ("that claim",
"called that treason")."""
_LOOSE_END = re.compile(r"\s(?:an?|and|because|but|by|its|or|since|the|their|until|which|while)\Z")
"""What no clause ends with."""
_TOPIC = re.compile(r"(?:about|as|asked|at|concerning|for|in|of|on|regarding|to|with)\s", re.IGNORECASE)
_OPENING = re.compile(r"(?:[\"“„«]|``|'')['‘]?[A-ZÀ-ÖØ-Þ]")
"""Opens a quotation that is a sentence of its own."""
_POSSESSIVE = re.compile(r"['’]s?\Z")
_ABBREVIATION = re.compile(
    r"(?:(?:\b[A-Za-z]\.){2,}|\b(?:Ph\.D|Inc|Corp|Co|Ltd|Bros|Jr|Sr|No|Mr|Mrs|Ms|Dr|St|etc|al|[ap]\.m"
    r"|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.)\Z"
)


@dataclass(frozen=True)
class _Quotations:
    """All quotations of an article in the order of the text, to be found by where they begin and end."""

    spans: tuple[Span, ...]
    starts: tuple[int, ...]
    by_end: dict[int, Span]

    def at_the_edges_of(self, span: Span) -> list[Span]:
        """Those that begin inside ``span`` or a few characters before, and the nearest before that reaches into it."""
        first = bisect_left(self.starts, span.start - 3)
        near = list(self.spans[first : bisect_right(self.starts, span.end + 1)])
        if first and self.spans[first - 1].end >= span.start:
            near.append(self.spans[first - 1])
        return near


def _quotations(document: Document) -> _Quotations:
    spans = quotations(document.body, document.paragraphs)
    return _Quotations(spans, tuple(span.start for span in spans), {span.end: span for span in reversed(spans)})


def _inside(span: Span, quotes: _Quotations, said: Sequence[Span]) -> Span:
    """``span`` without the marks of a quotation in which the statement itself, ``said``, is made."""
    start, end = span
    number = bisect_left(quotes.starts, start)
    if number < len(quotes.spans) and quotes.starts[number] == start and _holds(quotes.spans[number], said):
        start += 1
    around = quotes.by_end.get(end)
    if around and around.start < start and _holds(around, said):
        end -= 1
    return Span(start, max(start, end))


def _holds(quote: Span, said: Sequence[Span]) -> bool:
    return any(quote.contains(part) for part in said)


def _right_edge(body: str, start: int, end: int) -> int:
    """``end`` without stops, commas and spaces before it; the stop of an abbreviation stays."""
    while end > start and body[end - 1] in _AFTER:
        if body[end - 1] == "." and _ABBREVIATION.search(body, max(start, end - 12), end):
            break
        end -= 1
    return end


def _content(body: str, span: Span, after_cue: bool) -> Span:
    start, end = span
    while start < end and body[start] in _BEFORE:
        start += 1
    end = _right_edge(body, start, end)
    if loose := _LOOSE_END.search(body, max(start, end - 10), end):
        end = _right_edge(body, start, loose.start())
    if end > start and body[end - 1] == ")" and "(" not in body[start:end]:
        end = _right_edge(body, start, end - 1)
    if end > start and body[start] == "(" and ")" not in body[start:end]:
        start += 1
    if after_cue and (that := _THAT.match(body, start, end)):
        start = that.end()
    return Span(start, end)


def _with_marks(body: str, span: Span, whole: Span, quotes: Sequence[Span]) -> Span:
    """Take in the marks that enclose ``span`` or end at its edge, leave out those that belong to another stretch.

    ``whole`` is the span before its full stop was taken off; at the end of a quotation left open it stays.
    """
    start, end = span
    for quote in quotes:
        closed = is_closed(body, quote)
        width = 2 if body.startswith(("''", "``"), quote.start) else 1
        if start == quote.start + width and end >= start:
            start = quote.start
        if start > quote.start:
            continue
        if closed and _only_marks(body[end : min(quote.end, end + 4)]):
            end = max(end, quote.end)
        elif not closed and whole.end == quote.end:
            end = whole.end
    if end - start > 1 and body[end - 1] in '"“„«‘' and any(quote.start == end - 1 for quote in quotes):
        end = _right_edge(body, start, end - 1)
    return Span(start, end).trimmed(body)


def _only_marks(text: str) -> bool:
    return len(text) < 4 and all(letter in ".,!?…;" + _CLOSING for letter in text)


def _stripped(body: str, span: Span) -> Span:
    start, end = span
    while start < end and body[start] in _AROUND_NAMES:
        start += 1
    while end > start and body[end - 1] in _AROUND_NAMES:
        end -= 1
    return Span(start, end)


def _source(body: str, span: Span) -> Span:
    start, end = _stripped(body, span)
    if body[start:end].count('"') == 1:
        start, end = _stripped(body, Span(start + (body[start] == '"'), end - (body[end - 1] == '"')))
    possessive = _POSSESSIVE.search(body, max(start, end - 2), end)
    if possessive and possessive.start() > start and body[possessive.start() - 1].isalnum():
        is_mark_of_a_plural = possessive.end() - possessive.start() > 1 or body[possessive.start() - 1] in "sxz"
        end = possessive.start() if is_mark_of_a_plural else end
    return Span(start, end)


def _present(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(span for span in spans if span.start < span.end)


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Those that are not empty, in order; a mark that two of them took in makes them one."""
    found: list[Span] = []
    for span in sorted(_present(spans)):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _normalised(body: str, attribution: Attribution, quotes: _Quotations) -> Attribution:
    said = attribution.cue or attribution.source
    content = []
    for number, span in enumerate(_without_topic(body, attribution)):
        whole = _inside(span, quotes, said)
        after_cue = number == 0 and (not attribution.cue or attribution.cue[0].end <= span.start)
        near = [quote for quote in quotes.at_the_edges_of(whole) if not _holds(quote, said)]
        content.append(_with_marks(body, _content(body, whole, after_cue), whole, near))
    content = [span for span in content if any(map(str.isalnum, span.of(body)))]
    source = [_source(body, span) for span in attribution.source]
    cue = [_stripped(body, span) for span in attribution.cue]
    return replace(attribution, source=_present(source), cue=_present(cue), content=_apart(content))


def _without_topic(body: str, attribution: Attribution) -> Sequence[Span]:
    """The content without what only leads to the quotation of a whole sentence: ``Of that, | he said, "We ..."``."""
    first, *rest = attribution.content
    cue = attribution.cue
    is_before = rest and cue and first.end <= cue[0].start and cue[-1].end <= rest[0].start
    is_topic = is_before and _TOPIC.match(body, first.start) and all(_OPENING.match(body, span.start) for span in rest)
    return rest if is_topic else attribution.content


def normalise(document: Document, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Contents without complementiser and sentence-closing stop but with their quotation marks, sources without "'s".

    An attribution whose content comes out empty is dropped.
    """
    quotes = _quotations(document)
    found = (_normalised(document.body, attribution, quotes) for attribution in attributions)
    return tuple(attribution for attribution in found if attribution.content)
