"""A statement as its act is judged from it: the words of source, cue and content, and what they point to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from schemas import Speaker
from schemas.statement import Kind
from streams.attribution.cues import Cue, Frame, cue_in, lemmas_of, words_of
from streams.attribution.document import Attribution, Document
from streams.attribution.side import is_own_side
from streams.knowledge import Knowledge
from streams.knowledge.remembering import remembered

_MOST_CHARACTERS = 700
_MOST_WORDS = 60
_FIRST_WORDS = 24
_SHORTEST_NAME = 4
_LONGEST_SUBJECT = 7
_FINITE = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "am",
        "be's",
        "has",
        "have",
        "had",
        "does",
        "do",
        "did",
        "will",
        "would",
        "can",
        "could",
        "should",
        "must",
        "may",
        "might",
        "shall",
        "'s",
        "'re",
        "'ve",
        "'ll",
        "'d",
    ]
)
_QUESTION_WORDS = frozenset(["who", "whom", "whose", "what", "why", "when", "where", "how", "whether", "if", "which"])
_SUBJECTS = frozenset(["i", "we", "he", "she", "it", "they", "you"])
_AUXILIARIES = frozenset(
    [
        "have",
        "be",
        "do",
        "will",
        "would",
        "has",
        "had",
        "is",
        "was",
        "are",
        "were",
        "been",
        "being",
        "'s",
        "'re",
        "'ve",
        "does",
        "did",
    ]
)


class Said(NamedTuple):
    """One statement as its act is judged from it; words are as ``words_of`` gives them.

    ``names``: the source's longer words; ``lemmas``: the cue's words in dictionary form, without auxiliaries;
    ``entry``: what the lexicon has for the cue; ``asks``: whether the content ends in a question mark; ``is_own_side``:
    whether its subject is the speaker's state, government or body.
    """

    names: frozenset[str]
    cue: tuple[str, ...]
    lemmas: tuple[str, ...]
    content: tuple[str, ...]
    frame: Frame
    entry: Cue | None
    kind: Kind
    asks: bool
    is_own_side: bool


@cache
def _stances() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], tuple[int, ...]]:
    """Stances by whole word, by the beginning of a word, and the lengths that beginnings have."""
    text = files("streams.knowledge").joinpath("data/stances.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]
    whole: dict[str, tuple[str, ...]] = {}
    beginnings: dict[str, tuple[str, ...]] = {}
    for stance, word in lines:
        table, key = (beginnings, word[:-1]) if word.endswith("*") else (whole, word)
        table[key] = (*table.get(key, ()), stance)
    return whole, beginnings, tuple(sorted({len(key) for key in beginnings}))


@cache
def _no_stance() -> frozenset[str]:
    return frozenset()


@remembered(8192)
def stances_of(word: str) -> frozenset[str]:
    """What ``word`` points to: praise, blame, a hostile step ...; often nothing."""
    whole, beginnings, lengths = _stances()
    found = [whole.get(word, ())]
    found.extend(beginnings.get(word[:length], ()) for length in lengths if length <= len(word))
    return frozenset(stance for each in found for stance in each) or _no_stance()


def frame_of(content: Sequence[str], text: str) -> Frame:
    """What kind of phrase a content is, told from its first words."""
    if not content:
        return "noun"
    if text.lstrip()[:1] in "\"“‘'«`":
        return "quotation"
    if content[0] in _QUESTION_WORDS or text.rstrip("\"”’' ").endswith("?"):
        return "question"
    head = content[:_FIRST_WORDS]
    infinitive = next((n for n, word in enumerate(head) if word == "to"), len(head))
    finite = next((n for n, word in enumerate(head) if word in _FINITE), len(head))
    if infinitive == 0 or (infinitive < min(_LONGEST_SUBJECT, len(head)) and finite == len(head)):
        return "infinitive"
    if finite < len(head) or content[0] in _SUBJECTS:
        return "clause"
    return "gerund" if content[0].endswith("ing") and len(content[0]) > _SHORTEST_NAME else "noun"


def _entry(cue: Sequence[str], content: Sequence[str], frame: Frame) -> Cue | None:
    """What the lexicon has for the cue; where that only says that something was said, the verb that goes on with it
    ("issued a statement | condemning", "went on to | praise").
    """
    entry = cue_in(cue, content, frame)
    if entry is None or entry.act != "assert":
        return entry
    for place in range(1, len(cue)):
        if cue[place].endswith("ing") or cue[place - 1] == "to":
            later = cue_in(cue[place:], content, frame)
            if later is not None and later.act != "assert" and not later.is_noun:
                return later
    return entry


def said(
    document: Document, attribution: Attribution, kind: Kind, speakers: Sequence[Speaker], knowledge: Knowledge
) -> Said:
    """The words of a statement's cue and of the beginning of its content."""
    body = document.body
    cue = words_of(" ".join(span.of(body) for span in attribution.cue))
    room = _MOST_CHARACTERS
    pieces: list[str] = []
    for span in attribution.content:
        pieces.append(body[span.start : min(span.end, span.start + room)])
        room -= len(pieces[-1])
        if room <= 0:
            break
    text = " ".join(pieces)
    content = words_of(text)[:_MOST_WORDS]
    frame = frame_of(content, text)
    asks = text.rstrip("\"”’' ").endswith("?")
    names = frozenset(
        w for span in attribution.source for w in words_of(span.of(body)[:80]) if len(w) >= _SHORTEST_NAME
    )
    lemmas = tuple(lemma for word in cue for lemma in lemmas_of(word)[:1] if lemma not in _AUXILIARIES)
    entry = _entry(cue, content, frame)
    own = is_own_side(content, speakers, knowledge)
    return Said(names, tuple(cue), lemmas, tuple(content), frame, entry, kind, asks, own)
