"""What a statement does: one of thirteen acts, from its cue and its content together.

A cue with an act of its own ("condemned", "called for") decides by the lexicon and the rules; where it says no more
than that something was said, a learned model reads the content, and the rules stand in where it is not sure.
"""

from __future__ import annotations

from schemas.statement import Act, Kind
from streams.attribution.act_model import act_model, likeliest
from streams.attribution.act_rules import act_by_rules
from streams.attribution.act_words import Said, said, says_little
from streams.attribution.document import Attribution, Document


def act_of(document: Document, attribution: Attribution, kind: Kind) -> Act:
    """The act of a statement; ``kind`` tells whose words its content has. What is nothing else is ``assert``."""
    return act_of_words(said(document, attribution, kind))


def act_of_words(what: Said) -> Act:
    """The act of a statement given as the words it is judged from."""
    if says_little(what):
        model = act_model()
        act, probability = likeliest(what, model)
        if probability >= model.least:
            return act
    return act_by_rules(what)
