"""Contents that break off within a phrase, made whole: ``condemned | the attack at`` the embassy, ``saying`` that ``|
will do``. The tagger labels word by word, and where it is in doubt it may stop before a noun that must follow.

The patterns are of what no content ends with, or what none is followed by without a mark between, in the 7,400 that
were annotated.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from streams.attribution.document import Attribution, Document
from streams.attribution.span import Span

_WORD_FOLLOWS = re.compile(r"\s(?=[\w$€£])")
_OPEN = re.compile(
    r"(?:\A|\s)(?:about|against|among|at|between|by|during|for|from|in|into|of|on|to|towards?|under|with|without|an?|the"
    r"|(?:that|which|who)\s(?:are|had|has|have|is|was|were))\Z"
)
"""What needs a word after it."""
_LONGEST_OPEN = 24
"""Characters in which that is looked for."""
_LONGEST_REST = 400
"""Characters of the longest rest of a phrase; what goes on for longer is no phrase."""
_DETERMINED = re.compile(
    r"\s(?:an?|her|his|its|our|the|their|these|those)\s(?!(?:\w+\s)?(?:day|evening|moment|month|morning|night|time|week|year)s?\b)"
)
"""Begins a phrase that is the object of what stands before it, when it tells no time."""
_LAST_WORD = re.compile(r"\s[a-z]+(?<!ly)[.!?]\s*\Z")
_ADVERB = re.compile(
    r"\s(?:again|ago|alone|already|anyway|before|either|else|here|however|instead|later|now|once|since|soon|then|there"
    r"|though|today|tomorrow|tonight|too|twice|yesterday|yet)\b"
)
_NAME_ENDS = re.compile(r"\b[A-Z][\w'’-]*\Z")
_NAME_GOES_ON = re.compile(
    r"\s(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b)[A-Z][a-z]"
)
_IN_SENTENCE = re.compile(r"[.!?][\"”’')]*\s*\Z")
_STOP = re.compile(r"[,;:](?=\s)|\s(?:[–—-]|--)\s|[\"“”()\n]")
_LOST_SUBJECT = re.compile(r"\sthat\s\Z")
_FINITE = re.compile(
    r"(?:are|can|could|depends|did|does|had|has|is|may|means|might|must|should|was|were|will|would)\b(?!\sthat\b)"
)


def made_whole(document: Document, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Each attribution with contents that go on to the end of the phrase in which they broke off, and with the "that"
    that is the subject of what follows it.
    """
    sentences = tuple(document.sentences)
    starts = [sentence.start for sentence in sentences]
    cues = sorted(span.start for each in attributions for span in each.cue)
    body = document.body

    def end_of(span: Span, attribution: Attribution) -> int:
        number = bisect_right(starts, span.end - 1) - 1
        last = sentences[number].end if number >= 0 else span.end
        if not _breaks_off(body, span, last):
            return span.end
        following = bisect_left(cues, span.end)
        sources = (part.start for part in attribution.source if part.start >= span.end)
        limit = min([last, *cues[following : following + 1], *sources])
        farthest = span.end + _LONGEST_REST
        if stop := _STOP.search(body, span.end, min(limit, farthest)):
            return stop.start()
        return limit if limit <= farthest else span.end

    def start_of(span: Span, attribution: Attribution) -> int:
        lost = _LOST_SUBJECT.search(body, max(0, span.start - 6), span.start)
        if lost and _FINITE.match(body, span.start) and any(part.end == lost.start() for part in attribution.cue):
            return lost.start() + 1
        return span.start

    return tuple(
        replace(
            each,
            content=tuple(Span(start_of(span, each), end_of(span, each)).trimmed(body) for span in each.content),
        )
        for each in attributions
    )


def _breaks_off(body: str, span: Span, last: int) -> bool:
    """Whether a phrase goes on behind ``span`` in its sentence, which ends at ``last``."""
    end = span.end
    if not _WORD_FOLLOWS.match(body, end, last) or not body[end - 1].isalnum():
        return False
    if _OPEN.search(body, max(span.start, end - _LONGEST_OPEN), end) or _DETERMINED.match(body, end, last):
        return True
    if _ADVERB.match(body, end) or not _IN_SENTENCE.search(body, max(end, last - 4), last):
        return False
    name = _NAME_ENDS.search(body, max(span.start, end - _LONGEST_OPEN), end) and _NAME_GOES_ON.match(body, end)
    return bool(name) or _LAST_WORD.match(body, end, last) is not None
