"""Statements that were not made."""

from __future__ import annotations

import re

from streams.attribution.document import Attribution, Document

_NOT = re.compile(r"\b(?:not|never)\b|n['’]t\b", re.IGNORECASE)


def is_negated(document: Document, attribution: Attribution) -> bool:
    """Whether the article says that this was not said ("did not say that ..."); a refusal to comment is none of these."""
    return any(_NOT.search(span.of(document.body)) for span in attribution.cue)
