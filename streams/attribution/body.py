"""The body's running text: its paragraphs without page furniture, bylines and datelines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from streams.attribution.span import Span

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_LONGEST_FURNITURE = 200
_TYPEWRITER_WIDTH = 100

_BYLINE = re.compile(
    r"^(?:by|reported by|written by|posted by|story by|text by)\s+(?:[A-Z][\w.'’-]*|and|,|&|of|de|von|van|al|bin|the|in|for|staff|\s)+\s*"
    r"(?:\|.*|,\s*(?:[A-Z][\w.]*\s*){1,4})?$",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^\(?(?:(?:additional\s+)?(?:reporting|writing|editing|translation)\s+by\b"
    r"|(?:photo|photograph|image|picture|video|graphic|file photo|credit|source|sources|image credit|photo credit)s?\s*(?:by|:|courtesy)"
    r"|(?:©|\(c\)|copyright)\s)",
    re.IGNORECASE,
)
_NO_WORD = re.compile(r"^[\W_]*$")

_PLACE = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’\-]+(?:[ /][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’\-]+)*"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATELINE = re.compile(
    rf"^{_PLACE}(?:,\s*[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)?(?:,?\s*{_MONTH}\s*\d{{1,2}}(?:,\s*\d{{4}})?)?"
    rf"\s*(?:[(\[][A-Za-z][\w .,/&’'-]{{0,40}}[)\]])?\s*(?:--|—|–|-|:)\s+"
)
_AGENCY_LINE = re.compile(
    rf"^[A-Z][\w.'’ ]{{1,30}}(?:,\s*[A-Z][\w.'’ ]{{1,30}})?(?:,?\s*{_MONTH}\s*\d{{1,2}}(?:,\s*\d{{4}})?)?"
    rf"\s*\((?:AP|AFP|Reuters|REUTERS|UPI|Xinhua|dpa|DPA|Kyodo|Yonhap|IPS|VOA|BNS|CNN|TASS|Interfax|IRNA|ANI|PTI)\)\s*(?:--|—|–|-|:)?\s*"
)


@cache
def _furniture() -> frozenset[str]:
    text = files("streams.attribution").joinpath("data/furniture.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def is_boilerplate(line: str) -> bool:
    """Whether ``line`` is page furniture, a byline, a credit or no text at all, rather than part of the article."""
    plain = line.strip()
    if len(plain) > _LONGEST_FURNITURE:
        return False
    if _NO_WORD.match(plain):
        return True
    words = plain.casefold().strip(" .:»«>|-–—*•…").rstrip("!")
    return words in _furniture() or bool(_CREDIT.match(plain) or (len(plain) < 100 and _BYLINE.match(plain)))


def dateline(line: str) -> str:
    """The dateline at the head of ``line`` ("SEOUL, Dec 17 (Reuters) - "), empty when there is none."""
    head = line[:120]
    found = _DATELINE.match(head) or _AGENCY_LINE.match(head)
    return found.group() if found else ""


def _is_hard_wrapped(body: str) -> bool:
    """Whether single line breaks are only the ends of typewriter lines, so that blank lines separate paragraphs."""
    if not _BLANK_LINE.search(body):
        return False
    lines = [line for line in body.splitlines() if line.strip()]
    if max(map(len, lines), default=0) > _TYPEWRITER_WIDTH:
        return False
    broken = sum(1 for line, after in zip(body.splitlines(), body.splitlines()[1:], strict=False) if line.strip() and after.strip())
    return broken > len(lines) / 2


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
    for block in _blocks(body):
        span = block.trimmed(body)
        if span.start == span.end or is_boilerplate(span.of(body)):
            continue
        head = len(dateline(span.of(body)))
        text = Span(span.start + head, span.end)
        if text.of(body).strip():
            yield text
