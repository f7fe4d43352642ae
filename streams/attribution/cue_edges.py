"""Cues brought to their definition: the verb with its auxiliaries and the preposition that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from streams.attribution.cues import lexicon, words_of
from streams.attribution.document import Attribution, Document
from streams.attribution.span import Span

_AUXILIARIES = frozenset(
    (
        "am", "are", "be", "been", "being", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may",
        "might", "must", "n't", "never", "not", "shall", "should", "was", "were", "will", "would", "'s", "'d", "'ve",
        "'re", "'ll", "'m",
    )
)  # fmt: skip
_VERB = re.compile(r"(?:(?:am|are|be|been|being|is|was|were|not|also|already|repeatedly|\w+ly)\s+)*(?P<word>[a-z]+)\b")
_VERB_AFTER = re.compile(r"\s+" + _VERB.pattern)
_ADVERB = re.compile(r"(?P<adverb>[a-z]+ly)\s+(?=[a-z])", re.IGNORECASE)
_PREPOSITION = re.compile(r"(?:about|against|for|of)\s+(?=[^\s\d])")
_WITH_ADDRESSEE = re.compile(r"(?:accus|blam|charg|criticis|criticiz|informed|reminded|tell|told)", re.IGNORECASE)
"""Verbs whose preposition stands after an addressee, so that one right after them begins what is said."""
_TELLS = re.compile(r"\b(?:assur|inform|notif|remind|tell|told)[a-z]*\Z", re.IGNORECASE)
_ADDRESSEE = re.compile(r"(?:[^\s,;:\"“”]+\s+){1,6}?that\s+(?=\S)")
_WARNS = re.compile(r"\b(?:assur|inform|notif|remind|threaten|warn)[a-z]*\Z", re.IGNORECASE)
_WARNED = re.compile(
    r"(?:her|him|it|me|readers|reporters|them|us|viewers|you|(?:the\s)?[A-Z][\w.-]+(?:\s[A-Z][\w.-]+){0,3})"
    r"\s(?P<preposition>about|of|with)\s"
)
"""Whom a statement is addressed to, and the preposition of the verb before what it says ("warned us about")."""


def settle_cues(document: Document, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Each attribution with its whole cue; without those whose cue comes out as auxiliaries with no verb of speech."""
    found = (_settled(document.body, each) if each.cue else each for each in attributions)
    return tuple(each for each in found if each and each.content)


def _settled(body: str, attribution: Attribution) -> Attribution | None:
    if _is_auxiliary(body, attribution.cue):
        verb = _VERB.match(body, *_next(body, attribution)) or _VERB_AFTER.match(body, attribution.cue[-1].end)
        if not verb or verb["word"] not in lexicon().lemmas or verb["word"] in _AUXILIARIES:
            return None
        attribution = _moved(body, attribution, verb.end())
    first, *others = attribution.cue
    while (adverb := _ADVERB.match(body, *first)) and adverb["adverb"].lower() not in lexicon().lemmas:
        first = Span(adverb.end(), first.end)
    attribution = replace(attribution, cue=(first, *others))
    cue = attribution.cue[-1]
    if not _WITH_ADDRESSEE.search(body, *cue) and (preposition := _PREPOSITION.match(body, *_next(body, attribution))):
        attribution = _moved(body, attribution, preposition.end())
    if _TELLS.search(body, *cue) and (addressee := _ADDRESSEE.match(body, *_next(body, attribution))):
        return _without(body, attribution, addressee.end())
    if _WARNS.search(body, *cue) and (warned := _WARNED.match(body, *_next(body, attribution))):
        whole = replace(attribution, cue=(*attribution.cue, Span(*warned.span("preposition"))))
        return _without(body, whole, warned.end())
    return attribution


def _is_auxiliary(body: str, cue: Sequence[Span]) -> bool:
    words = [word for span in cue for word in words_of(span.of(body))]
    return bool(words) and all(word in _AUXILIARIES for word in words)


def _next(body: str, attribution: Attribution) -> Span:
    """The content that begins right after the cue; empty when none does."""
    end = attribution.cue[-1].end
    for span in attribution.content:
        if end < span.start <= end + 2 and body[end : span.start].isspace():
            return span
    return Span(end, end)


def _moved(body: str, attribution: Attribution, end: int) -> Attribution:
    """With the cue up to ``end``, where the content has begun before."""
    last = attribution.cue[-1]
    cue = (*attribution.cue[:-1], Span(last.start, end).trimmed(body))
    return _without(body, replace(attribution, cue=cue), end)


def _without(body: str, attribution: Attribution, end: int) -> Attribution:
    """Without what of the content that follows the cue stands before ``end``."""
    start = attribution.cue[0].start
    cut = (Span(end, span.end).trimmed(body) if start < span.start < end else span for span in attribution.content)
    return replace(attribution, content=tuple(span for span in cut if span.start < span.end))
