"""Who and what is named where: states, organisations, persons, in every form that a text gives them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence, Set
from typing import Literal, NamedTuple

from streams.attribution.lexicon import CONNECTORS, HYPHENS, nouns
from streams.attribution.name_runs import Item, runs
from streams.attribution.reading import Sentence
from streams.attribution.span import Span
from streams.attribution.unknown_names import STUDIES, is_acronym, is_called_body, is_written_together, kind_of_name
from streams.knowledge import Knowledge
from streams.knowledge.entries import Office, Organisation, Reading
from streams.knowledge.phrases import Match, mended

MentionKind = Literal["state", "organisation", "person", "unknown", "office", "epithet", "place"]

_STATE_FORMS = frozenset({"name", "adjective", "people", "person", "capital", "place"})
_STATIONS = frozenset({"radio", "television", "tv"})
"""Words before the city of a station: "Radio Warsaw"."""
_AFTER_NAMES = frozenset({"QC", "KC", "SC", "MP", "MEP", "MSP", "OBE", "CBE", "PhD"})
"""Letters after a person's name that are no part of it."""


class Mention(NamedTuple):
    """A name as it stands in the text: ``[start, end)`` of the sentence's words.

    ``readings`` are what the knowledge base says of it. ``unknown`` is a capitalised word of which nothing tells what
    it names.
    """

    kind: MentionKind
    span: Span
    name: str
    sentence: int
    start: int
    end: int
    readings: tuple[Reading, ...] = ()


def mentions(sentence: Sentence, body: str, knowledge: Knowledge, known: Container[str] = ()) -> Iterator[Mention]:
    """The names of one sentence in order. In a headline only names of which the folded words are ``known`` can be
    told.
    """
    for run in runs(sentence, knowledge, known):
        yield from _read_run(sentence, run, body, knowledge)


def _read_run(sentence: Sentence, run: list[Item], body: str, knowledge: Knowledge) -> Iterator[Mention]:
    plain: list[int] = []
    for place, (start, end, match) in enumerate(run):
        if match is None:
            plain += range(start, end)
            continue
        forms = {reading.form for reading in match.readings}
        rest = run[place + 1 :]
        last = next((sentence.words[i] for i in reversed(plain) if sentence.words[i][0].isalpha()), "")
        joins_name = end - start == 1 and (knowledge.is_given_name(last) or last in nouns().particle)
        after = rest[0] if rest else None
        joins_name = joins_name or (
            (forms == {"holder"} or _may_be_given(sentence, start, forms))
            and end - start == 1 and after is not None and after[0] == end
            and (after[2] is None or sentence.folds[end] in nouns().surname)
            and (sentence.words[end][0].isalpha() or sentence.words[end] in HYPHENS)
            and knowledge.is_given_name(sentence.words[start])
        )  # fmt: skip
        joins_body = (bool(plain) and sentence.words[plain[-1]] in CONNECTORS) or _begins_body(sentence, forms, rest)
        joins_outlet = (
            _is_more_of_it(sentence, match, rest)
            or (bool(plain) and sentence.folds[plain[-1]] in _STATIONS and bool(forms & {"capital", "place"}))
            or (bool(plain) and forms == {"organisation"} and end - start == 1 and sentence.words[start].istitle())
        )
        if end - start == 1 and _is_inside(sentence, start, forms, plain, after):
            plain += range(start, end)
            continue
        called = _is_called_by_title(sentence, [*plain, start], end, bool(plain) and joins_name, after)
        if called or ("office" not in forms and (joins_name or joins_body or joins_outlet)):
            if called and plain and not joins_name and not _is_addressed(sentence, plain[0]):
                yield from _flush(sentence, plain, body, knowledge)
                plain = []
            plain += range(start, end)
            continue
        yield from _flush(sentence, plain, body, knowledge)
        plain = []
        kind: MentionKind = (
            "person" if "holder" in forms
            else "state" if forms & (_STATE_FORMS - {"place"})
            else "organisation" if forms & {"organisation", "metonym"}
            else "office" if "office" in forms
            else "place" if "place" in forms
            else "epithet"
        )  # fmt: skip
        yield _mention(kind, sentence, start, end, body, match.readings)
    yield from _flush(sentence, plain, body, knowledge)


