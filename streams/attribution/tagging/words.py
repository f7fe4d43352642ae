"""Words as the tagger sees them: letters and digits, single marks, and English clitics on their own."""

from __future__ import annotations

import re

from streams.attribution.span import Span, spans_of
from streams.knowledge.remembering import remembered

_WORD = re.compile(r"\w+([’'](?:s|t|re|ve|d|ll|m)\b)?|[^\w\s]", re.IGNORECASE)

CASE_CLASSES = 6
"""lower, ALL CAPITALS, Single capital letter, Capitalised, digits first, anything else."""


def words(text: str, within: Span) -> list[Span]:
    """The words of ``text`` inside ``within``, in order.

    A possessive or contracted verb is a word of its own ("Moscow" + "'s", "he" + "'ll"), so that a source can end
    before it; "n't" stays with its verb.
    """
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(text, within.start, within.end):
        clitic = match[1]
        if clitic and clitic[1:].lower() != "t":
            start, end = match.span()
            found += ((start, match.start(1)), (match.start(1), end))
        else:
            found.append(match.span())
    return list(spans_of(found))


@remembered(16384)
def case_class(word: str) -> int:
    """Which of the ``CASE_CLASSES`` the word is in; the encoder's own vocabulary is all lower case."""
    if word.isupper():
        return 1 if len(word) > 1 else 2
    if word[:1].isupper():
        return 3
    if word[:1].isdigit():
        return 4
    return 0 if word[:1].isalnum() else 5
