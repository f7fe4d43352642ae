"""Titles before a name, and what a title, an apposition or a role says: somebody's office, state and body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import partial

from streams.attribution.determiners import NUMBERS
from streams.attribution.lexicon import HYPHENS, nouns
from streams.attribution.mentions import Mention
from streams.attribution.reading import Sentence
from streams.attribution.senses import office_of, organisation_of, place_of, state_of
from streams.attribution.time_expressions import WEEKDAYS
from streams.knowledge.entries import Metonym, Office, Sex
from streams.knowledge.phrases import Match

_LONGEST_TITLE = 12
_SENT_ABROAD = frozenset({"diplomat", "journalist", "military"})
"""Offices whose holders are at a place that is not their own state's: "ambassador to Russia"."""
_ENDING = re.compile(r"(?:ive|al|ar|ed|ing|ent|ant|er|or|ic|ous|ary|ory|ist|ful|less|time)\Z")
"""What adjectives and nouns of persons end in, and few names."""
_DANGLING = re.compile(r"(?: (?:of|for|to|in|at|and|a|an|the|responsible))+\Z")
"""What is left at a role's end where the name after it told the state or the body."""
_LEADING = re.compile(
    r"\A(?:(?:of|but|as|and|based|meanwhile|however|an?|another|yet|both|two|three|four|visiting) )+", re.IGNORECASE
)
"""What is left at its beginning, also where the place before "-based" told the state."""
_TERM = re.compile(r" from (?:\w+ )?\d{4} (?:to|until) .+\Z")
"""When somebody was in office that is over ("ambassador to the United States | from 2007 to 2013")."""
_POSSESSIVE = re.compile(r"\A.*['’]s ")
_PARTS = frozenset({"south", "north", "east", "west", "southern", "northern", "eastern", "western", "central"})
"""What makes a part of a state of its name, which says more than whose somebody is ("South Australian | premier")."""
INSIDE = frozenset({"of", "for", "among", "with", "against", "about", "by"})
"""Behind these stands what a phrase is not itself about."""
_VERBS = frozenset({"is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might"})
"""Words that no title holds."""
_INNER = frozenset({"of", "for", "to", "at", "and", "in", "on", "the", "with", "&"})


@dataclass(frozen=True, slots=True)
class Title:
    """``role``: the office in plain words; ``offices``: what it is in the offices table; ``addressed``: whether it is a
    form of address, or has one; ``start``: the phrase's first word.
    """

    role: str | None = None
    offices: tuple[str, ...] = ()
    country: str | None = None
    organisation: str | None = None
    sex: Sex | None = None
    start: int = 0
    end: int = 0
    former: bool = False
    addressed: bool = False


def is_anchor(sentence: Sentence, word: int) -> bool:
    """Whether the word is, or ends, an office or a kind of person."""
    match = sentence.match_at(word)
    if match and match.end == word + 1 and office_of(match.readings):
        surname = match.start == word > 0 and sentence.folds[word] in nouns().surname and sentence.words[word].istitle()
        return not (surname and sentence.is_name_like(word - 1) and sentence.match_at(word - 1) is None)
    return sentence.folds[word] in nouns().person


def title_before(sentence: Sentence, name: Mention, on: date | None) -> Title | None:
    """The title that stands right before a name ("Japanese Prime Minister | Junichiro Koizumi"), null when there is
    none.

    Also "the Crown prosecutor, | Mark Tedeschi,": a role with an article and a comma.
    """
    right = name.start - 1
    if right < 0:
        return None
    begins = _definite_start(sentence, right) if sentence.words[right] == "," else None
    if begins is not None:
        right -= 1
    start = min(_title_start(sentence, right), right + 1 if begins is None else begins)
    if 1 < start <= right and sentence.words[start - 1] == ",":
        begins = _definite_start(sentence, start - 1)
        start = start if begins is None else min(_title_start(sentence, start - 2), begins)
    return describe(sentence, start, right + 1, on) if start <= right else None


