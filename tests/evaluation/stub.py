"""A tagger that needs no model."""

from __future__ import annotations

import re

from streams.attribution.document import Attribution, Document
from streams.attribution.span import Span

_SAID = re.compile(r"(\w+) (said|says) ([^.]+)")


class WordTagger:
    """Whoever stands before "said" said what follows, surely; before "says" perhaps."""

    def attributions(self, document: Document) -> tuple[Attribution, ...]:
        return tuple(
            Attribution(*((Span(*found.span(part)),) for part in (1, 2, 3)), 0.9 if found[2] == "said" else 0.4)
            for found in _SAID.finditer(document.body)
        )
