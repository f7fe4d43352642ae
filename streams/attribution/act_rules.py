"""A statement's act by rule: what the cue says of itself, and where it says little ("said"), what the content does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from schemas.statement import Act
from streams.attribution.act_words import Said, stances_of
from streams.attribution.cues import cue_in

NEGATIONS = frozenset(["not", "n't", "never", "no", "none", "nothing", "nobody", "neither", "nor", "cannot", "without"])
_FIRST = frozenset(["i", "we", "our", "my"])
_OWN = _FIRST | frozenset(["it", "he", "she", "they", "its", "his", "her", "their"])
_SUBJECTS = frozenset(["i", "we", "it", "he", "she", "they"])
_CLAUSES = frozenset(["that", "if", "when", "because", "who", "which", "whether"])
_POINTS_AHEAD = frozenset({"appear", "be", "become", "been", "depend", "is", "make", "mean", "seem", "take", "was"})
"""Verbs of an "it" that is nobody ("it would be | a mistake", "it will take years")."""
_NEEDS = frozenset(["should", "must", "ought", "needs"])
_WILLS = frozenset(["will", "would", "'ll", "'d", "shall"])
_READY = frozenset(["ready", "willing", "prepared", "open", "committed", "determined"])
_EVALUATES = frozenset(
    [
        "call",
        "describe",
        "label",
        "cast",
        "see",
        "view",
        "regard",
        "consider",
        "compare",
        "term",
        "brand",
        "dub",
        "paint",
        "portray",
        "depict",
        "characterise",
        "deem",
        "greet",
        "characterize",
        "denounce",
        "dismiss",
        "declare",
        "pronounce",
        "liken",
    ]
)
_WITHHELD = frozenset(
    [
        "say",
        "comment",
        "disclose",
        "reveal",
        "specify",
        "elaborate",
        "discuss",
        "confirm",
        "identify",
        "explain",
        "answer",
        "tell",
        "name",
        "give",
        "provide",
        "draw",
        "detail",
    ]
)
_PERFORMS = frozenset(
    {
        "accuse", "apologise", "apologize", "appeal", "applaud", "beg", "call", "commend", "condemn", "congratulate",
        "demand", "denounce", "deplore", "deny", "implore", "oppose", "pledge", "praise", "promise", "protest",
        "refuse", "reject", "request", "salute", "thank", "urge", "vow", "welcome",
    }
)  # fmt: skip
"""Verbs that do, in the present and with "I" or "we", what they say."""
_REQUESTS = frozenset({("let", "us"), ("let", "'s")})
_VOWS = frozenset(["vow", "swear", "order"])
_CLAIMS = frozenset(
    ["accusation", "allegation", "charge", "claim", "report", "suggestion", "assertion", "rumor", "rumour"]
)
_WHEN_EVALUATING = (1, 1, 1)
_WHEN_SAYING = (2, 2, 2)
_HEAD = 24
_NEAR = 9
_SIDE = 7
"""Words within which the name of the speaker's side ("the government of Japan") and its "will" stand."""
_CLOSE = 6
_UNTRUE = 14