def _definite_start(sentence: Sentence, comma: int) -> int | None:
    """Where a phrase with article or possessive, and with an office, begins that ends at the comma ("the | Kremlin's
    top aide,"); null for one that names the state that it describes ("Pakistan's ally China, | General Musharraf").
    """
    anchored = False
    last = sentence.match_at(comma - 1)
    if last is not None and last.start > 0 and is_name(last) and is_anchor(sentence, last.start - 1):
        return None
    for word in range(comma - 1, max(-1, comma - 1 - _LONGEST_TITLE), -1):
        text = sentence.folds[word]
        # What follows a preposition is not what the phrase is about: "a lack of passion among voters".
        of_body = word + 1 < comma and sentence.folds[word + 1] in nouns().body
        anchored = text not in INSIDE and (anchored or (is_anchor(sentence, word) and not of_body))
        if text in _VERBS or text in NUMBERS:
            return None
        if text in {"the", "a", "an"} and not anchored and word > 0 and sentence.folds[word - 1] in _INNER:
            continue
        if text in {"the", "his", "her", "its", "their", "our", "a", "an"}:
            return word + 1 if anchored and not _is_beside_a_name(sentence, word) else None
        if len(text) == 2 and text[0] in "'’":
            owner = sentence.match_at(word - 1) if word else None
            first = owner.start if owner is not None else word - 1
            if not anchored and first > 0 and sentence.folds[first - 1] in INSIDE:
                continue  # "the president of Adelaide's | Islamic Society,"
            named = owner is not None and owner.readings[0].form not in {"holder", "office"}
            return (owner.start if owner is not None and named else word + 1) if anchored else None
        if text[0].isalnum() is False and text != "-":
            return None
        if word == 0 and is_anchor(sentence, comma - 1) and all(map(partial(_is_in_title, sentence), range(comma))):
            return 0
    return None


def _is_in_title(sentence: Sentence, word: int) -> bool:
    """Whether a word without an article before it can be one of a title ("Iran Foreign Ministry spokeswoman")."""
    return sentence.is_name_like(word) or is_anchor(sentence, word) or sentence.folds[word] in nouns().modifier


def _is_beside_a_name(sentence: Sentence, article: int) -> bool:
    """Whether a name and a comma stand before the article, so that the phrase tells of that one ("by Joe Arpaio, | the
    sheriff, Mr. Trump said").
    """
    if article < 3 or sentence.words[article - 1] != ",":
        return False
    match = sentence.match_at(article - 2)
    named = match is None or match.readings[0].form == "holder"
    return named and sentence.is_name_like(article - 2) and sentence.is_name_like(article - 3)


def _title_start(sentence: Sentence, right: int) -> int:
    anchored, start = False, right + 1
    word = right
    while word >= 0 and right - word < _LONGEST_TITLE:
        text, folded = sentence.words[word], sentence.folds[word]
        match = sentence.match_at(word)
        if match is not None and match.readings[0].form == "holder":
            break
        if folded in WEEKDAYS or (sentence.headline and start <= right and not anchored and match is None):
            break
        if match is not None:
            anchored = anchored or office_of(match.readings) is not None
            start = word = match.start
        elif folded in nouns().person:
            anchored, start = True, word
        elif (
            (text[0].isupper() and (folded not in nouns().determiner or text.isupper()))
            or folded in nouns().modifier
            or (folded in {"'s", "’s"} and start > word)
        ):
            start = word
        elif text == ")" and word > 1 and sentence.words[word - 2] == "(":
            word -= 2  # "African Union (AU) | chairperson"
        elif (
            (text in "-–." and start > word and word > 0)
            or (folded == "and" and word > 0 and is_anchor(sentence, word - 1))
            or (
                not anchored
                and folded != "and"
                and folded in _INNER
                and start <= right
                and _anchor_further_left(sentence, word)
            )
        ):
            pass
        elif folded in nouns().body and (anchored or (start <= right and _anchor_further_left(sentence, word))):
            start = word
        else:
            break
        word -= 1
    return start


def _anchor_further_left(sentence: Sentence, word: int) -> bool:
    """Whether an office stands shortly before "of", "for", "to": "Governor of Washington | Chris Gregoire"."""
    for left in range(word - 1, max(-1, word - 8), -1):
        text = sentence.words[left]
        if not text[0].isalnum() and text != "-":
            return False
        if is_anchor(sentence, left):
            return True
        if not text[0].isupper() and text not in _INNER and text not in nouns().body:
            return False
    return False


