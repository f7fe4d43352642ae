"""Quotation marks: which open, which close, and what of a statement stands between them."""

from __future__ import annotations

from schemas.statement import Kind
from streams.attribution.document import Attribution, Document

_MARKS = frozenset('"“”„«»')


def kind_of(document: Document, attribution: Attribution) -> Kind:
    """``direct`` when all of the content stands inside quotation marks, ``mixed`` when part does, else ``indirect``."""
    texts = [span.of(document.body).strip() for span in attribution.content]
    if all(text[:1] in _MARKS for text in texts if text):
        return "direct"
    return "mixed" if any(mark in text for text in texts for mark in _MARKS) else "indirect"
