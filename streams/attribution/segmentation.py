"""Sentences: ``sentencex`` by paragraph, repaired for what news writes and it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import sentencex

from streams.attribution.body import paragraphs
from streams.attribution.document import Paragraph
from streams.attribution.quotation import unclosed
from streams.attribution.span import Span

_READ_AT_ONCE = 2_000
"""Characters; ``sentencex`` takes quadratic time over quotation marks, so a longer paragraph is read in stretches."""

_TITLE = re.compile(
    r"\b(?:Amb|Gov|Gen|Lt|Col|Maj|Cmdr|Capt|Sgt|Adm|Brig|Sen|Sens|Rep|Reps|Rev|Hon|Pres|Sec|Dep|Min|Supt|Insp|Msgr|Prof|Mr|Mrs|Ms|Dr"
    r"|St|Mt|Ft|vs)\.\s*$"
)
_BEFORE_A_NUMBER = re.compile(r"\b(?:Nos?|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|approx|ca|art|Art)\.\s*$")
_MIDDAY = re.compile(r"\b[ap]\.m\.\s*$", re.IGNORECASE)
_TIME_GOES_ON = re.compile(
    r"\(?(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|JST|KST|IST|[\w'’]+ [Tt]ime|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d|\d+)\b"
)
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}\s*$")
_LONE_INITIAL = re.compile(r"(?:^|[\s(])[A-Z]\.\s*$")
_NAME_GOES_ON = re.compile(r"[A-Z][\w'’-]+")
_LIST_NUMBER = re.compile(r"^\s*\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})\.\s*$")
_SUBJECT = re.compile(
    r"[\"“‘'(\[]*(?:The|A|An|He|She|It|They|We|You|I|This|That|These|Those|There|But|And|In|On|At|If|When|While|After|Before|As|For|His|Her|Its|Their"
    r"|Mr|Mrs|Ms|Dr|Our|My|No|Not|Some|Many|Most|All|Both|So|Since|Until|With|Earlier|Meanwhile|However|Last|Instead|According|Asked|What|Why|How|Who"
    r"|Nobody|Others|Another)\b"
)
"""Words that begin a sentence far more often than they stand in a name."""
_ENDED = re.compile(r"[.!?…]['\"”’]{0,2}\s+\Z")
"""What stands before a sentence."""
_LOWER_CASE = re.compile(r"(?![a-z]\)|(?:al|el|de|da|von|van|bin)[-\s'’][A-ZÀ-ÖØ-Þ])[a-zà-öø-ÿ]")
"""A sentence never begins with a small letter, except that of a name ("al-Jazeera")."""
_ASKED_IN_QUOTES = re.compile(r"[?!…]['\"”’]{1,3}\s*$")
_SAID_BY_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov)\.\s)?(?:[A-ZÀ-ÖØ-Þ][\w'’-]+\s){1,3}"
    r"(?:asked|wondered|exclaimed|shouted|(?:said|says|replied|added|wrote|tweeted|continued)(?=[.,;:]|\s+(?:in|on|at|as|after|during)\b))"
)

_END = re.compile(
    r"(?P<quoted>[.!?…][”\"’']{1,3})\s+(?=[“\"‘(]?[A-ZÀ-ÖØ-Þ])"
    r"|(?P<bracketed>[.!?][)\]])\s+(?=[“\"‘(]?[A-ZÀ-ÖØ-Þ])"
    r"|(?P<initials>\b(?:[A-Z]\.){2,})\s+(?=[A-Z])"
    r"|(?:\bno|\w\.(?:com|org|net|gov|edu|int))\.\s+(?=[“\"‘]?[A-ZÀ-ÖØ-Þ])"
)
"""Where a sentence may end though ``sentencex`` does not see it.