def _is_called_by_title(
    sentence: Sentence, name: Sequence[int], end: int, after_given_name: bool, after: Item | None
) -> bool:
    """Whether a title, or a newspaper's name, is somebody's surname: "Mr. | King", "Dr Ahmer | Sultan", "Larry | King",
    "Haji | Zaman"; ``name``: it and the words of the name before it.
    """
    start = name[-1]
    match = sentence.match_at(start)
    is_surname = sentence.folds[start] in nouns().surname or (match is not None and _is_media(match))
    if end - start > 1 or not is_surname or not sentence.words[start].istitle():
        return False
    if after is not None and after[0] == end and after[2] is None and sentence.words[end][0].isalpha():
        return False
    return after_given_name or _is_addressed(sentence, name[0])


def _is_addressed(sentence: Sentence, start: int) -> bool:
    """Whether a form of address stands before the word ("Mr. | King")."""
    left = start - 2 if start > 1 and sentence.words[start - 1] == "." else start - 1
    before = sentence.match_at(left) if left >= 0 else None
    return before is not None and before.readings[0].form == "office" and _is_of_address(before)


def _is_inside(sentence: Sentence, word: int, forms: Set[str], plain: Sequence[int], after: Item | None) -> bool:
    """Whether a known word is but a part of the name around it: "the | General | Staff", "the Transport | Workers |
    Union", "Taher | Jalil | Habbush".
    """
    if after is None or after[0] != word + 1 or after[2] is not None:
        return False
    folded, following = sentence.folds[word], sentence.folds[word + 1]
    if folded == "general":
        return following in nouns().body or following in {"staff", "security"}
    if "office" in forms:
        return folded.endswith("s") and sentence.words[word].istitle() and following in nouns().body
    surname = forms == {"holder"} and sentence.words[word + 1].istitle()
    return surname and bool(plain) and plain[-1] == word - 1 and sentence.words[plain[-1]].istitle()


def _is_more_of_it(sentence: Sentence, match: Match, rest: Sequence[Item]) -> bool:
    """Whether a company's name goes on with a noun of bodies that makes it another one's ("Yahoo | News")."""
    if len(rest) != 1 or rest[0][2] is not None or rest[0][1] - rest[0][0] > 1 or rest[0][0] != match.end:
        return False
    known = match.readings[0].entry
    is_firm = isinstance(known, Organisation) and known.type in {"company", "media"}
    return is_firm and sentence.folds[rest[0][0]] in nouns().body


def _is_media(match: Match) -> bool:
    return all(isinstance(one := reading.entry, Organisation) and one.type == "media" for reading in match.readings)


def _is_of_address(match: Match) -> bool:
    return any(isinstance(r.entry, Office) and r.entry.office == "honorific" for r in match.readings)


def _may_be_given(sentence: Sentence, word: int, forms: Set[str]) -> bool:
    """Whether a place or state at ``word`` can be somebody's given name: a surname follows ("Douglas | Holtz")."""
    size = len(sentence.words)
    ahead = word + 1
    while ahead + 1 < size and sentence.words[ahead] == "." and len(sentence.words[ahead - 1]) == 1:
        ahead += 1
    if not forms <= {"name", "capital", "place"} or ahead >= size or not sentence.words[ahead].istitle():
        return False
    after = sentence.folds[ahead]
    return after not in nouns().body and after not in nouns().place and after not in nouns().modifier


def _begins_body(sentence: Sentence, forms: Set[str], rest: list[Item]) -> bool:
    """Whether a state's name or adjective begins a body's name: "Saudi | Interior Ministry", "Korea | Herald"."""
    if not forms & _STATE_FORMS:
        return False
    for start, end, match in rest:
        if match is not None:
            return False
        if any(sentence.folds[i] in nouns().body for i in range(start, end)):
            return True
    return bool(rest) and sentence.folds[rest[-1][1] - 1] in STUDIES


