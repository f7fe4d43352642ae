"""Appositions after a name, and what "is" says of it: somebody's office, state and body."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from streams.attribution.cues import lemmas_of, lexicon
from streams.attribution.lexicon import HYPHENS, nouns
from streams.attribution.mentions import Mention
from streams.attribution.reading import Sentence
from streams.attribution.senses import office_of, state_of
from streams.attribution.sources import is_doing, is_party
from streams.attribution.titles import INSIDE, Title, describe, former_role, is_address, is_anchor, is_name
from streams.knowledge.phrases import Match

_LONGEST_APPOSITION = 18
_COPULA, _ARTICLE = (("is",), ("was",)), (("a",), ("an",), ("the",))
_WHO_SERVED = (("who", "served", "as"), ("who", "serves", "as"), ("who", "worked", "as"), ("who", "works", "as"))
"""Words between a name and what somebody is or was ("Derek Mitchell, who served as | U.S. ambassador to Burma")."""
_HEADS = (("heads",), ("commands",), ("chairs",), ("represents",))
"""What follows "who" before the body or the state that somebody speaks for ("who | heads | U.S. Central Command")."""
_VERBS = frozenset(
    {"said", "says", "told", "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "did"}
)
"""What makes a clause, and no apposition, of the words after a comma."""
_CLAUSES = frozenset({"who", "whom", "which", "whose", "that", "he", "she"})
_POSSESSIVE = (("'s",), ("’s",))
_FARTHEST_NOUN = 9
_LONGEST_OWNER = 7
"""Words of the longest owner with a form of address, and its mark ("Mr. Donald J. Trump | 's former manager")."""


def _headed(sentence: Sentence, start: int, on: date | None) -> Title:
    """Whose somebody is who heads what is named up to the next mark; with no role, since none is told."""
    marks = (word for word in range(start, len(sentence.words)) if sentence.words[word] in {",", ";", "—", "–"})
    end = next(marks, len(sentence.words))
    told = describe(sentence, start, end, on)
    return replace(told, role=None, offices=(), start=start, end=start)


def apposition_after(sentence: Sentence, name: Mention, on: date | None) -> Title | None:
    """What stands in commas after a name ("Kim Kye Gwan, | North Korea's vice foreign minister,"), null when it is no
    office.
    """
    start = name.end
    if start + 1 < len(sentence.words) and sentence.words[start] in {"of", "from"}:
        match = sentence.match_at(start + 1)
        state = state_of(match.readings, on) if match and match.start == start + 1 and is_name(match) else None
        return Title(country=state.state, start=start, end=start) if state else None
    if start >= len(sentence.words) or sentence.words[start] not in {",", "(", "-", "–", "—"}:
        return _predicate(sentence, start, on)
    if sentence.words[start] in HYPHENS and sentence.starts[start] == sentence.ends[start - 1]:
        return None  # "the Trump-supporting lawmaker"
    start += 1
    if sentence.words[start + 1 : start + 2] == (",",) and sentence.words[start].isdigit():
        start += 2  # "Ahmed Rashid, 56, | a veteran journalist"
    if is_party(sentence, start):
        return Title(country="USA", start=start, end=start)
    if is_doing(sentence, start) or _has_done(sentence, start) or _addresses_another(sentence, start):
        return None
    if sentence.folds[start : start + 1] == ("who",) and sentence.folds[start + 1 : start + 2] in _HEADS:
        return _headed(sentence, start + 2, on)
    served = sentence.folds[start : start + 3] in _WHO_SERVED
    start += 3 if served else 0
    end, anchor, inner = start, False, False
    while end < len(sentence.words) and end - start < _LONGEST_APPOSITION:
        text = sentence.words[end]
        if text in {",", ";", ")", "—", "–", ":", "“", '"', "”"} or (
            text in {".", "?", "!"} and end + 1 == len(sentence.words)
        ):
            break
        if text.lower() in _VERBS:
            if anchor and " " in name.name and _begins_clause(sentence, name.start):
                break
            return None  # a clause of its own ("at Ground Zero, | a source said")
        if text.lower() in _CLAUSES:
            break
        if not anchor and end - start < _FARTHEST_NOUN and is_anchor(sentence, end):
            named = _holder_at(sentence, end + 1)
            if named is not None and sentence.folds[named.end : named.end + 1] not in _POSSESSIVE:
                return None
            anchor = named is None and not inner
        inner = inner or (text.lower() in INSIDE and sentence.folds[end - 1] != "one")
        end += 1
    if not anchor or sentence.folds[start] in {"and", "but", "as", "in", "at", "on", "with", "or", "while", "by"}:
        return None
    told = describe(sentence, start, end, on)
    if told.role is None or not (served and sentence.folds[start - 2].endswith("ed")):
        return told
    return replace(told, role=former_role(told.role), organisation=None, former=True)


def _begins_clause(sentence: Sentence, word: int) -> bool:
    """Whether a name can only be the subject of a verb that follows, though no comma ends what is said of it
    ("...," Abu Rudeina, | an advisor to Arafat said).
    """
    return word == 0 or sentence.words[word - 1] in {"“", '"', "”", "''"}


def _has_done(sentence: Sentence, word: int) -> bool:
    """Whether a clause goes on after the comma ("Ms. Tanden, who worked for Mrs. Clinton, | succeeded the manager",
    "the commissioner, Sadako Ogata, | urged refugees to stay").
    """
    done = sentence.folds[word : word + 2]
    if len(done) < 2 or not done[0].endswith("ed"):
        return False
    says = not lexicon().cues.keys().isdisjoint(lemmas_of(done[0])) and done[0] not in nouns().modifier
    return says or done[1] in nouns().determiner


def _addresses_another(sentence: Sentence, word: int) -> bool:
    """Whether a form of address stands at the word, so somebody else's name ("According to Ms Bo, | Mr Li left")."""
    match = sentence.match_at(word)
    office = office_of(match.readings) if match is not None and match.start == word else None
    owns = not {*_POSSESSIVE}.isdisjoint(zip(sentence.folds[word : word + _LONGEST_OWNER]))
    return office is not None and is_address(office) and sentence.folds[word] not in nouns().kin and not owns


def _holder_at(sentence: Sentence, word: int) -> Match | None:
    """A known holder's name at ``word``, whose title stands before it ("President | Barack Obama")."""
    match = sentence.match_at(word) if word < len(sentence.words) else None
    return match if match is not None and match.start == word and match.readings[0].form == "holder" else None


def _predicate(sentence: Sentence, start: int, on: date | None) -> Title | None:
    """What "is" says of a name, when the noun is an office ("Ms. Maathai | is a member of parliament in Kenya")."""
    if sentence.folds[start : start + 1] not in _COPULA or start + 1 >= len(sentence.words):
        return None
    owner = sentence.match_at(start + 1)
    owned = owner is not None and sentence.folds[owner.end : owner.end + 1] in _POSSESSIVE
    if sentence.folds[start + 1 : start + 2] not in _ARTICLE and not owned:
        return None
    begins = start + 1 if owned else start + 2
    end, anchor, inner = owner.end + 1 if owner is not None and owned else begins, False, False
    while end < len(sentence.words) and end - start < _LONGEST_APPOSITION and sentence.words[end][0].isalnum():
        inner = inner or sentence.folds[end] in nouns().preposition
        if sentence.folds[end] in {"and", "but", "who", "which", "that", "whose"}:
            break
        anchor = anchor or (not inner and is_anchor(sentence, end))
        end += 1
    return replace(describe(sentence, begins, end, on), start=start, end=start) if anchor else None
