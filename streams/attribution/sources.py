"""A source phrase taken apart: who speaks together, and what each one's head noun is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from streams.attribution.determiners import NUMBERS, determined
from streams.attribution.head import head_of, is_plural
from streams.attribution.lexicon import CONNECTORS, HYPHENS, nouns
from streams.attribution.reading import Sentence
from streams.attribution.span import Span
from streams.knowledge.entries import Office

_MARKS = re.compile(r"[\"“”]")
_OPENING = frozenset({"of", "between", "from", "in", "for", "to", "at", "on", "with", "like"})
_STRIPPED = frozenset(
    {
        "according", "also", "as", "even", "only", "just", "and", "or", "but", "such", "including", "nor", "unnamed",
        "unidentified", "anonymous", "from", "within", "by",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One of those who speak together: words ``[first, end)`` as written, ``[start, end)`` without determiners.

    ``head`` is the word that says what it is; ``determiners`` are folded; ``number`` is how many it says they are.
    """

    sentence: Sentence
    first: int
    start: int
    end: int
    head: int
    determiners: tuple[str, ...]
    number: int | None

    @property
    def span(self) -> Span:
        """As written, with determiners."""
        return self.sentence.span_of(self.first, self.end)

    @property
    def core(self) -> Span:
        """Without determiners."""
        return self.sentence.span_of(self.start, self.end)

    @property
    def words(self) -> tuple[str, ...]:
        """Its folded words without determiners."""
        return self.sentence.folds[self.start : self.end]

    @property
    def essential(self) -> int:
        """Where it begins without what only tells it from others: "other | Asian leaders", "recent | polls"; "other
        people" would say nothing without it.
        """
        start, folds = self.start, self.sentence.folds
        while start < self.head and not self._is_in_name(start):
            if folds[start] not in _DISTINGUISHING and (folds[start] != "other" or start + 1 == self.head):
                break
            start += 1
        return start

    def _is_in_name(self, word: int) -> bool:
        """Whether a word begins a name with its capital ("New Democrats")."""
        after = self.sentence.words[word + 1]
        return self.sentence.match_at(word) is not None or (
            self.sentence.is_name_like(word) and (word > 0 or (self.sentence.folds[word] == "new" and after.istitle()))
        )

    @property
    def noun(self) -> str:
        """The folded head."""
        return self.sentence.folds[self.head]

    @property
    def definite(self) -> bool:
        """Whether it is introduced as known."""
        return bool({"the", "this", "that", "these", "those", "his", "her", "its", "their"} & set(self.determiners))

    def text(self, body: str) -> str:
        """The phrase as a name: without determiners, its white space made single."""
        return unquoted(self.sentence.span_of(self.essential, self.end).of(body))


def unquoted(text: str) -> str:
    """``text`` in one line, without a quotation mark that is left of a pair."""
    line = " ".join(text.split())
    return line if len(_MARKS.findall(line)) % 2 == 0 else _MARKS.sub("", line)


def parts(sentence: Sentence, start: int, end: int, names: Sequence[Span]) -> list[Part]:
    """Those who speak together in the words ``[start, end)``; ``names`` are never cut."""
    held = _held(sentence, start, end, names)
    cuts = [i for i in range(start, end) if i not in held and sentence.folds[i] in {"and", "or", "nor", "&"}]
    cuts = [cut for cut in cuts if start < cut < end - 1 and _splits(sentence, start, cut, end, held)]
    cuts = [cut for cut in cuts if not HYPHENS & {sentence.words[cut - 1], sentence.words[cut + 1]}]
    if not cuts:
        return [part for part in [_part(*_appositive(sentence, start, end, held))] if part]
    if _is_described(sentence, start, cuts[0], names):
        return parts(sentence, start, _first_comma(sentence, start, cuts[0]), names)
    edges = [start, *cuts, end]
    ranges: list[tuple[int, int]] = []
    for number, (left, right) in enumerate(pairwise(edges)):
        left += number > 0
        while left < right and sentence.words[left] == ",":
            left += 1
        if number + 1 < len(edges) - 1 or len(edges) > 2:
            ranges += _by_commas(sentence, left, right, held) if number == 0 else [(left, right)]
    ranges = [one for one in ranges if one[0] < one[1] and not is_party(sentence, one[0])]
    if _sums_up(sentence, ranges):
        del ranges[0]
    return [part for left, right in ranges if (part := _part(sentence, left, right))]


