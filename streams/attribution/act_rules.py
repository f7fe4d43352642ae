"""A statement's act by rule: what the cue says of itself, and where it says little ("said"), what the content does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schemas.statement import Act
from streams.attribution.act_words import Said, stances_of
from streams.attribution.cues import cue_in

NEGATIONS = frozenset("not n't never no none nothing nobody neither nor cannot without".split())
_OWN = frozenset("i we it he she they our my its his her their".split())
_NEEDS = frozenset("should must ought needs".split())
_WILLS = frozenset("will would 'll 'd shall".split())
_READY = frozenset("ready willing prepared open committed determined".split())
_EVALUATES = frozenset(
    "call describe label cast see view regard consider compare term brand dub paint portray depict characterise deem greet "
    "characterize denounce dismiss declare pronounce liken".split()
)
_WITHHELD = frozenset(
    "say comment disclose reveal specify elaborate discuss confirm identify explain answer tell name give provide draw detail".split()
)
_HEAD = 24
_NEAR = 9
_CLOSE = 6


def _counts(words: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in words:
        for stance in stances_of(word):
            counts[stance] = counts.get(stance, 0) + 1
    return counts


def is_own(what: Said) -> bool:
    """Whether the content's subject seems to be the speaker: a pronoun, or a name out of the source."""
    head = what.content[:4]
    return head[:1] != () and (head[0] in _OWN or any(word in what.names for word in head))


def _of_negated_cue(what: Said, act: Act) -> Act | None:
    """The act of "would not say", "no longer supports"; ``None`` where the negation leaves the act as it is."""
    if not any(word in NEGATIONS or word == "longer" for word in what.cue):
        return None
    if act in ("assert", "decline_comment"):
        withheld = bool(_WITHHELD & set(what.lemmas))
        return "decline_comment" if withheld and (what.frame == "question" or "would" in what.cue) else None
    if act in ("pledge", "concede"):
        return "reject"
    if act == "support":
        return "reject" if {"recognise", "recognize", "accept", "share"} & set(what.lemmas) else "disapprove"
    return "assert" if act == "reject" else None


def _of_will(words: Sequence[str]) -> Act | None:
    """The act of what comes after the speaker's own "will"."""
    near = words[:_NEAR]
    counts = _counts(near)
    if any(word in NEGATIONS for word in near[:2]):
        return "reject"
    if counts.get("hostile", 0) > counts.get("friendly", 0):
        return "threaten"
    if counts.get("meeting") and not any("refus" in word for word in near):
        return "consult" if "meet" in near or "talks" in near or "visit" in near else "pledge"
    return "pledge"


def _of_own(what: Said) -> Act | None:
    """The act of a content whose subject is the speaker: "we condemn", "it would respond", "he never promised"."""
    head = what.content[:_HEAD]
    for number, word in enumerate(head[:_NEAR]):
        if word in _WILLS:
            return _of_will(head[number + 1 :])
        if word in _READY and number < _CLOSE:
            return "threaten" if _counts(head[number:]).get("hostile", 0) > 1 else "pledge"
    close = head[1:_CLOSE]
    if any(word in NEGATIONS for word in close):
        performs = cue_in(close, (), "clause")
        if performs and performs.act in ("support", "pledge"):
            return "disapprove" if performs.act == "support" else "reject"
        return "deny" if _counts(head).get("wrongdoing") or what.kind != "direct" else None
    performs = cue_in(close, (), "clause")
    return performs.act if performs and performs.act not in ("assert", "consult") else None


def _of_balance(what: Said, least: int) -> Act | None:
    """The act of praise, blame or alleged wrongdoing; ``least`` words more on one side make it."""
    words = what.content[:_HEAD]
    counts = _counts(words)
    praise, blame = counts.get("praise", 0), counts.get("blame", 0)
    if any(word in NEGATIONS for word in words[:_NEAR]):
        praise, blame = 0, blame + (praise > blame)
    if counts.get("wrongdoing", 0) > praise and counts.get("wrongdoing", 0) >= least:
        return "accuse"
    if praise - blame >= least:
        return "support"
    return "disapprove" if blame - praise >= least else None


def _of_content(what: Said) -> Act:
    """The act of a content behind a cue that says no more than that something was said."""
    head = what.content[:_HEAD]
    if what.asks or what.frame == "question":
        return "appeal" if what.asks else "assert"
    if is_own(what) and (act := _of_own(what)):
        return act
    if head[:1] and head[0] in ("let", "please", "stop"):
        return "appeal"
    if any(
        word in _NEEDS or (word in ("need", "has", "have") and after == "to")
        for word, after in zip(head, head[1:], strict=False)
    ):
        return "appeal"
    return _of_balance(what, 2) or "assert"


def act_by_rules(what: Said) -> Act:
    """The act that the lexicon and the rules give; ``assert`` where none speaks."""
    act: Act = what.entry.act if what.entry else "assert"
    if negated := _of_negated_cue(what, act):
        return negated
    if act in ("pledge", "consult", "appeal") and what.entry and what.frame in ("infinitive", "clause"):
        hostile = act == "pledge" and _counts(what.content[:_CLOSE]).get("hostile", 0) > _counts(
            what.content[:_CLOSE]
        ).get("friendly", 0)
        return "threaten" if hostile else act
    if act != "assert":
        return act
    if what.entry and what.entry.words[0] in _EVALUATES:
        return _of_balance(what, 1) or "assert"
    return _of_content(what)
