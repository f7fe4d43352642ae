"""Quotations made whole: continued ones joined to their statement, free-standing ones found.

The tagger sees one window at a time and words rather than marks. Where a quotation begins, ends and goes on is told by
its marks, so that is settled here: by the conventions of print, not by probabilities.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from streams.attribution.document import Attribution, Document
from streams.attribution.quotation import quotations
from streams.attribution.span import Span, length

_CLOSING = frozenset("\"”»'’")
_SHARE_OF_A_QUOTATION = 0.5
_LEAST_LETTERS = 16
_FREE_STANDING = 0.6
"""Confidence of a quotation that fills its sentence and that the tagger did not see."""


@dataclass(frozen=True)
class _Quotation:
    """An outermost quotation of one paragraph, its marks included.

    ``fills`` tells that it begins a sentence and nothing but it stands in its sentences; ``opens_sentence`` only the first.
    """

    span: Span
    paragraph: int
    opens_sentence: bool
    fills: bool
    first: bool
    closed: bool

    def holds(self, attribution: Attribution) -> bool:
        """Whether the statement is made inside the quotation: its cue, or without one its content, stands there."""
        return all(self.span.contains(span) for span in (attribution.cue or attribution.content))


def _outermost(document: Document) -> list[_Quotation]:
    found: list[_Quotation] = []
    edges = [Span(p[0].start, p[-1].end) for p in document.paragraphs]
    starts = {sentence.start for sentence in document.sentences}
    ends = {sentence.end for sentence in document.sentences}
    end = -1
    for span in quotations(document.body, document.paragraphs):
        if span.start < end:
            continue
        end = span.end
        number = bisect_right(edges, span.start, key=lambda edge: edge.start) - 1
        opens = span.start in starts
        whole = opens and (span.end in ends or document.body[span.end : span.end + 1] in ".," and span.end + 1 in ends)
        closed = document.body[span.end - 1] in _CLOSING and span.end - span.start > 1
        found.append(_Quotation(span, number, opens, whole, span.start == edges[number].start, closed))
    return found


def _share(quotation: Span, content: Sequence[Span]) -> float:
    common = sum(max(0, min(quotation.end, s.end) - max(quotation.start, s.start)) for s in content)
    return common / (quotation.end - quotation.start)


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """``spans`` in order, those that touch or overlap made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _completed(attribution: Attribution, near: Sequence[_Quotation]) -> Attribution:
    """With every quotation whole of which it holds the greater part and in which it is not itself said."""
    parts = [*attribution.source, *attribution.cue]
    whole = [
        quotation.span
        for quotation in near
        if not any(quotation.span.overlaps(part) for part in parts)
        and (attribution.cue or not quotation.holds(attribution) or quotation.fills)
        and _share(quotation.span, attribution.content) >= _SHARE_OF_A_QUOTATION
    ]
    return replace(attribution, content=_merged([*attribution.content, *whole])) if whole else attribution


def _near(quotes: Sequence[_Quotation], attribution: Attribution) -> Sequence[_Quotation]:
    first, last = attribution.content[0].start, attribution.content[-1].end
    low = bisect_right(quotes, first, key=lambda q: q.span.end)
    high = bisect_right(quotes, last, key=lambda q: q.span.start)
    return quotes[low:high]


def _says(attribution: Attribution, quotation: _Quotation) -> bool:
    """Whether the quotation is (part of) what the statement says, rather than the statement a part of the quotation."""
    inside = [quotation.span.overlaps(span) for span in attribution.content]
    return any(inside) and (not attribution.cue or not quotation.holds(attribution))


def _speaker_of_next(
    before: _Quotation, after: _Quotation, owner: int | None, attributions: Sequence[Attribution], same_paragraph_cue: bool
) -> bool:
    """Whether ``after`` goes on with the statement that ``before`` belongs to."""
    if owner is None:
        return False
    if after.paragraph == before.paragraph:
        cue = attributions[owner].cue
        interrupted = any(before.span.end <= span.start < after.span.start for span in cue)
        return same_paragraph_cue and interrupted and bool(cue)
    return after.paragraph == before.paragraph + 1 and after.first and not before.closed


def link(document: Document, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Settle quotations: complete them, join continuations, add free-standing ones.

    A quotation interrupted by its cue (``"A," he said. "B."``), and one left open at a paragraph's end that goes on in the
    next, is one statement. One that stands alone, after an indirect statement or after a closed quotation, is a
    statement of its own with empty source and cue.
    """
    quotes = _outermost(document)
    found = [_completed(attribution, _near(quotes, attribution)) for attribution in attributions]
    owners: dict[int, list[int]] = {}
    for number, attribution in enumerate(found):
        for quotation in _near(quotes, attribution):
            if _says(attribution, quotation):
                owners.setdefault(quotation.span.start, []).append(number)
    gone: set[int] = set()
    before: _Quotation | None = None
    owner_before: int | None = None
    for quotation in quotes:
        own = [n for n in owners.get(quotation.span.start, []) if n not in gone]
        with_cue = [n for n in own if found[n].cue]
        owner = min(with_cue or own, key=lambda n: -length(found[n].content), default=None)
        if not with_cue and before and _speaker_of_next(before, quotation, owner_before, found, quotation.opens_sentence):
            assert owner_before is not None
            joined = found[owner_before]
            found[owner_before] = replace(joined, content=_merged([*joined.content, quotation.span]))
            gone.update(own)
            owner = owner_before
        elif owner is None and quotation.fills and quotation.span.end - quotation.span.start >= _LEAST_LETTERS and found:
            found.append(Attribution((), (), (quotation.span,), _FREE_STANDING))
            owner = len(found) - 1
        before, owner_before = quotation, owner
    kept = [attribution for number, attribution in enumerate(found) if number not in gone]
    return tuple(sorted(kept, key=lambda a: (a.content, a.cue)))
