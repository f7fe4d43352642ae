"""Quotations made whole: continued ones joined to their statement, free-standing ones found.

The tagger sees one window at a time and words rather than marks. Where a quotation begins, ends and goes on is told by
its marks, so that is settled here: by the conventions of print, not by probabilities.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from streams.attribution.document import Attribution, Document
from streams.attribution.quotation import outermost, quotations
from streams.attribution.span import Span, length

_CLOSED_BY = {
    "“": "”\"", "„": "“”\"", "‟": "”", '"': "\"”", "”": "”",
    "«": "»", "»": "«", "`": "'", "'": "'’", "‘": "’'", "‚": "’‘",
}  # fmt: skip
_NAMING = re.compile(r"\b(?:brand|call|christen|dub|label|nam|nicknam|titl)[a-z]*\Z", re.IGNORECASE)
_SHARE_OF_A_QUOTATION = 0.5
_LEAST_LETTERS = 16
_FREE_STANDING = 0.6
"""Confidence of a quotation that fills its sentence and that the tagger did not see."""


@dataclass(frozen=True)
class _Quotation:
    """An outermost quotation of one paragraph, its marks included.

    ``sentence`` is the number of the sentence that it begins in, ``fills`` tells that it begins a sentence and nothing
    but it stands in its sentences, ``opens_sentence`` only the first, ``opens_paragraph`` that nothing stands before
    it. One that is neither ``closed`` nor ``goes_on`` in the next paragraph lost its mark: nobody knows where it ends.
    """

    span: Span
    paragraph: int
    sentence: int
    opens_sentence: bool
    fills: bool
    opens_paragraph: bool
    closed: bool
    goes_on: bool = False

    def holds(self, attribution: Attribution) -> bool:
        """Whether the statement is made inside the quotation: its cue, or without one its content, stands there."""
        return all(self.span.contains(span) for span in (attribution.cue or attribution.content))

    def continues(self, before: _Quotation) -> bool:
        """Whether it opens the paragraph after one that ``before`` left open, or the next sentence, where the break
        between paragraphs was lost.
        """
        next_one = self.opens_paragraph and self.paragraph == before.paragraph + 1
        return not before.closed and (next_one or self.paragraph == before.paragraph)


def is_closed(body: str, quotation: Span) -> bool:
    """Whether ``quotation`` ends with the mark that closes it, rather than with its paragraph."""
    closing = _CLOSED_BY.get(body[quotation.start])
    last = body[quotation.end - 1]
    if closing is None:  # it began in the paragraph before and has no opening mark here
        return not last.isalnum() and last in "\"”»'’"
    return quotation.end - quotation.start > 1 and last in closing


def _outermost(document: Document) -> list[_Quotation]:
    body = document.body
    edges = [Span(paragraph[0].start, paragraph[-1].end) for paragraph in document.paragraphs]
    starts = [sentence.start for sentence in document.sentences]
    ends = {sentence.end for sentence in document.sentences}
    found: list[_Quotation] = []
    for span in outermost(quotations(body, document.paragraphs)):
        paragraph = bisect_right(edges, span.start, key=lambda edge: edge.start) - 1
        sentence = bisect_right(starts, span.start) - 1
        opens = starts[sentence] == span.start
        fills = opens and (span.end in ends or (body[span.end : span.end + 1] in ".," and span.end + 1 in ends))
        first = span.start == edges[paragraph].start
        here = _Quotation(span, paragraph, sentence, opens, fills, first, is_closed(body, span))
        if found and here.continues(found[-1]):
            found[-1] = replace(found[-1], goes_on=True)
        found.append(here)
    return found


def _share(quotation: Span, content: Sequence[Span]) -> float:
    common = sum(max(0, min(quotation.end, s.end) - max(quotation.start, s.start)) for s in content)
    return common / (quotation.end - quotation.start)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """``spans`` in order, those that touch or overlap made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _near(quotes: Sequence[_Quotation], attribution: Attribution) -> Sequence[_Quotation]:
    """Quotations between the first and the last character of the content."""
    first, last = attribution.content[0].start, attribution.content[-1].end
    low = bisect_right(quotes, first, key=lambda q: q.span.end)
    high = bisect_right(quotes, last, key=lambda q: q.span.start)
    return quotes[low:high]