def is_name(match: Match) -> bool:
    """Whether a state or body is named, not only by an adjective."""
    return any(reading.form == "name" for reading in match.readings)


def former_role(role: str) -> str:
    """A role that somebody had."""
    return role if role.startswith("former ") else f"former {role}"


def describe(sentence: Sentence, start: int, end: int, on: date | None) -> Title:
    """What the words ``[start, end)`` of a title, an apposition or a role say."""
    country: str | None = None
    body: str | None = None
    offices: list[str] = []
    sex: Sex | None = None
    role: list[str] = []
    former = False
    only: str | None = None
    addressed = False
    word = start
    abroad, of_several, sent_there, inner, office_end = False, False, False, False, -1
    # In "Trump campaign spokeswoman" a capital tells a name; in "Emergency Relief Coordinator" it does not.
    proper = any(is_anchor(sentence, each) and sentence.words[each].islower() for each in range(start, end))
    while word < end:
        folded = sentence.folds[word]
        if folded == "(" and sentence.words[word + 2 : word + 3] == (")",):
            word += 3
            continue
        match = sentence.match_at(word)
        if match is not None and match.start == word and match.end <= end:
            state, office, organisation = (
                state_of(match.readings, on),
                office_of(match.readings),
                organisation_of(match.readings),
            )
            metonym = next((r.entry for r in match.readings if isinstance(r.entry, Metonym)), None)
            text = " ".join(sentence.words[match.start : match.end])
            for loose, tight in ((" . ", "."), (" .", "."), (" - ", "-"), (" 's", "'s"), (" ’s", "’s")):
                text = text.replace(loose, tight)
            if organisation is not None and organisation.country:
                text = _POSSESSIVE.sub("", text)  # "China's foreign ministry", whose state is told apart
            inner = inner or (word > start and sentence.folds[word - 1] in nouns().preposition)
            if state is not None and office is None:
                if _is_of_birth(sentence, match.end):
                    pass
                elif role and _is_hyphened(sentence, word):
                    role[-1] += f"-{text}"
                elif country is None and not abroad:
                    country = state.state
                    if role and role[-1].lower() in _PARTS:
                        role[-1] += f" {text}"
                elif role:
                    role.append(text)
            elif office is None and (place := place_of(match.readings)) is not None:
                country = country or (place.country if not abroad else None)
                role.append(text)
            elif office is not None:
                sex = sex or office.sex or _sex_of(office.title)
                only = only or office.country
                addressed = addressed or is_address(office)
                if office.office == "honorific" and text in nouns().kin:
                    offices.append("other")
                    role.append(text)
                elif office.office != "honorific":
                    offices.append(office.office)
                    rank = office.office == "military" and office_end == match.start
                    if not (role and (rank or "," in sentence.words[start : match.start])):
                        plain = office.role if not _goes_on(sentence, match, end) else text.lower()
                        role.append(text if office.plural and inner else plain)
                    office_end = match.end
            elif (organisation is not None or metonym is not None) and not _is_subject_matter(sentence, word):
                body = body or (organisation.name if organisation else metonym.organisation if metonym else None)
                country = country or (organisation.country if organisation else metonym.country if metonym else None)
                several = organisation is not None and (organisation.type == "igo" or organisation.parent is not None)
                of_several, sent_there = of_several or (several and country is None), several and country is not None
                role.append(text)
            else:
                role.append(text)
            word = match.end
            continue
        former = former or folded in {"former", "ex", "then"}
        if folded in {"'s", "’s"} and word + 1 < end and role and role[-1].endswith(sentence.words[word - 1]):
            role[-1] += sentence.words[word]
        sent = _SENT_ABROAD & set(offices) and folded in {"to", "in", "at"}
        if sent or (offices and body is not None and (folded in {"for", "on"} or (of_several and folded == "in"))):
            abroad = True
        if sentence.words[word][0].isalnum() and folded not in {"a", "an", "the", "his", "her", "its", "their", "our"}:
            inner = inner or (bool(role) and folded in nouns().preposition)
            kept = inner or (proper and _tells_a_name(sentence, word)) or sentence.words[word].isupper()
            kept = kept or folded in nouns().adjectival or folded in nouns().party
            part = sentence.words[word] if kept else folded
            if role and _is_hyphened(sentence, word):
                role[-1] = f"{role[-1]}-{part}"
            else:
                role.append(part)
            if folded in nouns().person and not inner:
                sex = sex or _sex_of(folded)
            if folded in nouns().person and not offices:
                offices.append("other")
        elif folded in {"a", "an", "the"} and role:
            role.append(folded)
        word += 1
    if sent_there and "diplomat" in offices:
        body = None  # "Beijing's UN ambassador" speaks for China
    if country is None and body is None:
        body = _plain_body(sentence, start, end)
    if body is None:
        country = country or only
    text = _DANGLING.sub("", _LEADING.sub("", " ".join(role).strip(" -"))) if offices else ""
    if (term := _TERM.search(text)) is not None:
        text, former = former_role(text[: term.start()]), True
    return Title(text or None, tuple(offices), country, body, sex, start, end, former, addressed)