def _counts(words: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in words:
        for stance in stances_of(word):
            counts[stance] = counts.get(stance, 0) + 1
    return counts


def is_own(what: Said) -> bool:
    """Whether the content's subject seems to be the speaker: a pronoun, or a name out of the source."""
    head = what.content[:4]
    if not head or _is_nobody(head):
        return False
    own = _FIRST if what.frame == "quotation" else _OWN
    return head[0] in own or any(word in what.names for word in head)


def _is_nobody(head: Sequence[str]) -> bool:
    """Whether a clause begins with an "it" that takes nobody up: "it would be wrong", "it was not clear"."""
    verb = next((word for word in head[1:] if word not in _WILLS and word not in NEGATIONS), "")
    return head[0] == "it" and verb in _POINTS_AHEAD


def _of_negated_cue(what: Said, act: Act) -> Act | None:
    """The act of "would not say", "no longer supports"; ``None`` where the negation leaves the act as it is."""
    told = what.entry is not None and bool(NEGATIONS & set(what.entry.words))
    if told or not any(word in NEGATIONS or word == "longer" for word in what.cue):
        return None
    if act in ("assert", "decline_comment", "consult"):
        withheld = bool(_WITHHELD & set(what.lemmas))
        return "decline_comment" if withheld and (what.frame == "question" or "would" in what.cue) else None
    if act in ("pledge", "concede"):
        return "reject"
    if act == "support":
        return "reject" if {"recognise", "recognize", "accept", "share"} & set(what.lemmas) else "disapprove"
    if act == "reject":
        return "threaten" if _counts(what.content[:_CLOSE]).get("hostile") else "assert"
    return None


def _of_will(words: Sequence[str]) -> Act:
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
        if number > 1 and (word in _CLAUSES or (word in _SUBJECTS and word not in _FIRST)):
            break  # what follows is a clause of its own ("we received assurances | that they would not")
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


def _of_balance(what: Said, least: tuple[int, int, int]) -> Act | None:
    """The act of alleged wrongdoing, praise or blame; ``least`` tells how many words make each of the three."""
    words = what.content[:_HEAD]
    counts = _counts(words)
    praise, blame, wrong = counts.get("praise", 0), counts.get("blame", 0), counts.get("wrongdoing", 0)
    if any(word in NEGATIONS for word in words[:_NEAR]):
        praise, blame = 0, blame + (praise > blame)
    if wrong > praise and wrong >= least[0]:
        return "accuse"
    if praise - blame >= least[1]:
        return "support"
    return "disapprove" if blame - praise >= least[2] else None


def _is_called_untrue(words: Sequence[str]) -> bool:
    """Whether something is said to be false: "that is a lie", "it is not true"."""
    return any("untrue" in stances_of(word) for word in words) or any(
        first in NEGATIONS and second == "true" for first, second in pairwise(words)
    )


def _of_content(what: Said) -> Act:
    """The act of a content behind a cue that says no more than that something was said."""
    head = what.content[:_HEAD]
    if what.asks or what.frame == "question":
        return "appeal" if what.asks else "assert"
    step = next((n for n, word in enumerate(head[:_SIDE]) if word in _WILLS), None) if what.is_own_side else None
    if step is not None:
        return _of_will(head[step + 1 :])
    if is_own(what) and (act := _of_own(what)):
        return act
    if _is_called_untrue(head[:_UNTRUE]):
        return "deny"
    if head[:1] and head[0] in ("let", "please", "stop"):
        return "appeal"
    if any(word in _NEEDS or (word in ("need", "has", "have") and after == "to") for word, after in pairwise(head)):
        return "appeal"
    return _of_balance(what, _WHEN_SAYING) or "assert"


def _promises_harm(what: Said) -> bool:
    """Whether the infinitive of a promise does harm by its own verb: "to punish them", "to make them pay"."""
    words = (*what.cue, *what.content[:_NEAR])
    if "to" not in words:
        return False
    before, after = words[: words.index("to")], words[words.index("to") + 1 :]
    if NEGATIONS & {*before, *after[:1]}:
        return False
    return any("harm" in stances_of(word) for word in after[:2]) or (after[:1] == ("make",) and "pay" in after)


def performed(what: Said) -> Act | None:
    """The act that a content performs in so many words: "We strongly condemn ...", "We call on ..."."""
    subject = next((n for n, word in enumerate(what.content[:2]) if word in ("i", "we")), None)
    if subject is None:
        return None
    rest = what.content[subject + 1 : subject + 1 + _CLOSE]
    verb = next((n for n, word in enumerate(rest) if not (word.endswith("ly") or word in ("also", "do"))), len(rest))
    if verb == len(rest) or rest[verb] not in _PERFORMS or any(word in ("nobody", "nothing") for word in rest):
        return None
    cue = cue_in(rest[verb:], (), "clause")
    return cue.act if cue and cue.words[0] == rest[verb] else None


def _of_cue(what: Said, act: Act) -> Act:
    """The act of a cue that has one, seen in the light of what follows it."""
    near = what.content[:_CLOSE]
    counts = _counts(near)
    hostile = counts.get("hostile", 0) - counts.get("friendly", 0)
    if act in ("pledge", "demand") and hostile >= (1 if _VOWS & set(what.lemmas) else 2) and not is_own(what):
        return "threaten" if act == "pledge" or "order" in what.lemmas else act
    if act == "pledge" and _promises_harm(what):
        return "threaten"
    if what.entry and what.entry.words == ("warn", "against") and any(word.endswith("ing") for word in near[:3]):
        return "threaten"  # "warned them against sending ships", but "warned against euphoria"
    if act == "reject" and any(word.rstrip("s") in _CLAIMS for word in near):
        return "deny"
    if act == "concede" and "regret" in what.lemmas and "for" not in what.cue and not (_OWN & set(near)):
        return "disapprove"
    return act


def act_by_rules(what: Said) -> Act:
    """The act that the lexicon and the rules give; ``assert`` where none speaks."""
    act: Act = what.entry.act if what.entry else "assert"
    if negated := _of_negated_cue(what, act):
        return negated
    if act != "assert":
        return _of_cue(what, act)
    if what.entry and what.entry.words[0] in _EVALUATES:
        if _is_called_untrue(what.content[:_UNTRUE]) and any(w.rstrip("s") in _CLAIMS for w in what.content[:_CLOSE]):
            return "deny"
        return _of_balance(what, _WHEN_EVALUATING) or "assert"
    return performed(what) or _of_content(what)


def says_little(what: Said) -> bool:
    """Whether neither the cue ("said", "according to", none at all) nor what the content performs ("let us", "we urge")
    tells an act by itself.
    """
    tells = what.content[:2] in _REQUESTS or performed(what) is not None
    return not tells and (what.entry is None or what.entry.act == "assert")
