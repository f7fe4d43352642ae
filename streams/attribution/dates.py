"""When a statement was made, as precise as the article says it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from streams.attribution.document import Attribution, Document
from streams.attribution.occasion import Names, Setting, carried, settings
from streams.attribution.span import Span
from streams.attribution.time_expressions import MONTHS, TimeExpression, time_expressions

_FARTHEST = 2
"""Paragraphs over which a speaker goes on speaking on the day that was named."""
_LEAD = 3
"""Paragraphs at the beginning that name those of whom an article tells."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_HINTS = ("day", "night", "morning", "noon", "evening")
"""One of these, or the month, is in every sentence that names a day of the last two; the rest need not be read."""
_REACH = 140
_MOST_DATES = 12
"""Dates near one statement that are looked at; more stand only in text made to be slow."""
_A_DAY = len("YYYY-MM-DD")
_NOT_THE_DAY = re.compile(
    r"\b(?:since|until|till|by|before|after|from|through|for|between|to|and|of|about|ahead\s+of|following|than|over|against)"
    r"(?:\s+(?:the|last|late|early|this|his|her|its|their|a))?\s+$",
    re.IGNORECASE,
)
_NOUN_BEFORE = re.compile(r"(?:\b(?:the|an?|his|her|its|their|this|that)|\w['’]s?)\s+$", re.IGNORECASE)
_OCCASION_NOUN = (
    r"(?:interview|debate|speech|address|statement|conference|briefing|meeting|summit|news|session|talks|letter|report|tweet"
    r"|remarks|rally|hearing|appearance|forum|event|declaration|announcement|op-ed|article|taped|aired|published|released"
    r"|programme|program|show|broadcast|ceremony|sermon|call)"
)
_OCCASION = re.compile(rf"^(?:'s|’s)?\s+(?:[\w.-]+\s+){{0,3}}?{_OCCASION_NOUN}\b", re.IGNORECASE)
_OF_AN_OCCASION = re.compile(rf"\b{_OCCASION_NOUN}\b", re.IGNORECASE)
_AT_THE_OCCASION = re.compile(r"\b(?:in|at|during|on|as)\s+(?:(?:the|an?|his|her|its|their)\s+)?$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\b")
_IN_A_NAME = re.compile(r"[.,]?[”\"]")
_NOT_SAID_THEN = re.compile(r"^this\s", re.IGNORECASE)
_AFTER = re.compile(r"\bafter$")
"""What is dated as before something else is the clause that follows."""
_WHEN = re.compile(r",?\s+when\b")
_OTHER_CLAUSE = re.compile(r",\s|\b(?:who|which|that|while|as|and|but)\s")
_CLOSE = 25
_LEADS = re.compile(
    r"(?:^|[\n.!?”\"]\s*|[,;:(–—-]\s*|\b(?:and|but)\s+)(?:(?:on|in|at|late|early|earlier|last|during|but|and|the|an?|his|her)\s+)*$",
    re.IGNORECASE,
)
_ELSEWHERE = 75
_RELATIVE = re.compile(r",\s+(?:who|which|whose|whom|where)\b[^,]*$", re.IGNORECASE)


def _is_of_statement(body: str, stretch: Span, setting: Setting, date: TimeExpression) -> bool:
    """Whether a date in a statement's own words tells when it was said, not when something else happened."""
    if _NOT_SAID_THEN.match(date.span.of(body)) and len(date.value) < _A_DAY:
        return False
    if ";" in body[min(date.span.end, setting.anchor.end) : max(date.span.start, setting.anchor.start)]:
        return False
    if _AFTER.search(date.span.of(body)):
        return "," not in body[date.span.end : setting.anchor.start] and setting.anchor.start >= date.span.end
    before = body[max(stretch.start, date.span.start - 60) : date.span.start]
    after = body[date.span.end : min(stretch.end, date.span.end + 60)]
    if setting.anchor.start >= date.span.end and _WHEN.match(after):
        return True
    if (
        _NOT_THE_DAY.search(before)
        or _IN_A_NAME.match(after)
        or (_RELATIVE.search(before) and setting.anchor.start > date.span.end)
    ):
        return False
    if _POSSESSIVE.match(after) or (_NOUN_BEFORE.search(before) and not date.span.of(body)[0].isdigit()):
        return bool(_AT_THE_OCCASION.search(before) and _OCCASION.match(after))
    if date.span.start >= setting.anchor.end:
        between = body[max(stretch.start, setting.anchor.end) : date.span.start]
        return len(between) <= _CLOSE or not _OTHER_CLAUSE.search(between) or bool(_OF_AN_OCCASION.search(between))
    return True


