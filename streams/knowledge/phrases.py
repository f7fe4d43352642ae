"""Words folded for look-up, and an index that finds all known phrases of a text in one pass."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from streams.knowledge.entries import Reading
from streams.knowledge.remembering import remembered

_WORD = r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*|(?:(?<=[ÃÂ])|(?<=A\u0303)|(?<=A\u0302))[^\w\s][^\W_]*)*"
"""Letters and digits with their combining marks, also where UTF-8 was read as Latin-1 (see ``mended``)."""
TOKEN = re.compile(rf"[’'][sS]\b|\d+(?:[.,]\d+)+|{_WORD}|[^\s]")
"""A possessive ending, a word, or one mark."""

_LEAF = ""


def fold(word: str) -> str:
    """``word`` without case and accents: "Élysée" and "elysee" are one. An accent alone stays what it is."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", mended(word).casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_LETTERS)
    return bare or word


def mended(text: str) -> str:
    """``text`` composed, and with UTF-8 read as Latin-1 put right ("PeÃ±a"), as old feeds have it, some twice."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    try:
        while "Ã" in composed:
            composed = composed.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        pass
    return composed


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "’": "'"})


@remembered(4096)
def folded_words(phrase: str) -> tuple[str, ...]:
    """The folded words of ``phrase``, without marks: "Roh Moo-hyun" and "Roh Moo Hyun" are one, and so are "U.S.",
    "U. S.".
    """
    return tuple(fold(word) for word in TOKEN.findall(phrase) if word[0].isalnum() or len(word) > 1)


class Match(NamedTuple):
    """Words ``[start, end)`` of the text that were looked up are a known phrase."""

    start: int
    end: int
    readings: tuple[Reading, ...]


class PhraseIndex:
    """A trie of folded words. Built once, then only read."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, phrase: str, reading: Reading) -> None:
        """Make ``phrase`` known; a phrase can have several readings."""
        words = folded_words(phrase)
        if not words:
            return
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
        readings: tuple[Reading, ...] = node.get(_LEAF, ())
        if reading not in readings:
            node[_LEAF] = (*readings, reading)

    def find(self, words: Sequence[str], joined: Callable[[int], bool]) -> Iterator[Match]:
        """The longest known phrase at each place, left to right, none overlapping another; after "the" one that goes
        on beyond a phrase with the article ("the | National Congress Party", though there is The National).

        ``joined(i)`` says whether words ``i`` and ``i + 1`` can belong to one phrase. Linear in ``words``: no phrase
        is longer than the longest that was added.
        """
        past = 0
        for position, node in enumerate(map(self._root.get, words)):
            if node is None or position < past:
                continue
            best = self._longest(words, position, joined)
            if best is not None and words[position] == "the":
                after = self._longest(words, position + 1, joined)
                best = best if after is None or after.end <= best.end else None
            if best is not None:
                yield best
                past = best.end

    def _longest(self, words: Sequence[str], position: int, joined: Callable[[int], bool]) -> Match | None:
        size, here = len(words), position
        node: dict[str, Any] | None = self._root.get(words[position]) if position < size else None
        best: Match | None = None
        while node is not None:
            here += 1
            if _LEAF in node:
                best = Match(position, here, node[_LEAF])
            after = node.get(words[here]) if here < size else None
            node = after if after is not None and joined(here - 1) else None
        return best

    def readings(self, phrase: str) -> tuple[Reading, ...]:
        """What exactly ``phrase`` can mean."""
        node: dict[str, Any] | None = self._root
        for word in folded_words(phrase):
            node = node.get(word) if node is not None else None
        found: tuple[Reading, ...] = node.get(_LEAF, ()) if node else ()
        return found
