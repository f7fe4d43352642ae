"""Sentences: ``sentencex`` by paragraph, repaired for what news writes and it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

from streams.attribution.body import paragraphs
from streams.attribution.document import Paragraph
from streams.attribution.span import Span

_JOINED = re.compile(
    r"(?:\b(?:Amb|Ft|Gov|Gen|Lt|Col|Maj|Cmdr|Capt|Sgt|Adm|Sen|Sens|Rep|Reps|Rev|Hon|Pres|Sec|Supt|Insp|Msgr|Prof|Mr|Mrs|Ms|Dr|St|Mt|vs|No|Nos"
    r"|Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec)\.|\bSt\.)\s*$"
)
"""What ends a piece that is no sentence: a title, a saint, a mountain, a fort, a number, a month."""
_MIDDAY = re.compile(r"\b[ap]\.m\.\s*$", re.IGNORECASE)
_ZONE = re.compile(r"^(?:EST|EDT|CST|CDT|MST|MDT|PST|PDT|ET|CT|MT|PT|GMT|UTC|BST|CET|JST|KST|IST|local|on|in|at|\()")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}\s*$")
_LONE_INITIAL = re.compile(r"(?:^|[\s(])[A-Z]\.\s*$")
_NAME_GOES_ON = re.compile(r"^[A-Z][\w'’-]+")
_SUBJECT = re.compile(
    r"^[\"“‘'(\[]*(?:The|A|An|He|She|It|They|We|You|I|This|That|These|Those|There|But|And|In|On|At|If|When|While|After|Before|As|For|His|Her|Its|Their"
    r"|Mr|Mrs|Ms|Dr|Our|My|No|Not|Some|Many|Most|All|Both|So|Since|Until|With|Earlier|Meanwhile|However|Last|Instead|According|Asked|What|Why|How|Who)\b"
)
_ENDED_IN_QUOTES = re.compile(r"[.!?…][”\"’']{1,3}\s+(?=[“\"‘]?[A-ZÀ-ÖØ-Þ])")
_TAG_AFTER_QUOTE = re.compile(r"^[a-zà-öø-ÿ]")
_LONGEST_WORD = 20_000


def _raw(text: str) -> list[Span]:
    return [Span(s["start_index"], s["end_index"]) for s in sentencex.get_sentence_boundaries("en", text)]


def _goes_on(before: str, after: str) -> bool:
    """Whether ``after`` continues the sentence that ``before`` seems to end."""
    if _TAG_AFTER_QUOTE.match(after) and before.rstrip()[-1:] != "":
        return True
    if _JOINED.search(before):
        return True
    if _MIDDAY.search(before):
        return bool(_ZONE.match(after))
    if _INITIALS.search(before):
        return not _SUBJECT.match(after)
    return bool(_LONE_INITIAL.search(before) and _NAME_GOES_ON.match(after) and not _SUBJECT.match(after))


def _joined(text: str, pieces: list[Span]) -> Iterator[Span]:
    start = None
    for here, following in zip(pieces, [*pieces[1:], None], strict=True):
        start = here.start if start is None else start
        if following and _goes_on(text[max(start, here.end - 40) : here.end], text[following.start : following.start + 40]):
            continue
        yield Span(start, here.end)
        start = None


def _split_after_quotes(text: str, sentence: Span) -> Iterator[Span]:
    """A sentence that ends inside a closing quotation mark ends there, if a new one begins after it."""
    start = sentence.start
    for end in _ENDED_IN_QUOTES.finditer(text, sentence.start, sentence.end):
        opened = text.count("“", start, end.end()) - text.count("”", start, end.end())
        straight = text.count('"', start, end.end())
        if opened <= 0 and straight % 2 == 0:
            yield Span(start, end.end())
            start = end.end()
    yield Span(start, sentence.end)


def sentences(body: str, paragraph: Span) -> Paragraph:
    """The sentences of one paragraph, without the white space between them."""
    text = paragraph.of(body)
    found = (
        part.trimmed(text).shifted(paragraph.start)
        for joined in _joined(text, _raw(text))
        for part in _split_after_quotes(text, joined)
    )
    return tuple(span for span in found if span.start < span.end)


def segment(body: str) -> tuple[Paragraph, ...]:
    """Every paragraph of running text as its sentences; text around the article is in none."""
    found = (sentences(body, paragraph) for paragraph in paragraphs(body))
    return tuple(paragraph for paragraph in found if paragraph)
