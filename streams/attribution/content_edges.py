"""Contents brought to their definition: without the headline above, and without what is only said about the speaker."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from streams.attribution.document import Attribution, Document
from streams.attribution.lexicon import nouns
from streams.attribution.span import Span
from streams.knowledge import Knowledge

_COMMA = re.compile(r",\s+")
_AFTER_COLON = re.compile(r":\s+(?=[\"“])")
_CLOSED = re.compile(r"[\"”]\Z")
_LONGEST = 90
"""Characters of the longest apposition."""
_LONGEST_HEADLINE = 160
"""Characters of the longest headline."""
_ENDS_A_SENTENCE = re.compile(r"[.!?…:][\"”’'»)]*\s*\Z")
_TAIL = 8
"""Characters in which a sentence's end is looked for."""
_DETERMINED = re.compile(r"(?:an?|the)\s|[A-Z][\w. -]*['’]s?\s|(?:former|deputy|senior)\s", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s(?:of|for|at|in|to|from|with|on)\s")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do)\b")
_GOES_ON = re.compile(
    r"(?:who|whom|whose|which|where|\w+ing\b|\w+ed\b(?!\s(?:the|an?)\b)|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)+,)"
)
"""What follows a subject, so that what stands before it is no apposition ("the president, | Vladimir Putin, ...")."""
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’-]+(?:\s(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*|al-\w+|al|bin|de|la|van|von))+\Z")
_AGE = re.compile(r"\d{2},\s+")


def settle_contents(
    document: Document, attributions: Sequence[Attribution], knowledge: Knowledge
) -> tuple[Attribution, ...]:
    """Each attribution without a headline that was taken for the beginning of what the text below says, or the text for
    the end of what a headline says, without the writer's clause before a quotation, and, after "according to", without
    the apposition of its source; a name after a description of the speaker joins the source.
    """
    body = document.body
    paragraphs = [Span(paragraph[0].start, paragraph[-1].end) for paragraph in document.paragraphs if paragraph]
    starts = [paragraph.start for paragraph in paragraphs]
    headed = (_beside_headline(body, paragraphs, starts, attribution) for attribution in attributions)
    quoted = (_without_clause_before(body, attribution) for attribution in headed)
    return tuple(_without_apposition(body, attribution, knowledge) for attribution in quoted)


def _beside_headline(
    body: str, paragraphs: Sequence[Span], starts: Sequence[int], attribution: Attribution
) -> Attribution:
    """Without what stands in a headline before the cue's paragraph, and without what stands behind the cue's own
    paragraph if that is one; all of it where nothing is left.
    """
    anchor = (attribution.cue or attribution.source or attribution.content)[0].start
    number = bisect_right(starts, anchor) - 1
    if number < 0:
        return attribution
    own = paragraphs[number]
    kept = []
    for span in attribution.content:
        if span.end <= own.start:
            if not _is_headline(body, paragraphs[bisect_right(starts, span.start) - 1]):
                kept.append(span)
        elif span.end <= own.end or not _is_headline(body, own):
            kept.append(span)
        elif span.start < own.end:
            kept.append(Span(span.start, own.end))
    return replace(attribution, content=tuple(kept) or attribution.content)


def _is_headline(body: str, paragraph: Span) -> bool:
    """Whether a paragraph is short and ends like no sentence."""
    start, end = paragraph
    return end - start <= _LONGEST_HEADLINE and not _ENDS_A_SENTENCE.search(body, max(start, end - _TAIL), end)


def _without_clause_before(body: str, attribution: Attribution) -> Attribution:
    """Without what the writer says before a colon, where only the quotation behind it is said ("Austria refused to
    follow: | "We want to be a bridge," | the minister said").
    """
    first, *rest = attribution.content
    if not attribution.cue or attribution.cue[0].start < first.end:
        return attribution
    quotation = _AFTER_COLON.search(body, *first)
    if quotation is None or "\n" in first.of(body) or not _CLOSED.search(body, *first):
        return attribution
    before = Span(first.start, quotation.start())
    if any(mark in before.of(body) for mark in '"“”'):
        return attribution
    return replace(attribution, content=(Span(quotation.end(), first.end), *rest))


def _without_apposition(body: str, attribution: Attribution, knowledge: Knowledge) -> Attribution:
    if not attribution.cue or not attribution.source or attribution.cue[-1].end > attribution.source[0].start:
        return attribution
    source = attribution.source[-1]
    comma = _COMMA.match(body, source.end)
    number = next((n for n, span in enumerate(attribution.content) if comma and span.start == comma.end()), None)
    if number is None:
        return attribution
    content = attribution.content
    age = _AGE.match(body, *content[number])
    piece, rest = _first_piece(body, Span(age.end() if age else content[number].start, content[number].end))
    named = _NAME.match(piece.of(body)) is not None and not _NAME.search(source.of(body))
    if piece.end - piece.start > _LONGEST or not (named or _describes(body, piece, source, rest, knowledge)):
        if age is None:
            return attribution
        named, rest = False, piece.start
    left = Span(rest, content[number].end)
    kept = (*content[:number], *((left,) if left.start < left.end else ()), *content[number + 1 :])
    if not kept:
        return attribution
    if named:
        source = Span(source.start, piece.end)
    return replace(attribution, source=(*attribution.source[:-1], source), content=kept)


def _first_piece(body: str, span: Span) -> tuple[Span, int]:
    """The words up to the first comma, which may stand right behind ``span``, and where those after it begin."""
    comma = _COMMA.search(body, *span)
    if comma is not None:
        return Span(span.start, comma.start()), comma.end()
    return (span, span.end) if body.startswith(",", span.end) else (Span(span.start, span.start), span.start)


def _describes(body: str, piece: Span, source: Span, rest: int, knowledge: Knowledge) -> bool:
    """Whether ``piece`` says what the source is, and the clause goes on after it."""
    text = piece.of(body)
    phrase = _PREPOSITION.split(text, maxsplit=1)[0]
    head = phrase.rsplit(maxsplit=1)[-1].lower() if phrase else ""
    determined = _DETERMINED.match(text) or (phrase == phrase.lower() and phrase != text)
    if not determined or _VERB.search(text) or _GOES_ON.match(body, rest):
        return False
    words = source.of(body).split()
    is_person = len(words) > 1 and any(map(knowledge.is_given_name, words[:-1]))
    persons, bodies = nouns().person | nouns().state_role, nouns().body | nouns().classifier
    return head in persons if is_person or head not in bodies else words[-1][0].isupper()
