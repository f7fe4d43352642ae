"""Statements that were not made."""

from __future__ import annotations

from streams.attribution.cues import lemmas_of, words_of
from streams.attribution.document import Attribution, Document

_NOT = frozenset(["not", "n't", "never", "yet"])
_NOBODY = frozenset(["no", "none", "neither", "nobody"])
_WILL = frozenset(["will", "would", "wo", "can", "could", "ca", "cannot", "should", "may", "might"])
_STANCES = frozenset([
    "accept", "agree", "apologise", "apologize", "appreciate", "approve", "believe", "care", "comment", "consider",
    "exclude", "expect", "favor", "favour", "fear", "feel", "hope", "intend", "know", "like", "mind", "mean", "object",
    "oppose", "plan", "rule", "recognise", "recognize", "regret", "reply", "respond", "return", "share", "support",
    "think", "trust", "understand", "value", "want", "wish", "answer", "regard", "love", "respect", "tolerate", "back",
])  # fmt: skip
"""Verbs whose negation is a statement of its own ("does not recognise") or a refusal ("did not respond")."""
_NOTHING = frozenset(
    ["mention", "specific", "specifics", "announcement", "statement", "reference", "detail", "details"]
)


def is_negated(document: Document, attribution: Attribution) -> bool:
    """Whether the article says that this was not said ("did not say that ...", "None of them called for ...").

    A refusal ("would not say", "did not comment") and a negative position ("does not recognise") were made, so they
    are not negated.
    """
    body = document.body
    cue = [word for span in attribution.cue for word in words_of(span.of(body))]
    if not cue or any(word in _WILL for word in cue):
        return False
    source = attribution.source[0].of(body)[:20] if attribution.source else ""
    nobody = not _NOBODY.isdisjoint(words_of(source)[:1]) and not source.startswith("No.")
    nothing = any(word == "no" and _NOTHING & set(cue[number + 1 :]) for number, word in enumerate(cue))
    if not (nobody or nothing or any(word in _NOT for word in cue)):
        return False
    return not any(lemma in _STANCES for word in cue for lemma in lemmas_of(word))
