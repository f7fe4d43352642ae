"""Quotation marks: which open, which close, and what of a statement stands between them.

News mixes every style: straight and curly marks, guillemets, two apostrophes for a mark, single marks that look like
apostrophes, quotations left open at a paragraph's end because they go on in the next.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from schemas.statement import Kind
from streams.attribution.document import Attribution, Document, Paragraph
from streams.attribution.span import Span

_MARK = re.compile(r"'''|''|``|[\"“”„‟«»‘’‚‛']")
_OPENS_FIRST = {"“": "“", "„": "„", "‟": "“", "``": "''", "‘": "‘", "‚": "‚", "‛": "‘"}
_CLOSED_BY = {
    "”": ("“", "„", '"'), "“": ("„",), '"': ('"', "“"), "''": ("''",), "»": ("«",), "«": ("»",),
    "’": ("‘", "‚", "'"), "‘": ("‚",), "'": ("'", "‘"),
}  # fmt: skip
"""Which quotation each mark can close, the likelier first; a quotation is known by the mark that opened it."""
_OPENS = {'"': '"', "”": "“", "''": "''", "«": "«", "»": "»", "'": "'"}
_SINGLE = frozenset("‘‚'")
_ELISION = re.compile(r"(?:\d0s|em|til|tis|twas|cause|n|cos|bout)\b", re.IGNORECASE)
_LATER_CLOSE = re.compile(r"[^'’‘\"“”«»\n]{1,200}[\w.,!?]['’](?!\w)")
_BEFORE_OPENING = frozenset("([{-–—/…:.,\"“”„‘'’`«»")
_NEVER_OPENED = frozenset(".,;:!?)]}")


class _Open(NamedTuple):
    """A mark that waits for its partner: where it stands and what kind of quotation it opens."""

    family: str
    start: int


class _Paired(NamedTuple):
    """The quotations of one paragraph, and the kind of the one left open at its end."""

    spans: tuple[Span, ...]
    outermost: tuple[Span, ...]
    unclosed: str | None


class _Place(NamedTuple):
    """A mark in its surroundings; the paragraph's edges count as spaces."""

    mark: str
    start: int
    end: int
    before: str
    after: str

    @property
    def may_open(self) -> bool:
        left = self.before.isspace() or self.before in _BEFORE_OPENING
        if self.mark == '"' and self.before.isalpha() and self.after.isalpha():
            return True  # a space is missing: said"we know
        return left and not self.after.isspace() and self.after not in _NEVER_OPENED

    @property
    def may_close(self) -> bool:
        return not self.before.isspace() and not self.after.isalnum()

    @property
    def surely_opens(self) -> bool:
        return self.before.isspace() and (self.after.isalnum() or self.after in "[‘'“$£€")


def _places(body: str, start: int, end: int) -> Iterator[_Place]:
    for found in _MARK.finditer(body, start, end):
        a, b = found.span()
        pieces = ((a, a + 1), (a + 1, b)) if b - a == 3 else ((a, b),)
        for left, right in pieces:
            before = body[left - 1] if left > start else " "
            yield _Place(body[left:right], left, right, before, body[right] if right < end else " ")


def _is_apostrophe(body: str, place: _Place, open_: list[_Open]) -> bool:
    """Whether a single mark belongs to a word ("don't", "'90s", "the leaders' wish") rather than to a quotation."""
    if place.before.isalnum() and place.after.isalnum():
        return True
    if _ELISION.match(body, place.end) and not place.before.isalnum():
        return True
    if place.mark in "’'" and not any(each.family in _SINGLE for each in open_):
        return not (place.mark == "'" and place.may_open)
    plural = place.before == "s" and place.after == " " and body[place.end + 1 : place.end + 2].islower()
    return plural and _LATER_CLOSE.match(body, place.end) is not None


def _closes(place: _Place, open_: list[_Open]) -> int | None:
    """Number in ``open_`` of what the mark closes; ``None`` when it closes nothing."""
    for family in _CLOSED_BY.get(place.mark, ()):
        for number, each in enumerate(open_):
            if each.family != family or each.start == place.start:
                continue
            inner = any(later.family not in _SINGLE for later in open_[number + 1 :])
            if family in _SINGLE and (inner or not place.may_close):
                continue
            if family != place.mark and place.mark == '"' and not place.may_close:
                continue
            return number
    return None


def outermost(spans: Iterable[Span]) -> Iterator[Span]:
    """Of ``spans``, in order as ``quotations`` gives them, those that lie in no other."""
    end = -1
    for span in spans:
        if span.start >= end:
            yield span
            end = span.end


_REOPENED = re.compile(r"[.!?…]['’]?\s+(?=[\"“]\w)|[\"“”]")
"""A sentence's end before an opening mark, or a mark."""
_STRAIGHT_OPENS = re.compile(r"(?<![^\s(\[—–-])\"\w")


