"""What a statement does: one of thirteen acts, from its cue and its content together."""

from __future__ import annotations

from schemas.statement import Act, Kind
from streams.attribution.act_rules import act_by_rules
from streams.attribution.act_words import said
from streams.attribution.document import Attribution, Document


def act_of(document: Document, attribution: Attribution, kind: Kind) -> Act:
    """The act of a statement; ``kind`` tells whether its words are the speaker's own. ``assert`` is what nothing else is."""
    return act_by_rules(said(document, attribution, kind))