def _sums_up(sentence: Sentence, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether the first only says how many the others are ("the two leaders, | Putin | and Xi")."""
    first = sentence.folds[slice(*ranges[0])] if ranges else ()
    number = next((NUMBERS[word] for word in first if word in NUMBERS), None)
    return number is not None and number == len(ranges) - 1 and is_plural(first[-1])


def is_party(sentence: Sentence, word: int) -> bool:
    """Whether a party and a state of the United States stand there ("Bob Corker, | R-Tenn., | and Lindsey Graham")."""
    return sentence.words[word : word + 2] in _PARTIES


def _first_comma(sentence: Sentence, start: int, end: int) -> int:
    return next((word for word in range(start, end) if sentence.words[word] == ","), end)


def _is_described(sentence: Sentence, start: int, cut: int, names: Sequence[Span]) -> bool:
    """Whether what "and" joins is only what a person is ("Cres Eastman, | director of ... and chairman of ...")."""
    comma = _first_comma(sentence, start, cut)
    if comma + 1 >= cut or not any(sentence.range_of(name)[1] == comma for name in names):
        return False
    return _begins_with_title(sentence, comma + 1) and _begins_with_title(sentence, cut + 1)


def _ends_with_title(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words after an article are a title and nothing else ("The Defence Minister"), or that of somebody who is
    a body ("The U.N. High Commissioner for Refugees").
    """
    known = sentence.match_at(end - 1)
    if sentence.folds[start] != "the" or known is None:
        return False
    body = known.readings[0].form == "organisation" and known.start <= start + 1
    of_person = body and any(sentence.folds[word] in nouns().person for word in range(known.start, known.end))
    return known.readings[0].form == "office" or of_person


def _is_one_name(start: int, end: int, held: set[int]) -> bool:
    """Whether the words ``[start, end)`` are one name of several words."""
    return end - start > 1 and held.issuperset(range(start + 1, end))


def _begins_with_title(sentence: Sentence, start: int) -> bool:
    """Whether a title of one person stands at a word, or after an article there."""
    word = start + 1 if sentence.folds[start] in {"a", "an", "the"} else start
    if word >= len(sentence.words):
        return False
    match = sentence.match_at(word)
    office = match.readings[0].entry if match is not None else None
    is_office = isinstance(office, Office) and office.office != "honorific" and not is_plural(sentence.folds[word])
    return is_office or sentence.folds[word] in nouns().person


def _held(sentence: Sentence, start: int, end: int, names: Sequence[Span]) -> set[int]:
    """Words inside a name, after its first."""
    held: set[int] = set()
    for name in names:
        first, last = sentence.range_of(name)
        held |= set(range(max(first + 1, start), min(last, end)))
    for match in sentence.matches:
        if start <= match.start and match.end <= end:
            held |= set(range(match.start + 1, match.end))
    return held


def _splits(sentence: Sentence, start: int, cut: int, end: int, held: set[int]) -> bool:
    """Whether "and" at ``cut`` joins two speakers, and not two objects of one preposition or two adjectives."""
    right = cut + 1
    outside = (i for i in range(start, cut) if i not in held)
    opened = [i for i in outside if sentence.folds[i] in _OPENING and sentence.match_at(i) is None]
    match = sentence.match_at(right)
    names_person = match is not None and match.readings[0].form in {"holder", "office"}
    starts_anew = (
        sentence.folds[right] in nouns().determiner or sentence.folds[right] in nouns().pronoun or names_person
    )
    if opened and not starts_anew:
        return False
    if opened and sentence.folds[right] == "the" and right + 1 < end:
        named = sentence.match_at(right + 1)
        if named is not None and named.end == end:
            return False
    if _owns_together(sentence, start, right, end):
        return False
    left_word, right_word = cut - 1, right
    if sentence.folds[left_word] in nouns().pronoun and left_word == start:
        return True
    shares_noun = sentence.match_at(left_word) is None and sentence.folds[left_word].endswith(_OF_ADJECTIVES)
    if shares_noun and all(word in nouns().determiner for word in sentence.folds[start:left_word]):
        return False
    adjectives = sentence.words[left_word][0].islower() and sentence.words[right_word][0].islower()
    if adjectives and sentence.folds[left_word] not in nouns().person and not is_plural(sentence.folds[left_word]):
        return sentence.folds[left_word] in nouns().people or sentence.folds[left_word] in nouns().body
    titles = sentence.match_at(left_word)
    if titles is not None and titles.readings[0].form == "office" and _goes_on(sentence, right, end):
        return False
    if titles is not None and titles.readings[0].form == "office" and sentence.folds[start] not in nouns().determiner:
        return is_plural(sentence.folds[left_word])
    return True


def _owns_together(sentence: Sentence, start: int, right: int, end: int) -> bool:
    """Whether two states before one office own it both ("Japan and | South Korea's leaders")."""
    owner = sentence.match_at(right)
    names = [match is not None and match.readings[0].form == "name" for match in (sentence.match_at(start), owner)]
    mark = owner.end if owner is not None else end
    possessive = sentence.folds[mark : mark + 1] in {("'s",), ("’s",), ("'",), ("’",)}
    return all(names) and possessive and mark + 1 < end and is_plural(sentence.folds[end - 1])


def _goes_on(sentence: Sentence, word: int, end: int) -> bool:
    """Whether one word with a capital before a comma is but more of an office ("Minister for Foreign Affairs and |
    Trade, ...").
    """
    return (
        word + 1 < end
        and sentence.words[word + 1] == ","
        and sentence.is_name_like(word)
        and sentence.match_at(word) is None
    )


_PARTIES = (("D", "-"), ("I", "-"), ("R", "-"))
_OF_ADJECTIVES = ("ral", "cal", "nal", "ern")
"""Endings of a word that shares its noun with what "and" joins to it ("Central | and East European Coalition")."""


def _by_commas(sentence: Sentence, start: int, end: int, held: set[int]) -> list[tuple[int, int]]:
    while end > start and sentence.words[end - 1] == ",":
        end -= 1
    found, left = [], start
    for word in range(start, end):
        if sentence.words[word] == "," and word not in held:
            found.append((left, word))
            left = word + 1
    return [*found, (left, end)]


def _appositive(sentence: Sentence, start: int, end: int, held: set[int]) -> tuple[Sentence, int, int]:
    """Of "his adviser, Jake Sullivan" the name; of "Japan's ruling party, the Liberal Democratic Party" the second."""
    while end > start and sentence.words[end - 1] in {",", ":", "-", "—"}:
        end -= 1
    commas = [word for word in range(start, end) if sentence.words[word] == "," and word not in held]
    if not commas or any(sentence.folds[word] in {"and", "or"} and word not in held for word in range(commas[0], end)):
        return sentence, start, end
    pieces = _by_commas(sentence, start, end, held)
    pieces = [piece for piece in pieces if piece[0] < piece[1] and not is_party(sentence, piece[0])]
    if not pieces:
        return sentence, start, start
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return sentence, *first
    if _ends_with_title(sentence, *first) and _is_one_name(*last, held):
        return sentence, *last
    known = sentence.match_at(first[0])
    titled = known is not None and known.readings[0].form == "office" and known.end < first[1]
    capitals = all(sentence.words[i][0].isupper() or i in held or sentence.words[i] == "." for i in range(*first))
    described = sentence.folds[last[0]] in {"a", "an", "the"} or _is_title_alone(sentence, *last)
    is_name = known is None or (known.readings[0].form == "holder" and known.end == first[1])
    if capitals and (is_name or (titled and described)):
        return sentence, *first
    if is_doing(sentence, pieces[1][0]):
        return sentence, *first
    where = sentence.match_at(last[0])
    placed = {"in", "at", "near", "from"} & set(sentence.folds[first[0] : first[1]])
    if placed and where is not None and where.end == last[1] and where.readings[0].form in {"place", "name"}:
        return sentence, start, end
    named = any(sentence.is_name_like(word) for word in range(*last))
    return (sentence, *last) if named else (sentence, *first)


def is_doing(sentence: Sentence, word: int) -> bool:
    """Whether a participle with a preposition stands at the word ("Trump, | asked about ..."): no name or title."""
    following = sentence.folds[word : word + 2]
    return len(following) == 2 and following[0].endswith(("ed", "ing")) and following[1] in nouns().preposition


def _is_title_alone(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words are a title with nobody's name after it ("Director", "Director of the study")."""
    match = sentence.match_at(start)
    title = match is not None and match.readings[0].form == "office"
    after = match.end if match else start + 1
    alone = after >= end or sentence.folds[after] in nouns().preposition
    return alone and (title or sentence.folds[start] in nouns().person)


def _part(sentence: Sentence, start: int, end: int) -> Part | None:
    first = start
    while start < end and (
        (not sentence.words[start][0].isalnum() and len(sentence.words[start]) == 1)
        or sentence.folds[start] in _STRIPPED
    ):
        start += 1
    while end > start and (_is_mark(sentence, end - 1) or (sentence.folds[end - 1] in _ADDED and end - start > 1)):
        end -= 1
    if end - start > 3 and sentence.words[end - 1] == ")" and sentence.words[end - 3] == "(":
        end -= 3
    if start == end:
        return None
    first = start
    start, words = determined(sentence, start, end)
    head = head_of(sentence, start, end)
    head = end - 1 if _is_of_a_body(sentence, head, end) else head
    number = next((NUMBERS[word] for word in (*words, sentence.folds[start]) if word in NUMBERS), None)
    return Part(sentence, first, start, end, head, words, number)


def _is_of_a_body(sentence: Sentence, head: int, end: int) -> bool:
    """Whether a capitalised head only begins whose somebody at the end is ("Department of Foreign Affairs |
    spokesman").
    """
    last = sentence.match_at(end - 1)
    person = sentence.folds[end - 1] in nouns().person or (last is not None and last.readings[0].form == "office")
    inside = range(head + 1, end - 1)
    return (
        end - head > 2
        and sentence.words[end - 1].islower()
        and person
        and sentence.folds[head] in nouns().body
        and sentence.is_name_like(head)
        and all(sentence.is_name_like(word) or sentence.words[word] in CONNECTORS for word in inside)
    )


def after_head(part: Part) -> Part | None:
    """What follows "from" or "by" after the head: "a statement | from | the army"; null when nothing does."""
    place = part.head + 1
    if part.sentence.folds[place : place + 2] == ("attributed", "to") and place + 2 < part.end:
        return _part(part.sentence, place + 2, part.end)
    if place + 1 < part.end and part.sentence.folds[place] in {"from", "by"}:
        return _part(part.sentence, place + 1, part.end)
    return None


def owner_of(part: Part) -> Part | None:
    """Whose the head is, right before it: "Cairo | 's statement"; null when nothing says that."""
    mark = part.head - 1
    owned = mark > part.first and part.sentence.folds[mark] in {"'s", "’s"} and part.head + 1 == part.end
    return _part(part.sentence, part.first, mark) if owned else None


def results_of(part: Part) -> Part | None:
    """What was found out by "results of": "the results of | the study"; null when the head is no finding."""
    place = part.head + 1
    if part.noun in _FINDINGS and place + 1 < part.end and part.sentence.folds[place] == "of":
        return _part(part.sentence, place + 1, part.end)
    return None


def _is_mark(sentence: Sentence, word: int) -> bool:
    """Whether a word is a mark that belongs to no name ("U.S." keeps its full stop)."""
    text = sentence.words[word]
    return not text[0].isalnum() and len(text) == 1 and text != ")" and sentence.match_at(word) is None


_FINDINGS = frozenset({"result", "results", "findings", "conclusions"})
_DISTINGUISHING = frozenset({"recent", "new", "latest", "ordinary", "own", "fellow"})
"""Adjectives that are no part of what a group, a body or a document is called."""
_ADDED = frozenset({"alike", "himself", "herself", "itself", "themselves"})
"""Words after a name that add nobody: "Mr. Rubio | himself"."""
