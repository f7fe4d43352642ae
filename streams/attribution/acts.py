"""What a statement does: one of thirteen acts, from its cue and its content together.

A cue with an act of its own ("condemned", "called for") decides by the lexicon and the rules; where it says no more
than that something was said, a learned model reads the content and what the statements around it do.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas import Speaker
from schemas.statement import Act, Kind
from streams.attribution.act_context import context_of
from streams.attribution.act_features import features_of
from streams.attribution.act_model import ActModel, likeliest
from streams.attribution.act_rules import act_by_rules, says_little
from streams.attribution.act_words import said
from streams.attribution.document import Attribution, Document
from streams.knowledge import Knowledge


def acts_of(
    document: Document,
    attributions: Sequence[Attribution],
    kinds: Sequence[Kind],
    speakers: Sequence[Sequence[Speaker]],
    reporters: Sequence[tuple[int, ...]],
    model: ActModel,
    knowledge: Knowledge,
) -> list[Act]:
    """The act of each of an article's statements, in the order of the text; what is nothing else is ``assert``.

    ``kinds`` tells whose words a content has, ``speakers`` who says it, ``reporters`` the statements
    that report each, the innermost first.
    ``model`` decides where the cue says little.
    """
    those = [said(document, *each, knowledge) for each in zip(attributions, kinds, speakers, strict=True)]
    verdicts = [act_by_rules(what) for what in those]
    sources = [" ".join(span.of(document.body) for span in one.source) for one in attributions]
    around = context_of(verdicts, sources, reporters)
    return [
        likeliest(features_of(what, verdict) | context, model) if says_little(what) else verdict
        for what, verdict, context in zip(those, verdicts, around, strict=True)
    ]
