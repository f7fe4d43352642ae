"""Windows: what the encoder reads at once, of whole sentences and, where they fit, whole paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from streams.attribution.span import Span
from streams.attribution.tagging.words import case_class, words

MAXIMUM_PIECES = 160
"""Word pieces a window holds, its two end marks included. Attention costs the square of it, and nothing measurable is
found better in larger ones.
"""

CLS, SEP = 101, 102
_OTHER = 5

Pieces = Callable[[list[str]], list[list[int]]]
"""The tokenizer: words in, the ids of each word's pieces out (an empty list for a word that it drops)."""


@dataclass(frozen=True)
class Window:
    """Words and pieces of one window.

    ``words[i]`` is a span of the body, ``first[i]`` the position of its first piece in ``ids`` (that piece's vector
    stands for the word), ``starts[i]`` whether it begins a paragraph. ``ids`` and ``case`` are parallel.
    """

    words: tuple[Span, ...]
    first: tuple[int, ...]
    starts: tuple[bool, ...]
    ids: tuple[int, ...]
    case: tuple[int, ...]

    def text_span(self, first: int, last: int) -> Span:
        """From the start of word ``first`` to the end of word ``last``."""
        return Span(self.words[first].start, self.words[last].end)


@dataclass(frozen=True)
class _Sentence:
    words: list[Span]
    pieces: list[list[int]]
    case: list[int]
    starts_paragraph: bool

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces))


def _window(sentences: Sequence[_Sentence]) -> Window:
    spans: list[Span] = []
    first: list[int] = []
    starts: list[bool] = []
    ids, case = [CLS], [_OTHER]
    for sentence in sentences:
        is_first = sentence.starts_paragraph
        for span, pieces, class_ in zip(sentence.words, sentence.pieces, sentence.case, strict=True):
            if pieces:
                spans.append(span)
                first.append(len(ids))
                starts.append(is_first)
                ids += pieces
                case += [class_] * len(pieces)
            is_first = False
    return Window(tuple(spans), tuple(first), tuple(starts), (*ids, SEP), (*case, _OTHER))


def _cut(sentence: _Sentence, room: int) -> list[_Sentence]:
    """A sentence that no window can hold, in the fewest parts that fit: the one case in which a sentence is split."""
    parts: list[_Sentence] = []
    taken: list[int] = []
    size = 0
    for number, pieces in enumerate(sentence.pieces):
        if taken and size + len(pieces) > room:
            parts.append(_part(sentence, taken, not parts))
            taken, size = [], 0
        taken.append(number)
        size += len(pieces)
    parts.append(_part(sentence, taken, not parts))
    return parts


def _part(sentence: _Sentence, numbers: list[int], is_first: bool) -> _Sentence:
    return _Sentence(
        [sentence.words[n] for n in numbers],
        [sentence.pieces[n][:64] for n in numbers],
        [sentence.case[n] for n in numbers],
        sentence.starts_paragraph and is_first,
    )


def windows(
    body: str, paragraphs: Sequence[Sequence[Span]], pieces: Pieces, maximum: int = MAXIMUM_PIECES
) -> list[Window]:
    """Cut ``body`` into as few windows of at most ``maximum`` pieces as it takes, of much the same size.

    ``paragraphs`` gives each paragraph's sentences. A paragraph that fits goes whole into one window; a longer one is
    cut between sentences, and only a sentence longer than a window is itself cut.
    """
    room = maximum - 2
    whole = [unit for paragraph in paragraphs for unit in _units(_read(body, paragraph, pieces), room)]
    found = [_window([sentence for unit in units for sentence in unit]) for units in _shared_out(whole, room)]
    return [window for window in found if window.words]


def _read(body: str, paragraph: Sequence[Span], pieces: Pieces) -> list[_Sentence]:
    found: list[_Sentence] = []
    for number, sentence in enumerate(paragraph):
        if spans := words(body, sentence):
            texts = [body[start:end] for start, end in spans]
            found.append(_Sentence(spans, pieces(texts), list(map(case_class, texts)), number == 0))
    return found


def _units(paragraph: list[_Sentence], room: int) -> list[list[_Sentence]]:
    """What must not be cut: the paragraph if it fits, else its sentences, else their parts."""
    if _size(paragraph) <= room:
        return [paragraph] if paragraph else []
    return [
        [part] for sentence in paragraph for part in ([sentence] if sentence.size <= room else _cut(sentence, room))
    ]


def _shared_out(units: list[list[_Sentence]], room: int) -> Iterator[list[list[_Sentence]]]:
    """The units of each window. What is left is always shared out evenly: a short rest would lack its context."""
    left = sum(map(_size, units))
    current: list[list[_Sentence]] = []
    filled = 0
    for unit in units:
        size = _size(unit)
        even = left / max(1, ceil(left / room))
        if current and (filled + size > room or filled + size / 2 > even):
            yield current
            left -= filled
            current, filled = [], 0
        current.append(unit)
        filled += size
    if current:
        yield current


def _size(sentences: Iterable[_Sentence]) -> int:
    return sum(sentence.size for sentence in sentences)
