"""Texts to measure with: the articles that ship, and input that nobody would print."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, islice

from schemas import Article
from streams.cli.seeds import seed_articles

_SYLLABLES = ("ba", "do", "ke", "li", "mu", "na", "po", "ra", "shi", "to", "ve", "zu")


def articles() -> list[Article]:
    """The twenty articles in seeds/."""
    return seed_articles()


def words_in(articles: list[Article]) -> int:
    """Words between spaces, the same count for everything that is measured."""
    return sum(len(article.body.split()) for article in articles)


def _name(number: int) -> str:
    """A different capitalised word for each number."""
    digits = []
    while True:
        number, digit = divmod(number, len(_SYLLABLES))
        digits.append(_SYLLABLES[digit])
        if not number:
            return "".join(digits).capitalize() + "n"


def _repeated(text: str, size: int) -> str:
    return (text * (size // len(text) + 1))[:size]


def _until(parts: Callable[[int], str], size: int) -> str:
    """``parts`` of 0, 1, 2 ... until they have ``size`` characters."""
    text: list[str] = []
    length = 0
    for number in count():
        text.append(parts(number))
        length += len(text[-1])
        if length >= size:
            return "".join(text)[:size]
    raise AssertionError


PATHOLOGICAL: dict[str, Callable[[int], str]] = {
    "one word without an end": lambda size: "a" * size,
    "one word again and again": lambda size: _repeated("word ", size),
    "straight quotation marks": lambda size: '"' * size,
    "opening quotation marks": lambda size: "“" * size,
    "words in quotation marks": lambda size: _repeated('"word" ', size),
    "one capital letter": lambda size: "A" * size,
    "words in capitals": lambda size: _repeated("CAPITALS ", size),
    "full stops": lambda size: "." * size,
    "line breaks and letters": lambda size: _repeated("a\n", size),
    "capitalised words": lambda size: _until(lambda number: f"{_name(number)} ", size),
}
"""Makes a body of so many characters."""


def people(number: int) -> str:
    """``number`` people with different names, each of whom says something in a paragraph of its own."""
    every = (f"Minister {_name(n)} {_name(n * 7 + 1)} said that talks would go on.\n" for n in count())
    return "".join(islice(every, number))
