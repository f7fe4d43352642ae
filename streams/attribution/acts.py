"""What a statement does: one of thirteen acts, from its cue and its content together."""

from __future__ import annotations

from schemas.statement import Act, Kind
from streams.attribution.document import Attribution, Document

_FIRST_WORDS: dict[str, Act] = {
    "urged": "appeal", "called": "appeal", "warned": "threaten", "denied": "deny", "rejected": "reject",
    "accused": "accuse", "condemned": "disapprove", "praised": "support", "welcomed": "support", "pledged": "pledge",
}  # fmt: skip


def act_of(document: Document, attribution: Attribution, kind: Kind) -> Act:
    """The act of a statement; ``kind`` tells whether its words are the speaker's own. Never fails: ``assert`` is the rest."""
    del kind
    words = " ".join(span.of(document.body) for span in attribution.cue).casefold().split()
    return next((_FIRST_WORDS[word] for word in words if word in _FIRST_WORDS), "assert")
