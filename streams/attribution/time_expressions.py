"""Dates as news writes them ("on Friday", "last month", "Dec. 12"), counted from the article's own date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from streams.attribution.span import Span

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.|Apr\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)(?![a-z])"
)
_DAY = r"(?P<{}>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:%])"
_YEAR = r"(?P<{}>(?:1[89]|20)\d\d)(?!\d)"
EXPRESSION = re.compile(
    rf"\b(?:"
    rf"(?P<month1>{_MONTH})\s+{_DAY.format('day1')}(?:,?\s+{_YEAR.format('year1')})?"
    rf"|{_DAY.format('day2')}\s+(?:of\s+)?(?P<month2>{_MONTH})(?:,?\s+{_YEAR.format('year2')})?"
    rf"|(?P<last>last\s+)?(?P<month3>{_MONTH})(?:,?\s+(?:of\s+)?{_YEAR.format('year3')})?"
    rf"|(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)"
    rf"|(?P<before>last\s+)?(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?!\s+School)"
    rf"|(?P<today>[Tt]oday|[Tt]onight|[Tt]his\s+(?:morning|afternoon|evening))"
    rf"|(?P<yesterday>[Yy]esterday|[Ll]ast\s+(?:night|evening))"
    rf"|(?P<which>[Ll]ast|[Tt]his|[Ee]arlier\s+this|[Ll]ater\s+this|[Tt]he\s+previous)\s+(?P<unit>month|year)"
    rf"|[Ll]ast\s+(?P<season>spring|summer|autumn|fall|winter)"
    rf"|(?P<count>(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)|\d\d?)\s+"
    rf"(?P<ago>days?|weeks?|months?|years?|decades?)\s+(?:ago|earlier)"
    rf"|(?P<later>(?i:a|one|two|three|four|five|six|ten)|\d)\s+days?\s+(?P<after>after)\b"
    rf"|(?<=[Oo]n\sthe\s)(?P<day3>[0-3]?\d)(?:st|nd|rd|th)\b"
    rf"|(?<=[Ii]n\s){_YEAR.format('year4')}"
    rf")"
)
"""A date in any of its forms; ``may_hold_a_date`` must know a sign of each."""
_BEFORE_MONTH = re.compile(r"\b(?:in|last|this|early|late|mid|an?|the|of|since|until|by|from)[\s-]$", re.IGNORECASE)
"""What stands before a month without day and year: "May" alone is oftener a verb than a month."""


_A_DAY = len("YYYY-MM-DD")
_DIGIT = re.compile(r"\d")
_SIGNS = (
    "day", "night", "morning", "noon", "evening", "month", "year", "ago", "earlier", "spring", "summer", "autumn",
    "fall", "winter", *(name[:3].title() for name in MONTHS),
)  # fmt: skip
"""Letters or a digit of which some are in every date."""


class TimeExpression(NamedTuple):
    """Where a date stands in the body and what it is: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""

    span: Span
    value: str


def _month(text: str) -> int:
    beginning = text.casefold()[:3]
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(beginning))


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _year_before(today: date, month: int, day: int = 1) -> int:
    """The year of the latest such month and day that is not after ``today``."""
    return today.year if (month, day) <= (today.month, today.day) else today.year - 1


def _months_back(today: date, months: int) -> str:
    number = today.year * 12 + today.month - 1 - months
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _of_weekday(name: str, today: date, before: bool) -> str:
    back = (today.weekday() - WEEKDAYS.index(name.casefold())) % 7
    return (today - timedelta(days=back or (7 if before else 0))).isoformat()


def _of_ago(count: str, unit: str, today: date) -> str | None:
    number = _NUMBERS.get(count.casefold()) or int(count)
    match unit.rstrip("s"):
        case "day":
            return (today - timedelta(days=number)).isoformat()
        case "month":
            return _months_back(today, number)
        case "year":
            return f"{today.year - number:04d}"
        case _:
            return None  # a week or a decade is no date that a year, a month or a day could hold


def _of_month(found: dict[str, str | None], today: date | None) -> str | None:
    month = _month(found["month1"] or found["month2"] or found["month3"] or "")
    day = found["day1"] or found["day2"]
    year = found["year1"] or found["year2"] or found["year3"]
    if day:
        if not year and not today:
            return None
        number = int(day)
        return _day(int(year) if year else _year_before(today or date.min, month, number), month, number)
    if year:
        return f"{int(year):04d}-{month:02d}"
    if not today:
        return None
    earlier = today.year - 1 if found["last"] and month == today.month else _year_before(today, month)
    return f"{earlier:04d}-{month:02d}"


def _of_relative(found: dict[str, str | None], today: date) -> str | None:
    if found["weekday"]:
        return _of_weekday(found["weekday"], today, bool(found["before"]))
    if found["today"]:
        return today.isoformat()
    if found["yesterday"]:
        return (today - timedelta(days=1)).isoformat()
    if found["unit"]:
        back = int((found["which"] or "").casefold() in ("last", "the previous"))
        return _months_back(today, back) if found["unit"] == "month" else f"{today.year - back:04d}"
    if found["season"]:
        past = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 1}[found["season"]]
        return f"{_year_before(today, past):04d}"
    if found["after"]:
        return _of_ago(found["later"] or "", "day", today)
    if found["ago"]:
        return _of_ago(found["count"] or "", found["ago"], today)
    number = int(found["day3"] or 0)
    month = today if number <= today.day else today.replace(day=1) - timedelta(days=1)
    return _day(month.year, month.month, number)


def _value(found: dict[str, str | None], today: date | None) -> str | None:
    if found["iso"]:
        return _day(*(int(part) for part in found["iso"].split("-")))
    if found["year4"]:
        return found["year4"]
    if found["month1"] or found["month2"] or found["month3"]:
        return _of_month(found, today)
    return _of_relative(found, today) if today else None


def _on_the_calendar(found: dict[str, str | None], today: date | None) -> str | None:
    """The date, unless it lies before the year 1 ("3000 years ago") or is written in other digits than ours."""
    try:
        value = _value(found, today)
    except OverflowError:
        return None
    return value if value and value.isascii() and value[:4].isdigit() and value[:4] != "0000" else None


def may_hold_a_date(text: str) -> bool:
    """Whether there is any sign of a date in ``text``; most stretches of an article have none."""
    return bool(_DIGIT.search(text)) or any(sign in text for sign in _SIGNS)


def time_expressions(body: str, within: Span, today: date | None) -> Iterator[TimeExpression]:
    """The dates in ``within``, in order.

    A relative date is the latest that is not after ``today``, the article's own date; without that date only full ones
    are found. Weeks, weekends and times to come give nothing. "A day after" is counted from the last day named before.
    """
    if not may_hold_a_date(within.of(body)):
        return
    latest = today
    for match in EXPRESSION.finditer(body, within.start, within.end):
        before = body[max(within.start, match.start() - 6) : match.start()]
        found = match.groupdict()
        bare = found["month3"] and not (found["year3"] or found["last"])
        if before.endswith("next ") or (bare and not _BEFORE_MONTH.search(before)):
            continue
        if (value := _on_the_calendar(found, latest if found["after"] else today)) is not None:
            yield TimeExpression(Span(*match.span()), value)
            latest = date.fromisoformat(value) if len(value) == _A_DAY and not found["after"] else latest