def unclosed(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Quotations of one paragraph that are not closed before another one is opened at a sentence's beginning.

    So a text looks that has lost its breaks between paragraphs: ``"A. "B," he said.``
    """
    opened, sentence = -1, -1
    for found in _REOPENED.finditer(text, start, len(text) if end is None else end):
        if found.end() - found.start() > 1:
            sentence = found.end()
            continue
        opens = found[0] == "“" or (found[0] == '"' and _STRAIGHT_OPENS.match(text, found.start()) is not None)
        if opens and opened >= 0 and found.start() == sentence:
            yield Span(opened, sentence)
        opened = found.start() if opens else -1


def _pair(body: str, start: int, end: int, carried: str | None) -> _Paired:
    """Pair the marks of ``body[start:end]``; at most one quotation of each kind is open at a time, so it is linear.

    ``carried`` is the kind of quotation that the paragraph before left open.
    """
    found: list[Span] = []
    open_: list[_Open] = []
    for place in _places(body, start, end):
        if place.mark in "‘’‚‛'" and _is_apostrophe(body, place, open_):
            continue
        number = _closes(place, open_)
        if number is not None and not (place.mark in "\"''" and place.surely_opens):
            found.append(Span(open_[number].start, place.end))
            del open_[number:]
        elif family := _OPENS_FIRST.get(place.mark) or (_OPENS.get(place.mark) if place.may_open else None):
            open_ = [each for each in open_ if each.family != family]
            open_.append(_Open(family, place.start))
        elif carried in _CLOSED_BY.get(place.mark, ()) and not found and not open_:
            found.append(Span(start, place.end))
    found += (span.trimmed(body) for span in unclosed(body, start, end))
    goes_on = next((each for each in open_ if each.family not in _SINGLE), None)
    if goes_on:
        found.append(Span(goes_on.start, end))
    found.sort(key=lambda span: (span.start, -span.end))
    return _Paired(tuple(found), tuple(outermost(found)), goes_on.family if goes_on else None)


@lru_cache(maxsize=64)
def _paired(body: str, start: int, end: int, carried: str | None) -> _Paired:
    return _pair(body, start, end, carried)


def _edges(paragraph: Paragraph) -> Span:
    return Span(paragraph[0].start, paragraph[-1].end)


def quotations(body: str, paragraphs: Iterable[Paragraph]) -> tuple[Span, ...]:
    """Every quotation in ``paragraphs`` with its marks, in the order of the text, a nested one after the one around it.

    A quotation that runs over several paragraphs is one span in each; a single mark counts where it quotes, an
    apostrophe never.
    """
    found: list[Span] = []
    carried = None
    for paragraph in paragraphs:
        paired = _paired(body, *_edges(paragraph), carried)
        found.extend(paired.spans)
        carried = paired.unclosed
    return tuple(found)


def _quoted(document: Document, span: Span) -> Iterator[Span]:
    """The outermost quotations that ``span`` meets, in order."""
    paragraphs = document.paragraphs
    first = bisect_right(paragraphs, span.start, key=lambda paragraph: paragraph[0].start) - 1
    carried = _paired(document.body, *_edges(paragraphs[first - 1]), None).unclosed if first > 0 else None
    for number in range(max(first, 0), len(paragraphs)):
        edges = _edges(paragraphs[number])
        if edges.start >= span.end:
            return
        paired = _paired(document.body, *edges, carried)
        carried = paired.unclosed
        here = bisect_right(paired.outermost, span.start, key=lambda quotation: quotation.end)
        while here < len(paired.outermost) and paired.outermost[here].start < span.end:
            yield paired.outermost[here]
            here += 1


def _outside(span: Span, quoted: Iterable[Span]) -> Iterator[Span]:
    """The stretches of ``span`` that stand in none of the quotations that it meets."""
    start = span.start
    for each in quoted:
        yield Span(start, max(start, each.start))
        start = each.end
    yield Span(start, max(start, span.end))


def _inside(span: Span, quoted: Iterable[Span]) -> Iterator[Span]:
    """The stretches of ``span`` that stand in one of the quotations that it meets."""
    return (Span(max(span.start, each.start), min(span.end, each.end)) for each in quoted)


def _has_words(body: str, spans: Iterable[Span]) -> bool:
    return any(any(map(str.isalnum, span.of(body))) for span in spans)


def kind_of(document: Document, attribution: Attribution) -> Kind:
    """``direct`` when all of the content stands inside quotation marks, ``mixed`` when part does, else ``indirect``.

    Judged from the marks in the text, whoever opened them.
    """
    quoted = {span: tuple(_quoted(document, span)) for span in attribution.content}
    if not any(_has_words(document.body, _inside(*each)) for each in quoted.items()):
        return "indirect"
    return "mixed" if any(_has_words(document.body, _outside(*each)) for each in quoted.items()) else "direct"
