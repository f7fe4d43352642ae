"""The cue lexicon: which act a cue does by itself, whatever form it stands in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast, get_args

from schemas.statement import Act
from streams.knowledge.remembering import remembered

Frame = Literal["clause", "infinitive", "gerund", "noun", "question", "quotation"]
"""What a cue governs: a finite clause, an infinitive, a gerund, a noun phrase, a question, a quotation."""

_SUPPLETIVE = {
    "be": ("am", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m"),
    "have": ("has", "had", "having", "'ve", "'d"),
    "do": ("does", "did", "done", "doing"),
    "go": ("goes", "went", "gone", "going"),
}
_WORD = re.compile(r"n't|'(?:s|re|ve|d|ll|m)\b|[a-z]+(?:-[a-z]+)*|\d[\d,.]*")
_VOWELS = frozenset("aeiou")
_LONGEST_GAP = 3
_LONGEST_CUE = 16
_REACH_INTO_CONTENT = 5


class Cue(NamedTuple):
    """An entry of the lexicon: its words in dictionary form, the frame it needs (``None``: any) and its act.

    ``heads``: the forms in which its first word may stand; a noun is no cue where only the verb has such a form.
    """

    words: tuple[str, ...]
    frame: Frame | None
    act: Act
    is_noun: bool
    heads: frozenset[str]


class Lexicon(NamedTuple):
    """``lemmas``: dictionary forms by the form in the text; ``cues``: entries by first word, the highest rank first."""

    lemmas: dict[str, tuple[str, ...]]
    cues: dict[str, tuple[Cue, ...]]


def words_of(text: str) -> list[str]:
    """The words of ``text`` in lower case, clitics apart ("didn't" gives "did" and "n't")."""
    plain = text.casefold().replace("’", "'").replace("n't", " n't")
    return _WORD.findall(plain)


def verb_forms(verb: str, irregular: Sequence[str] = ()) -> Iterator[str]:
    """Every form of ``verb``; where its spelling leaves open whether the last consonant doubles, both."""
    yield verb
    if verb in _SUPPLETIVE:
        yield from _SUPPLETIVE[verb]
        return
    yield from irregular
    yield plural(verb)
    if verb.endswith("ie"):
        stems = [verb[:-2] + "y"]
    elif verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        stems = [verb[:-1]]
    elif len(verb) > 2 and verb[-1] not in _VOWELS | {"w", "x", "y"} and verb[-2] in _VOWELS:
        stems = [verb, verb + verb[-1]]
    else:
        stems = [verb]
    yield from (stem + "ing" for stem in stems)
    if irregular:
        return
    if verb.endswith("e"):
        yield verb + "d"
    elif verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        yield verb[:-1] + "ied"
    else:
        yield from (stem + "ed" for stem in stems)


def plural(noun: str) -> str:
    """The regular plural of a noun, which is also a verb's form with "he"."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


def _rows() -> Iterator[list[str]]:
    text = files("streams.knowledge").joinpath("data/cues.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    next(lines)
    return (line.split("\t") for line in lines)


@cache
def lexicon() -> Lexicon:
    """The lexicon as it ships."""
    lemmas: dict[str, set[str]] = defaultdict(set)
    cues: dict[str, list[Cue]] = defaultdict(list)
    for phrase, part, frame, act, irregular in _rows():
        words = tuple(phrase.split())
        first = words[0]
        if part == "verb":
            forms = frozenset(verb_forms(first, [form for form in irregular.split("|") if form]))
        else:
            forms = frozenset((first, plural(first)) if part == "noun" else (first,))
        for form in forms:
            lemmas[form].add(first)
        assert act in get_args(Act), act
        governs = None if frame == "any" else cast(Frame, frame)
        cues[first].append(Cue(words, governs, cast(Act, act), part == "noun", forms))
    for entries in cues.values():
        entries.sort(key=_rank_of_word, reverse=True)
    return Lexicon(
        {form: tuple(sorted(found)) for form, found in lemmas.items()},
        {first: tuple(entries) for first, entries in cues.items()},
    )


@remembered(4096)
def lemmas_of(word: str) -> tuple[str, ...]:
    """The dictionary forms of a cue's word; the word itself when the lexicon does not know it."""
    known = lexicon().lemmas
    british = word.replace("iz", "is") if "iz" in word else word
    return known.get(word) or known.get(british) or (word,)


@remembered(4096)
def _forms(word: str) -> frozenset[str]:
    return frozenset((word, *lemmas_of(word)))


def _follows(words: Sequence[str], text: Sequence[frozenset[str]], start: int, cue_length: int) -> bool:
    """Whether ``words`` stand in ``text`` from ``start`` on, in order, with small gaps in the cue and none after it."""
    at = start
    for word in words:
        last = min(at + _LONGEST_GAP + 1, len(text)) if at < cue_length else at + 1
        found = next((n for n in range(at, min(last, max(cue_length, at + 1), len(text))) if word in text[n]), None)
        if found is None and at < cue_length < len(text) and word in text[cue_length]:
            found = cue_length if cue_length - at <= _LONGEST_GAP else None
        if found is None:
            return False
        at = found + 1
    return True


def cue_in(cue: Sequence[str], content: Sequence[str], frame: Frame) -> Cue | None:
    """The lexicon's longest entry that begins in ``cue`` and may end in the first words of ``content``.

    Both are given as ``words_of`` gives them. Among entries of one length, one for this very ``frame`` comes first,
    then one with an act of its own; where one word of the cue can be both, a verb before a noun ("hopes").
    ``None`` when no word of the cue is in the lexicon.
    """
    short = cue[:_LONGEST_CUE]
    text = [_forms(word) for word in (*short, *content[:_REACH_INTO_CONTENT])]
    there = frozenset[str]().union(*text)
    entries = lexicon().cues
    best: Cue | None = None
    for start, word in enumerate(short):
        here: Cue | None = None
        for lemma in lemmas_of(word):
            for entry in entries.get(lemma, ()):
                if best is not None and _rank(entry) <= _rank(best):
                    continue
                if here is not None and _rank_of_word(entry) <= _rank_of_word(here):
                    break
                if entry.frame not in (None, frame) or not there.issuperset(entry.words) or not _is_form(word, entry):
                    continue
                if _follows(entry.words[1:], text, start + 1, len(short)):
                    here = entry
                    break
        best = here or best
    return best


def _is_form(word: str, entry: Cue) -> bool:
    return word in entry.heads or word.replace("iz", "is") in entry.heads


def _rank(cue: Cue) -> tuple[int, bool, bool]:
    return len(cue.words), cue.frame is not None, cue.act != "assert"


def _rank_of_word(cue: Cue) -> tuple[int, bool, bool, bool]:
    return len(cue.words), cue.frame is not None, not cue.is_noun, cue.act != "assert"