def _is_subject_matter(sentence: Sentence, word: int) -> bool:
    """Whether a name only tells what a body is for ("the Department of | Foreign Affairs", which is a magazine too)."""
    return word > 1 and sentence.folds[word - 1] in {"of", "for"} and sentence.folds[word - 2] in nouns().body


def _tells_a_name(sentence: Sentence, word: int) -> bool:
    """Whether a capital, if the word has one, is there for more than the sentence's beginning ("Tulsa | police
    chief", "Conservative | economist").
    """
    folded = sentence.folds[word]
    return word > 0 or not (
        _ENDING.search(folded) or folded in nouns().modifier or folded in nouns().person or folded in nouns().body
    )


def _is_hyphened(sentence: Sentence, word: int) -> bool:
    """Whether a hyphen joins the word to the one before it ("far | -right")."""
    return (
        word > 1
        and sentence.words[word - 1] in HYPHENS
        and sentence.ends[word - 2] == sentence.starts[word - 1]
        and sentence.ends[word - 1] == sentence.starts[word]
    )


def _is_of_birth(sentence: Sentence, end: int) -> bool:
    """Whether "-born" follows a state's adjective, or the state whose citizen it makes ("Cuban-American")."""
    if end + 1 >= len(sentence.words) or sentence.words[end] not in {"-", "‑", "–"}:
        return False
    other = sentence.match_at(end + 1)
    return sentence.folds[end + 1] == "born" or (other is not None and other.readings[0].form == "adjective")


def _goes_on(sentence: Sentence, office: Match, end: int) -> bool:
    """Whether an office has more than it is known with ("Minister for Foreign Affairs | and Trade")."""
    more = office.end + 1
    return (
        more < end
        and sentence.folds[office.end] == "and"
        and sentence.is_name_like(more)
        and sentence.match_at(more) is None
        and any(sentence.folds[word] in {"for", "of"} for word in range(office.start, office.end))
    )


def is_address(office: Office) -> bool:
    """Whether it is a form of address of people, not of places ("St. | Louis")."""
    return office.office == "honorific" and office.title.rstrip(".") not in {"st", "saint"}


def _sex_of(word: str) -> Sex | None:
    """What a form of address, or a noun, tells."""
    word = word.rstrip(".")
    return "m" if word in nouns().male else "f" if word in nouns().female else None


def _plain_body(sentence: Sentence, start: int, end: int) -> str | None:
    """A body that is not known but named by its noun: "of the National Elections Committee"."""
    best: tuple[int, int] | None = None
    for word in range(start, end):
        if sentence.folds[word] in nouns().body and sentence.is_name_like(word) and sentence.match_at(word) is None:
            first = word
            while first > start and sentence.is_name_like(first - 1) and sentence.match_at(first - 1) is None:
                first -= 3 if first - 3 >= start and _is_hyphened(sentence, first - 1) else 1
            if first < word:
                best = (first, word + 1)
    return " ".join(sentence.words[best[0] : best[1]]).replace(" - ", "-") if best else None