Inside a closing quotation mark or bracket, after "the U.S.", after "no", after a web address.
"""


_GOES_ON_AFTER_A_STOP = re.compile(r"[.!?…]\S{0,3}\s+\S")
"""Whatever ``_END`` finds has such a place in it; most sentences have none."""


def _whole(text: str) -> Iterator[Span]:
    """Stretches of a paragraph that each begin with a sentence: a quotation that nothing closes is read by itself, or
    all that follows would seem to be quoted.
    """
    start = 0
    for open_ in unclosed(text):
        for edge in open_:
            if start < edge and _ENDED.search(text, max(start, edge - 8), edge):
                yield Span(start, edge)
                start = edge
    yield Span(start, len(text))


def _raw(text: str) -> Iterator[Span]:
    for stretch in _whole(text):
        yield from (span.shifted(stretch.start) for span in _boundaries(stretch.of(text)))


def _open_quotation(stretch: str) -> int:
    """Where a quotation begins that the stretch does not close, or its end; ``sentencex`` would pair marks wrongly."""
    straight = stretch.rindex('"') if stretch.count('"') % 2 else len(stretch)
    curly = stretch.rfind("“")
    return min(straight, curly if curly > stretch.rfind("”") else len(stretch))


def _boundaries(text: str) -> Iterator[Span]:
    begun = start = 0
    while start < len(text):
        stretch = text[start : start + _READ_AT_ONCE]
        if start + len(stretch) < len(text):
            stretch = stretch[: _open_quotation(stretch)] or stretch
        ends = [start + int(each["end_index"]) for each in sentencex.get_sentence_boundaries("en", stretch)]
        if start + len(stretch) < len(text):
            ends = ends[:-1]  # the last may be cut short: it is read again with what follows
        for end in ends:
            yield Span(begun, end)
            begun = end
        start = ends[-1] if ends else start + len(stretch)
    if begun < len(text):
        yield Span(begun, len(text))


def _goes_on(before: str, after: str) -> bool:
    """Whether ``after`` continues the sentence that ``before`` seems to end."""
    if _LOWER_CASE.match(after) or _LIST_NUMBER.match(before):
        return True
    if _BEFORE_A_NUMBER.search(before):
        return after[:1].isdigit()
    if _TITLE.search(before) or _INITIALS.search(before):
        return not _SUBJECT.match(after)
    if _MIDDAY.search(before):
        return bool(_TIME_GOES_ON.match(after))
    if _ASKED_IN_QUOTES.search(before):
        return bool(_SAID_BY_NAME.match(after))
    return bool(_LONE_INITIAL.search(before) and _NAME_GOES_ON.match(after) and not _SUBJECT.match(after))


def _begins(text: str, span: Span) -> str:
    return text[span.start : span.start + 60].lstrip()


def _joined(text: str, pieces: Iterable[Span]) -> Iterator[Span]:
    start = 0
    before: Span | None = None
    for piece in pieces:
        if before and not _goes_on(text[max(before.start, before.end - 40) : before.end], _begins(text, piece)):
            yield Span(start, before.end)
            start = piece.start
        before = piece
    if before:
        yield Span(start, before.end)


def _split(text: str, sentence: Span) -> Iterator[Span]:
    """The sentences in one that ``sentencex`` left whole; nothing ends inside a quotation that is still open."""
    if not _GOES_ON_AFTER_A_STOP.search(text, sentence.start, sentence.end):
        yield sentence
        return
    start = counted = sentence.start
    opened = straight = 0
    for end in _END.finditer(text, sentence.start, sentence.end):
        opened += text.count("“", counted, end.end()) - text.count("”", counted, end.end())
        straight += text.count('"', counted, end.end())
        counted = end.end()
        if opened > 0 or straight % 2:
            continue
        if end["bracketed"] and text[start : start + 1] not in "([":
            continue
        before = end["quoted"] or end["initials"]
        if before and _goes_on(before, _begins(text, Span(end.end(), sentence.end))):
            continue
        yield Span(start, end.end())
        start, opened, straight = end.end(), 0, 0
    yield Span(start, sentence.end)


def sentences(body: str, paragraph: Span) -> Paragraph:
    """The sentences of one paragraph, without the white space between them."""
    text = paragraph.of(body)
    found = (
        part.trimmed(text).shifted(paragraph.start)
        for joined in _joined(text, _raw(text))
        for part in _split(text, joined)
    )
    return tuple(span for span in found if span.start < span.end)


def segment(body: str) -> tuple[Paragraph, ...]:
    """Every paragraph of running text as its sentences; text around the article is in none."""
    found = (sentences(body, paragraph) for paragraph in paragraphs(body))
    return tuple(paragraph for paragraph in found if paragraph)
