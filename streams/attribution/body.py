"""The body's running text: its paragraphs without page furniture and datelines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from streams.attribution.furniture import begins_list, is_boilerplate, is_list_entry
from streams.attribution.span import Span

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_TYPEWRITER_WIDTH = 100
_LONGEST_DATELINE = 120

_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’\-]+"
_CITY = rf"{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}}"
_TOWN = r"[A-ZÀ-ÖØ-Þ][\w.'’-]+(?:[ /][A-ZÀ-ÖØ-Þ][\w.'’-]+){0,3}"
_REGION = r"(?:,\s*[A-ZÀ-ÖØ-Þ][\w.]*(?:\s[A-ZÀ-ÖØ-Þ][\w.]*){0,2})"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s*)?"
_DATE = rf"{_DAY}(?:{_MONTH}\s*\d{{1,2}}|\d{{1,2}}\s*{_MONTH})(?:,?\s*\d{{4}})?"
_AGENCY = (
    r"[(\[](?:AP|AFP|Reuters|REUTERS|UPI|Xinhua|dpa|DPA|Kyodo|Yonhap|IPS|VOA|BNS|CNN|TASS|ITAR-TASS|RIA Novosti"
    r"|Interfax|IRNA|ISNA|KCNA|ANSA|EFE|ANI|PTI|IRIN|RFE/RL)[)\]]"
)
_SOME_AGENCY = r"[(\[][A-Za-z][\w .,/&’'-]{0,40}[)\]]"
_DASH = r"(?:\s*(?:--|—|–)\s*|\s+[-_]\s+|(?<=\))\s*-\s+)"
_TEXT = r"(?=[\"“”‘'«(\[]*[A-ZÀ-ÖØ-Þ\d])"
_DATELINES = tuple(
    re.compile(pattern + _TEXT)
    for pattern in (
        rf"(?=[^(,–—-]*[A-ZÀ-ÖØ-Þ]{{3}}){_CITY}{_REGION}?(?:,?\s*{_DATE})?(?:\s*{_SOME_AGENCY})?{_DASH}",
        rf"{_CITY}(?:{_REGION}?,?\s*{_DATE}(?:\s*{_SOME_AGENCY})?|{_REGION}?\s*{_SOME_AGENCY}|{_REGION}):\s+",
        rf"{_TOWN}{_REGION}?(?:,?\s*{_DATE}(?:\s*{_AGENCY})?|\s*{_AGENCY})(?:{_DASH}|:\s+)",
        rf"{_TOWN}{_REGION}?,?\s*{_DATE}\s*{_AGENCY}\s+",
        rf"{_DATE}\s*{_AGENCY}(?:{_DASH}|:\s+)",
        rf"{_AGENCY}(?:{_DASH}|:\s+)",
    )
)
_LABEL = re.compile(rf"^{_CITY}:[^\S\n]+{_TEXT}", re.MULTILINE)
_LEAST_LEAD = 120
_LEAD_PARAGRAPHS = 3
_NO_PLACE = re.compile(
    r"(?:ANALYSIS|ASEAN|BREAKING|COMMENT|CORRECTION|EXCLUSIVE|FACTBOX|IAEA|INTERVIEW|NATO|OPEC|OPINION|OSCE|PHOTOS|UNESCO"
    r"|UNICEF|UPDATE|VIDEO|WATCH)[\s—–-]+\Z"
)


def dateline(line: str) -> str:
    """The dateline at the head of ``line`` ("SEOUL, Dec 17 (Reuters) - "), empty when there is none.

    A place in capitals and a dash are enough; a place in small letters needs a date or a known agency, a colon needs
    one of them or a region, since "TEHRAN: " may as well be a speaker's label.
    """
    head = line[:_LONGEST_DATELINE]
    if head[:1] not in "([" and not (head[:1].isupper() or head[:1].isdigit()):
        return ""
    for pattern in _DATELINES:
        if found := pattern.match(head):
            return "" if _NO_PLACE.match(found.group()) else found.group()
    return ""


def _labelled_place(body: str) -> int:
    """Where a place with a bare colon may stand as dateline ("ISLAMABAD: The ..."); -1 when nowhere.

    Only where one line of the article begins so: in a transcript each speaker's does.
    """
    labels = [found.start() for found in _LABEL.finditer(body)]
    return labels[0] if len(labels) == 1 else -1


def _is_hard_wrapped(body: str) -> bool:
    """Whether single line breaks are only the ends of typewriter lines, so that blank lines separate paragraphs."""
    if not _BLANK_LINE.search(body):
        return False
    lines = [line.strip() for line in body.splitlines()]
    if max(map(len, lines)) > _TYPEWRITER_WIDTH:
        return False
    broken = sum(1 for line, after in pairwise(lines) if line and after)
    return broken > sum(map(bool, lines)) / 2


def _blocks(body: str) -> Iterator[Span]:
    if not _is_hard_wrapped(body):
        for line in _LINE.finditer(body):
            yield Span(*line.span())
        return
    start = 0
    for gap in _BLANK_LINE.finditer(body):
        yield Span(start, gap.start())
        start = gap.end()
    yield Span(start, len(body))


def paragraphs(body: str) -> Iterator[Span]:
    """Each paragraph's running text, in order, without what stands around the article and without datelines.

    A paragraph is a line; in typewritten text (short lines, most followed by another, blank lines between) it is what
    stands between blank lines.
    """
    labelled = _labelled_place(body)
    in_list = False
    number = 0
    for block in _blocks(body):
        span = block.trimmed(body)
        if span.start == span.end:
            continue
        line = span.of(body)
        in_list = begins_list(line) or (in_list and is_list_entry(line))
        if in_list or is_boilerplate(line):
            continue
        head = len(dateline(line))
        if not head and span.start == labelled and number < _LEAD_PARAGRAPHS and len(line) >= _LEAST_LEAD:
            head = line.index(":") + 1
        number += 1
        text = Span(span.start + head, span.end).trimmed(body)
        if text.start < text.end:
            yield text
