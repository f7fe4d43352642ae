"""Features of one statement from which its act is learned: the rules' own verdict, cue, mood, stances and words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from schemas.statement import Act
from streams.attribution.act_rules import NEGATIONS, is_own
from streams.attribution.act_steps import of_steps
from streams.attribution.act_words import Said, stances_of
from streams.attribution.word_vectors import mean_vector
from streams.knowledge.remembering import remembered

_FIRST_WORDS = 24
_MODALS = frozenset(
    {
        "will", "would", "can", "could", "should", "must", "may", "might", "shall", "'ll", "'d", "need", "needs",
        "ought", "cannot",
    }
)  # fmt: skip
_SUBJECTS = frozenset({"i", "we", "he", "she", "it", "they", "you"})
_ENDING = re.compile(r"(?:ations?|ingly|edly|ness|ments?|ions?|ings?|ies|ied|ers?|ed|es|ly|s)$")
_LONG_ENOUGH = 3
_OF_RULES = 3.0
_OF_WORDS = 0.5
_OF_VECTORS = 2.0
"""What a feature counts before anything is learned: the rules' verdict more, each of many words less."""


@remembered(8192)
def _stem(word: str) -> str:
    """``word`` without a common ending: near forms of one word share it."""
    if len(word) <= _LONG_ENOUGH + 1:
        return word
    cut = _ENDING.sub("", word)
    return cut.rstrip("e") if len(cut) >= _LONG_ENOUGH else word


def _of_rules(what: Said, verdict: Act) -> Iterator[str]:
    yield f"rules={verdict}"
    yield f"rules={verdict} {what.kind}"
    yield f"rules={verdict} {'lexicon' if what.entry and what.entry.act == verdict != 'assert' else 'content'}"


def _of_cue(what: Said, act: str) -> Iterator[str]:
    yield f"act={act}"
    yield f"act={act} {what.frame}"
    yield f"act={act} {what.kind}"
    if what.entry:
        yield f"entry={' '.join(what.entry.words)}"
        yield f"entry={' '.join(what.entry.words)} {what.frame}"
    yield from (f"cue={lemma}" for lemma in what.lemmas)
    yield from (f"cue={first} {second}" for first, second in pairwise(what.lemmas))
    if not what.cue:
        yield "no cue"
    if any(word in NEGATIONS for word in what.cue):
        yield f"cue not {act}"
    yield f"frame={what.frame}"
    yield f"kind={what.kind}"
    yield from (f"cue stance={stance}" for word in what.cue for stance in stances_of(word))


def _of_mood(what: Said, act: str) -> Iterator[str]:
    head = what.content[:_FIRST_WORDS]
    negated = any(word in NEGATIONS for word in head)
    own = is_own(what)
    if own:
        yield f"own {act}"
        yield f"own not {negated}"
    if negated:
        yield f"not {act}"
    for number, word in enumerate(head):
        if word in _MODALS:
            subject = next((each for each in reversed(head[:number]) if each in _SUBJECTS), "-")
            yield f"modal={word} {subject}"
            yield f"modal={word} {act}"
            if own and number + 1 < len(head):
                yield f"own modal={word}"
                verb = next((each for each in head[number + 1 :] if each not in NEGATIONS), "")
                yield from (f"own modal verb={stance}" for stance in stances_of(verb))
            if head[number + 1 : number + 2] and head[number + 1] in NEGATIONS:
                yield f"modal not={word}"
    if not _MODALS.intersection(head):
        yield f"no modal {act}"
    if what.asks:
        yield "asks"
    if head and head[0] in _SUBJECTS:
        yield f"subject={head[0]}"


def _of_stance(what: Said, act: str) -> Iterator[str]:
    counts: dict[str, int] = {}
    for word in what.content:
        for stance in stances_of(word):
            counts[stance] = counts.get(stance, 0) + 1
    for stance, count in counts.items():
        yield f"stance={stance}"
        yield f"stance={stance} {act}"
        if count > 1:
            yield f"much={stance}"
    balance = counts.get("praise", 0) - counts.get("blame", 0)
    if balance:
        yield f"rather {'praise' if balance > 0 else 'blame'}"
        yield f"rather {'praise' if balance > 0 else 'blame'} {act}"


def _of_words(stems: Sequence[str]) -> Iterator[str]:
    yield from (f"word={stem}" for stem in stems)
    yield from (f"pair={first} {second}" for first, second in pairwise(stems[:_FIRST_WORDS]))


def _of_first_words(stems: Sequence[str]) -> Iterator[str]:
    if stems:
        yield f"first={stems[0]}"
        yield f"first two={' '.join(stems[:2])}"


@cache
def _vector_names(part: str, width: int) -> tuple[str, ...]:
    return tuple(f"{part} vector {number}" for number in range(width))


def features_of(what: Said, verdict: Act) -> dict[str, float]:
    """The features of ``what``, of which the rules say ``verdict``, by name."""
    act = what.entry.act if what.entry else "none"
    stems = [_stem(word) for word in what.content]
    found = dict.fromkeys(_of_words(stems), _OF_WORDS)
    for every in (
        _of_cue(what, act), _of_mood(what, act), _of_stance(what, act), _of_first_words(stems), of_steps(what),
    ):  # fmt: skip
        found |= dict.fromkeys(every, 1.0)
    found |= dict.fromkeys(_of_rules(what, verdict), _OF_RULES)
    for part, words in (("content", what.content), ("cue", what.cue)):
        vector = mean_vector(words)
        if vector is not None:
            found |= zip(_vector_names(part, len(vector)), (_OF_VECTORS * vector).tolist(), strict=True)
    return found
