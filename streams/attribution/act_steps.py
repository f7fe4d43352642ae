"""Features of what a content's first words do: the act performed in them, steps to come, wrongs, tone and length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from streams.attribution.act_rules import NEGATIONS, is_own
from streams.attribution.act_words import Said, stances_of
from streams.attribution.cues import Cue, cue_in, lemmas_of, lexicon
from streams.knowledge.remembering import remembered

_FIRST_WORDS = 24
_PERFORMS_WITHIN = 9
_LONGEST_PERFORMED = 4
_COMES_WITHIN = 12
_EARLY = 5
_AT_THE_START = 6
_MOST_BALANCE = 3
_WORDS_A_STEP, _MOST_STEPS = 12, 5
_TO_COME = frozenset(
    {
        "will", "would", "'ll", "'d", "shall", "going", "plan", "plans", "planned", "planning", "intend", "intends",
        "intended", "want", "wants", "wanted", "ready", "prepared", "willing", "determined", "able",
    }
)  # fmt: skip
_HAPPENED = frozenset({"has", "have", "had", "was", "were", "been", "'ve", "did"})
_POINTS = frozenset({"this", "that", "these", "those", "there"})


@remembered(8192)
def _begins_cue(word: str) -> bool:
    """Whether ``word`` begins an entry of the lexicon."""
    return not lexicon().cues.keys().isdisjoint(lemmas_of(word))


@remembered(8192)
def _begins_act(word: str) -> bool:
    """Whether ``word`` begins what the lexicon has an act for."""
    cues = lexicon().cues
    return any(entry.act != "assert" for lemma in lemmas_of(word) for entry in cues.get(lemma, ()))


def _performed(head: Sequence[str]) -> tuple[int, Cue] | None:
    """The first words that the lexicon has an act for, and where they stand."""
    for at, word in enumerate(head[:_PERFORMS_WITHIN]):
        near = head[at : at + _LONGEST_PERFORMED]
        if _begins_cue(word) and any(map(_begins_act, near)):
            found = cue_in(near, (), "clause")
            if found and found.act != "assert":
                return at, found
    return None


def _of_performed(head: Sequence[str], own: bool) -> Iterator[str]:
    found = _performed(head)
    if not found:
        return
    at, cue = found
    whose = f"{'own' if own else 'other'} {any(word in NEGATIONS for word in head[max(0, at - 3) : at])}"
    yield f"performs={cue.act}"
    yield f"performs={cue.act} {whose}"
    if at < _EARLY:
        yield f"performs early={cue.act} {whose}"


def _of_steps_to_come(head: Sequence[str], own: bool) -> Iterator[str]:
    at = next((n for n, word in enumerate(head[:_COMES_WITHIN]) if word in _TO_COME), None)
    if at is None:
        return
    stances = {stance for word in head[at + 1 : at + 7] for stance in stances_of(word)}
    yield from (f"to come {stance} {own}" for stance in ("hostile", "friendly", "meeting") if stance in stances)
    yield f"to come {own}"
    yield f"to come={head[at]} {own}"


def _of_wrongs(head: Sequence[str], own: bool) -> Iterator[str]:
    at = next((n for n, word in enumerate(head) if "wrongdoing" in stances_of(word)), None)
    if at is None:
        return
    yield f"wrong own {own}"
    yield f"wrong negated {any(word in NEGATIONS for word in head[max(0, at - 5) : at])}"
    yield f"wrong early {at < _AT_THE_START}"
    yield f"wrong happened {bool(_HAPPENED.intersection(head[max(0, at - 3) : at]))}"
    if "by" in head[at + 1 : at + 4]:
        yield "wrong by"
    if head[at].endswith(("ed", "ing")):
        yield "wrong verb"


def of_steps(what: Said) -> Iterator[str]:
    """Names of the features that ``what`` has."""
    head = what.content[:_FIRST_WORDS]
    own = is_own(what)
    yield from _of_performed(head[: _PERFORMS_WITHIN + 1], own)
    yield from _of_steps_to_come(head, own)
    yield from _of_wrongs(head, own)
    negated = any(word in NEGATIONS for word in head)
    if head and head[0] in _POINTS:
        yield f"points={head[0]}"
    if "never" in head[:_AT_THE_START]:
        yield f"never {own}"
    if any(word in NEGATIONS for word in head[: _AT_THE_START + 1]):
        yield f"not early {own} {what.kind}"
    if "you" in head:
        yield "you"
    length = min(len(what.content) // _WORDS_A_STEP, _MOST_STEPS)
    yield f"length {length}"
    yield f"length {length} {what.kind}"
    balance = 0
    for word in head:
        stances = stances_of(word)
        balance += ("praise" in stances) - ("blame" in stances) - ("wrongdoing" in stances)
    balance = max(-_MOST_BALANCE, min(_MOST_BALANCE, balance))
    yield f"balance {balance}"
    yield f"balance {balance} {negated}"
