"""Text of strangers as it can be shown."""

from __future__ import annotations

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\u2002\u2003\u2009", " "))


def printable(text: str) -> str:
    """``text`` with an escape (``\\x1b``, ``\\u202e``) in the place of every character that commands a terminal, turns
    the direction of writing, or cannot be seen, newlines too; wide and narrow spaces become plain ones."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text.translate(_SPACES))