def _flush(sentence: Sentence, plain: list[int], body: str, knowledge: Knowledge) -> Iterator[Mention]:
    """The name made of words that are not known, if they make one."""
    words = list(plain)
    while words and (not sentence.words[words[0]][0].isalpha() or sentence.words[words[0]] in CONNECTORS):
        words.pop(0)
    while words and (not sentence.words[words[-1]][0].isalnum() or sentence.words[words[-1]] in CONNECTORS):
        words.pop()
    while len(words) > 2 and sentence.words[words[-1]] in _AFTER_NAMES:
        words.pop()
    if (
        len(words) > 2
        and sentence.folds[words[0]] in nouns().person
        and knowledge.is_given_name(sentence.words[words[1]])
        and not knowledge.is_given_name(sentence.words[words[0]])
    ):
        words.pop(0)
    if len(words) == 3 and _is_subject(sentence, words[0], knowledge):
        words.pop(0)
    while (
        len(words) > 1
        and sentence.folds[words[0]] in nouns().modifier
        and sentence.folds[words[-1]] not in nouns().body
        and sentence.folds[words[-1]] not in STUDIES
    ):
        words.pop(0)
    if len(words) > 1 and _only_begins(sentence, words[0], knowledge):
        words.pop(0)
    if not words or _is_any_government(sentence, words) or _is_abbreviation(sentence, words):
        return
    if len(words) == 1 and (len(sentence.words[words[0]]) == 1 or _is_somebodys_body(sentence, words[0])):
        return  # nobody is called by a letter ("J&K")
    start, end = words[0], words[-1] + 1
    if (
        len(words) > 3
        and knowledge.is_given_name(sentence.words[words[-2]])
        and any(sentence.folds[i] in nouns().body or sentence.folds[i] in nouns().place for i in words)
    ):
        yield from _flush(sentence, words[:-2], body, knowledge)
        start = words[-2]
    if (
        end - start == 1
        and (start == 0 or sentence.folds[start] in nouns().modifier)
        and not is_acronym(sentence.words[start])
        and not is_written_together(sentence.words[start])
    ):
        if is_called_body(sentence, start, end) and sentence.folds[start] not in nouns().modifier:
            yield _mention("organisation", sentence, start, end, body)
        elif knowledge.surnamed(sentence.words[start]) or (
            start == 0 and sentence.folds[start] not in nouns().modifier
        ):
            yield _mention("unknown", sentence, start, end, body)
        return
    yield _mention(kind_of_name(sentence, start, end, knowledge), sentence, start, end, body)


def _is_subject(sentence: Sentence, word: int, knowledge: Knowledge) -> bool:
    """Whether a word before a name is what a minister is for: "Minister of | Tourism | Gamini Lokuge"."""
    before = sentence.match_at(word - 2) if word > 1 and sentence.folds[word - 1] in {"of", "for"} else None
    minister = before is not None and any(
        isinstance(one.entry, Office) and one.entry.office == "other_minister" for one in before.readings
    )
    return minister and not knowledge.is_given_name(sentence.words[word])


def _is_abbreviation(sentence: Sentence, words: Sequence[int]) -> bool:
    """Whether a name is no more than capitals that name nobody: "HIV", "AEDT"; "the Aids | Council" is more."""
    return len(words) == 1 and is_acronym(sentence.words[words[0]]) and sentence.folds[words[0]] in nouns().abbreviation


def _is_somebodys_body(sentence: Sentence, word: int) -> bool:
    """Whether a noun of bodies has its capital only from whose it is ("the Prime Minister's | Office")."""
    return word > 0 and sentence.folds[word] in nouns().body and sentence.folds[word - 1] in {"'s", "’s"}


def _is_any_government(sentence: Sentence, words: Sequence[int]) -> bool:
    """Whether a name is no more than that of a state's government: "the Government", "the Federal Government"."""
    return sentence.folds[words[-1]] in nouns().government and all(
        sentence.folds[word] in nouns().of_all for word in words[:-1]
    )


def _only_begins(sentence: Sentence, word: int, knowledge: Knowledge) -> bool:
    """Whether a word has its capital from beginning a sentence: "Injecting", "Hopefully"."""
    begins = word == 0 or not sentence.words[word - 1][0].isalnum()
    adverbial = sentence.folds[word].endswith(("ing", "ly")) and len(sentence.words[word]) > 5
    return begins and adverbial and not knowledge.is_given_name(sentence.words[word])


def _mention(
    kind: MentionKind, sentence: Sentence, start: int, end: int, body: str, readings: tuple[Reading, ...] = ()
) -> Mention:
    span = sentence.span_of(start, end)
    return Mention(kind, span, mended(span.of(body)), sentence.number, start, end, readings)