def _begun(body: str, quotation: Span, content: Sequence[Span]) -> bool:
    """Whether ``content`` has the mark that opens the quotation and none of its words: the tagger lost it there."""
    return any(
        span.start == quotation.start and not any(map(str.isalnum, span.of(body))) and span.end < quotation.end
        for span in content
    )


def _completed(body: str, attribution: Attribution, near: Sequence[_Quotation]) -> Attribution:
    """With every quotation whole of which it holds the greater part, or the beginning alone, and in which it is not
    itself said."""
    parts = [*attribution.source, *attribution.cue]
    whole = [
        quotation.span
        for quotation in near
        if (quotation.closed or quotation.goes_on)
        and not any(quotation.span.overlaps(part) for part in parts)
        and (attribution.cue or not quotation.holds(attribution) or quotation.fills)
        and (
            _share(quotation.span, attribution.content) >= _SHARE_OF_A_QUOTATION
            or _begun(body, quotation.span, attribution.content)
        )
    ]
    return replace(attribution, content=_merged([*attribution.content, *whole])) if whole else attribution


def _says(attribution: Attribution, quotation: _Quotation) -> bool:
    """Whether the quotation is (part of) what the statement says, rather than the statement a part of the quotation."""
    inside = any(quotation.span.overlaps(span) for span in attribution.content)
    return inside and (not attribution.cue or not quotation.holds(attribution))


def _owners(quotes: Sequence[_Quotation], found: Sequence[Attribution]) -> dict[Span, list[int]]:
    """For each quotation the numbers of the statements that say it."""
    owners: dict[Span, list[int]] = {}
    for number, attribution in enumerate(found):
        for quotation in _near(quotes, attribution):
            if _says(attribution, quotation):
                owners.setdefault(quotation.span, []).append(number)
    return owners


def _goes_on(document: Document, before: _Quotation, after: _Quotation, owner: Attribution) -> bool:
    """Whether ``after`` belongs to the statement ``owner`` that says ``before``.

    It does in the paragraph after one left open, and where only the speaker and the cue stand between the two:
    ``"A," he said. "B."`` or ``"A," he said, "b."``
    """
    if after.continues(before):
        return True
    cue = [span for span in owner.cue if before.span.end <= span.start < after.span.start]
    if not cue or after.paragraph != before.paragraph:
        return False
    if not after.opens_sentence:
        return document.body[cue[-1].end : after.span.start].rstrip().endswith((",", "—", "–", "--"))
    sentences = document.paragraphs[after.paragraph]
    following = bisect_right(sentences, cue[-1].start, key=lambda sentence: sentence.start)
    return following < len(sentences) and sentences[following].start == after.span.start


def _stands_alone(quotation: _Quotation, cues: Sequence[int]) -> bool:
    """Whether a quotation that nobody says is a statement; ``cues``: where cues begin. In one that lost the mark that
    closes it, a cue may stand outside.
    """
    holds_cue = bisect_left(cues, quotation.span.start) < bisect_left(cues, quotation.span.end)
    whole = quotation.fills and length([quotation.span]) >= _LEAST_LETTERS
    return whole and (quotation.closed or not holds_cue)


def _joined_to(part_of: Mapping[int, int], number: int) -> int:
    """The statement that number ``number`` has become a part of, or itself."""
    while number in part_of:
        number = part_of[number]
    return number


def _parted(document: Document, attribution: Attribution, quotes: Sequence[_Quotation]) -> list[Attribution]:
    """Without the quotations that are statements of their own.

    Those are one that begins a paragraph after one that was closed, and one after a colon at the end of an indirect
    statement: ``He warned of war: "We are ready."``
    """
    said = [q for q in _near(quotes, attribution) if any(span.contains(q.span) for span in attribution.content)]
    later = {after.span for before, after in pairwise(said) if before.closed and after.opens_paragraph}
    if attribution.cue and (after_colon := _after_colon(document.body, attribution, said)):
        later.add(after_colon)
    own = _without(document.body, attribution.content, later)
    if not attribution.cue or not later or not own:
        return [attribution]
    return [
        replace(attribution, content=own),
        *(Attribution((), (), (q,), attribution.confidence) for q in sorted(later)),
    ]


