"""What an as-clause after a statement claims: ``officials said they were not at sea, as Oslo had claimed``.

What Oslo claimed is the clause that comes before, and where that one is negated, the clause without its negation. There
the as-clause tells what is denied, so it belongs to what the officials said; elsewhere it is the writer's addition.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from streams.attribution.cues import lemmas_of, words_of
from streams.attribution.document import Attribution, Document
from streams.attribution.span import Span, length

_AS = re.compile(r"\w,?\sas\s")
_CLAIMS = frozenset(
    (
        "accuse", "allege", "assert", "assume", "believe", "charge", "claim", "contend", "expect", "fear", "imply",
        "insinuate", "maintain", "predict", "pretend", "suggest", "suppose", "suspect", "threaten",
    )
)  # fmt: skip
"""Verbs of what may well be untrue."""
_GRANTS = frozenset(
    ("acknowledge", "admit", "concede", "confirm", "explain", "note", "observe", "point", "put", "recall")
)
"""Verbs of what is taken for true: what they grant is the negated clause."""
_DENIES = frozenset(("deny", "disclaim", "dismiss", "dispute", "refute", "reject"))
_NEGATION = re.compile(
    r"\b(?:(?:(?:am|is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)\s)?"
    r"(?:not|never)(?!\s(?:just|merely|only|simply|yet)\b)|cannot|[a-z]+n['’]t)\b(?:\s(?:actually|be|been|ever|have))*"
)
_JOINED = re.compile(r"\b(?:and|but|or)\s+\Z")
_THOSE = re.compile(r"(?:those|that)\s(?:of|from)\s")
_ABOUT = r"(?:[\w'’-]+\s){1,4}?(?:of|on)\s(?=(?:[\w'’-]+\s){1,4}?(?:(?:that|which)\s)?%s\s)"
"""What is said of a thing, up to the thing with which somebody (``%s``) did something: "tests on | bones Oslo sold"."""
_REST = re.compile(r"[^,.;:!?\"“”()\n—–]*")
_TO_STOP = re.compile(r"(?:[^,;:!?\"“”()\n—–.]|\.(?!\Z))*")


def settle_as_clauses(document: Document, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Each attribution of an as-clause with the content that it claims, those around a denied one with all of it."""
    body, found = document.body, list(attributions)
    ends = [*(sentence.end for sentence in document.sentences), len(body)]
    by_end: dict[int, list[int]] = {}
    for number, one in enumerate(attributions):
        if one.cue and one.cue[0].end <= one.content[-1].start:
            by_end.setdefault(one.content[-1].end, []).append(number)
    for number, claim in enumerate(attributions):
        if not _is_as_clause(body, claim):
            continue
        around = by_end.get(claim.content[-1].end, ())
        clause = min((attributions[other].content for other in (number, *around)), key=length)
        found[number] = replace(claim, content=clause)
        denied = any(_has_lemma(body, attributions[other], _DENIES) for other in around)
        if denied or not _is_contrary(body, claim) or not (affirmed := _affirmed(body, clause)):
            continue
        found[number] = replace(claim, content=_of_the_thing(body, claim, affirmed))
        end = _end(body, ends, claim)
        for other in around:
            *before, last = found[other].content
            found[other] = replace(found[other], content=(*before, Span(last.start, max(last.end, end))))
    return tuple(found)


def _is_as_clause(body: str, claim: Attribution) -> bool:
    """Whether "as" stands between the content and the rest of the statement."""
    if not claim.cue:
        return False
    said, begins = claim.content[-1].end, min(part.start for part in (*claim.cue, *claim.source))
    return said < begins and _AS.fullmatch(body, said - 1, begins) is not None


def _is_contrary(body: str, claim: Attribution) -> bool:
    """Whether the as-clause tells what somebody claims, or had said before, rather than what he grants."""
    words = words_of(" ".join(part.of(body) for part in claim.cue))
    return (words[:1] == ["had"] or _has_lemma(body, claim, _CLAIMS)) and not _has_lemma(body, claim, _GRANTS)


def _has_lemma(body: str, attribution: Attribution, verbs: frozenset[str]) -> bool:
    words = (word for part in attribution.cue for word in words_of(part.of(body)))
    return any(lemma in verbs for word in words for lemma in (word, *lemmas_of(word)))


def _affirmed(body: str, clause: Sequence[Span]) -> tuple[Span, ...]:
    """``clause`` without the negation that its end stands under; empty when it stands under none."""
    *before, last = clause
    negations = list(_NEGATION.finditer(body, *last))
    if not negations or not _REST.fullmatch(body, negations[-1].end(), last.end):
        return ()
    if _JOINED.search(body, last.start, negations[-1].start()):
        return ()  # its subject stands in the clause before
    pieces = Span(last.start, negations[-1].start()).trimmed(body), Span(negations[-1].end(), last.end).trimmed(body)
    return (*before, *(piece for piece in pieces if piece.start < piece.end))


def _of_the_thing(body: str, claim: Attribution, affirmed: tuple[Span, ...]) -> tuple[Span, ...]:
    """Without what was done to a thing that the claimer gave, where "those" can only stand for the thing: of ``tests on
    bones Oslo sold were not those of a king`` what Oslo claimed is ``bones Oslo sold ... those of a king``.
    """
    if len(affirmed) < 2 or not claim.source:
        return affirmed
    *before, subject, predicate = affirmed
    giver = re.escape(claim.source[0].of(body))
    about = re.compile(_ABOUT % giver).match(body, *subject) if _THOSE.match(body, *predicate) else None
    return (*before, Span(about.end(), subject.end), predicate) if about else affirmed


def _end(body: str, ends: Sequence[int], claim: Attribution) -> int:
    """Where the as-clause ends: at the comma after its last part, or at the stop of its sentence (``ends``)."""
    last = max(part.end for part in (*claim.cue, *claim.source))
    stop = ends[bisect_left(ends, last)]
    rest = _TO_STOP.match(body, last, stop)
    return Span(last, rest.end() if rest else last).trimmed(body).end
