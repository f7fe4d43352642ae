"""Words as the tagger sees them: letters and digits, single marks, and English clitics on their own."""

from __future__ import annotations

import re

from streams.attribution.span import Span

_WORD = re.compile(r"\w+(?:[’'](?:s|t|re|ve|d|ll|m)\b)?|[^\w\s]", re.IGNORECASE)

CASE_CLASSES = 6
"""lower, ALL CAPITALS, Single capital letter, Capitalised, digits first, anything else."""


def words(text: str, within: Span) -> list[Span]:
    """The words of ``text`` inside ``within``, in order.

    A possessive or contracted verb is a word of its own ("Moscow" + "'s", "he" + "'ll"), so that a source can end
    before it; "n't" stays with its verb.
    """
    found: list[Span] = []
    for match in _WORD.finditer(text, within.start, within.end):
        start, end = match.span()
        word = match.group()
        mark = next((i for i, letter in enumerate(word) if i and letter in "'’"), 0)
        if mark and word[mark + 1 :].lower() != "t":
            found += [Span(start, start + mark), Span(start + mark, end)]
        else:
            found.append(Span(start, end))
    return found


def case_class(word: str) -> int:
    """Which of the ``CASE_CLASSES`` the word is in; the encoder's own vocabulary is all lower case."""
    if word.isupper():
        return 1 if len(word) > 1 else 2
    if word[:1].isupper():
        return 3
    if word[:1].isdigit():
        return 4
    return 0 if word[:1].isalnum() else 5