def _without_strays(body: str, found: Sequence[Attribution]) -> list[Attribution]:
    """Each without the quotations that it holds behind what somebody else says:
    ``"A," he said. Crean says that B. | "C."``
    """
    others = sorted((each.cue[0].start, each.source[0].start) for each in found if each.cue and each.source)
    kept = []
    for each in found:
        content = each.content
        end = max((span.end for span in each.cue), default=None)
        while (
            end is not None and len(content) > 1 and content[-1].start > end and body[content[-1].start] in _CLOSED_BY
        ):
            left = max(end, content[-2].end)
            between = others[bisect_right(others, (left,)) : bisect_right(others, (content[-1].start,))]
            if not any(source > left for _, source in between):
                break
            content = content[:-1]
        kept.append(replace(each, content=content))
    return kept


def _after_colon(body: str, attribution: Attribution, said: Sequence[_Quotation]) -> Span | None:
    """The quotation that ends the content of a statement without quotation marks, a colon before it.

    What somebody calls a thing ("dubbed the affair: ...") is no second statement.
    """
    if (
        len(said) != 1
        or said[0].span.end < attribution.content[-1].end - 1
        or _NAMING.search(body, *attribution.cue[-1])
    ):
        return None
    quotation = said[0].span
    before = body[attribution.cue[-1].end : quotation.start].rstrip()
    return quotation if before.endswith(":") and any(map(str.isalnum, before)) else None


def _without(body: str, content: Sequence[Span], parts: Collection[Span]) -> tuple[Span, ...]:
    """``content`` up to each of ``parts``, which end the spans that hold them."""
    ends = (min((part.start for part in parts if span.contains(part)), default=span.end) for span in content)
    cut = (Span(span.start, end).trimmed(body) for span, end in zip(content, ends, strict=True))
    return tuple(span for span in cut if span.start < span.end)


def link(document: Document, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Settle quotations: complete them, join continuations, add free-standing ones.

    A quotation interrupted by its cue (``"A," he said. "B."``), and one left open at a paragraph's end that goes on in
    the next, is one statement. One that stands alone, after an indirect statement or after a closed quotation, is a
    statement of its own with empty source and cue.
    """
    quotes = _outermost(document)
    whole = [
        _completed(document.body, each, _near(quotes, each)) for each in _without_strays(document.body, attributions)
    ]
    found = [part for each in whole for part in _parted(document, each, quotes)]
    owners = _owners(quotes, found)
    cues = sorted(span.start for each in found for span in each.cue)
    more: dict[int, list[Span]] = {}
    part_of: dict[int, int] = {}
    last: tuple[_Quotation, int] | None = None
    for quotation in quotes:
        own = {_joined_to(part_of, number) for number in owners.get(quotation.span, ())}
        with_cue = {number for number in own if found[number].cue}
        owner = max(sorted(with_cue or own), key=lambda number: length(found[number].content), default=None)
        if last and not with_cue and owner != last[1] and _goes_on(document, last[0], quotation, found[last[1]]):
            owner = last[1]
            own.discard(owner)
            own_contents = [span for n in sorted(own) for span in (*found[n].content, *more.pop(n, ()))]
            more.setdefault(owner, []).extend([quotation.span, *own_contents])
            part_of.update(dict.fromkeys(own, owner))
        if owner is None and found and _stands_alone(quotation, cues):
            found.append(Attribution((), (), (quotation.span,), _FREE_STANDING))
            owner = len(found) - 1
        last = None if owner is None else (quotation, owner)
    kept = (
        replace(attribution, content=_merged([*attribution.content, *more[number]])) if number in more else attribution
        for number, attribution in enumerate(found)
        if number not in part_of
    )
    return tuple(sorted(kept, key=lambda a: (a.content, a.cue)))