def _distance(body: str, setting: Setting, date: TimeExpression) -> int:
    """How far a date is from a cue, in characters.

    A date that does not begin a clause belongs rather to the cue before it than to the one after it.
    """
    if date.span.start >= setting.anchor.end:
        return date.span.start - setting.anchor.end
    leads = _LEADS.search(body[max(0, date.span.start - 20) : date.span.start])
    follows = body[date.span.end : date.span.end + 1] == "," and not leads
    return setting.anchor.start - date.span.end + (10 if leads and not follows else _ELSEWHERE)


def _own_dates(document: Document, setting: Setting) -> Iterator[tuple[int, TimeExpression]]:
    """The dates in a statement's own words that can be its own, each with its distance."""
    today = document.date.isoformat() if document.date else "9999"
    for stretch in setting.own:
        near = Span(max(stretch.start, setting.anchor.start - _REACH), min(stretch.end, setting.anchor.end + _REACH))
        if near.start >= near.end:
            continue
        for date in islice(time_expressions(document.body, near, document.date), _MOST_DATES):
            distance = _distance(document.body, setting, date)
            within = distance <= _REACH and date.value <= today
            if within and _is_of_statement(document.body, stretch, setting, date):
                yield distance, date


def _assigned(document: Document, places: Sequence[Setting]) -> list[str | None]:
    """Each statement's own date: every date goes to the nearest cue, every cue takes the nearest of its dates."""
    offers: dict[Span, list[tuple[int, int, str]]] = defaultdict(list)
    for number, setting in enumerate(places):
        for distance, date in _own_dates(document, setting):
            if setting.is_background and len(date.value) < _A_DAY:
                continue
            offers[date.span].append((distance, number, date.value))
    taken: dict[int, tuple[int, str]] = {}
    for bids in offers.values():
        distance, number, value = min(bids)
        if number not in taken or distance < taken[number][0]:
            taken[number] = (distance, value)
    return [taken[number][1] if number in taken else None for number in range(len(places))]


def _day_of_the_article(document: Document) -> TimeExpression | None:
    """The day of what an article tells, where it is first named: its own or the one before, named more than once."""
    if document.date is None:
        return None
    yesterday = document.date - timedelta(days=1 if document.date.toordinal() > 1 else 0)
    days = (document.date.isoformat(), yesterday.isoformat())
    hints = {
        *_HINTS,
        *(day[:7] for day in days),
        *(MONTHS[day.month - 1][:3].title() for day in (document.date, yesterday)),
    }
    first: dict[str, TimeExpression] = {}
    times: Counter[str] = Counter()
    for sentence in document.sentences:
        text = sentence.of(document.body)
        if not any(hint in text for hint in hints):
            continue
        for one in islice(time_expressions(document.body, sentence, document.date), _MOST_DATES):
            if one.value in days:
                first.setdefault(one.value, one)
                times[one.value] += 1
    value, count = max(times.items(), key=lambda each: each[1], default=("", 0))
    return first[value] if count > 1 else None


def _words_of_the_lead(document: Document) -> frozenset[str]:
    """The words of an article's first paragraphs."""
    lead = document.paragraphs[:_LEAD]
    return frozenset(word for sentences in lead for each in sentences for word in _WORD.findall(each.of(document.body)))


def said_at(document: Document, attribution: Attribution) -> str | None:
    """The date (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``) that the statement's sentence gives for it or its occasion.

    Relative dates ("on Friday", "last month") are counted from the article's own date; ``None`` when the text gives
    none, or a relative one in an article without date.
    """
    return dates_of(document, (attribution,), (None,))[0]


def dates_of(
    document: Document, attributions: Sequence[Attribution], speakers: Sequence[Names | None]
) -> tuple[str | None, ...]:
    """The date of each of an article's statements, in the order given.

    Beyond ``said_at`` it knows to which of a sentence's statements a date belongs, that a speaker who goes on speaks on
    the same day, and that the day which an article names more than once is the occasion on which those speak of whom it
    tells; ``speakers`` holds each statement's names (``None`` where nobody knows).
    """
    if not document.paragraphs:
        return (None,) * len(attributions)
    places = settings(document, attributions)

    def goes_on(number: int, value: str, paragraphs: int) -> bool:
        farthest = _FARTHEST if len(value) == _A_DAY else 0
        return paragraphs <= farthest and not places[number].is_reported and not places[number].is_background

    found = carried(places, attributions, speakers, _assigned(document, places), goes_on)
    day = _day_of_the_article(document)
    if day is None:
        return found
    leading = _words_of_the_lead(document)

    def is_on_that_day(number: int) -> bool:
        names = speakers[number]
        return (
            bool(names)
            and places[number].anchor.start >= day.span.start
            and not places[number].is_reported
            and not places[number].is_background
            and all(name.rpartition(" ")[2] in leading for name in names or ())
        )

    return tuple(day.value if value is None and is_on_that_day(number) else value for number, value in enumerate(found))
