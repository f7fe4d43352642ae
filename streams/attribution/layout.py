"""Whose a quotation is by the layout of the page: a credit after it, or a line before it that leads to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from streams.attribution.document import Attribution, Document
from streams.attribution.span import Span

_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: (?:(?:al-)?[A-ZÀ-ÖØ-Þ][\w.'’-]*|al|bin|da|de|del|der|di|el|la|van|von)){0,4}"
_CREDIT = re.compile(rf"[\"”»'’]\s?\n?\s?(?:--|[-–—―])\s?(?P<name>{_NAME})(?<![.])(?=\s*(?:[,;(.\n]|\Z))")
_LONGEST_CREDIT = 80
_LEADS_ON = re.compile(
    r"(?P<source>[A-ZÀ-ÖØ-Þ](?:(?! (?:after|and|as|but|that|when|which|who) )[^!?:;\"“”]){1,60}?),? "
    r"(?P<cue>(?:ha[sd] |have )?(?:added|answered|asked|concluded|continued|declared|explained|replied|said|says|stated"
    r"|told|tweeted|warned|writes|wrote))\b[^,.!?:;\"“”]{0,60}[,:]"
)
_OPENING = "\"“«„'‘"


def by_layout(document: Document, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Quotations without source and cue with those that the layout gives them; nothing else keeps such a cue."""
    found = [
        each if each.cue or each.source else _credited(document.body, each) or _led_to(document, each) or each
        for each in attributions
    ]
    given = {after.cue for before, after in zip(attributions, found, strict=True) if after.cue != before.cue}
    return tuple(
        after for before, after in zip(attributions, found, strict=True) if not (before.cue and after.cue in given)
    )


def _credited(body: str, quotation: Attribution) -> Attribution | None:
    """With the name after a dash: ``"We will go." - Jane Ingram``."""
    last = quotation.content[-1]
    credit = _CREDIT.match(body, last.end - 1, last.end + _LONGEST_CREDIT)
    return replace(quotation, source=(Span(*credit.span("name")),)) if credit else None


def _led_to(document: Document, quotation: Attribution) -> Attribution | None:
    """With source and cue of the sentence that ends the paragraph before and leads on to the quotation."""
    first = quotation.content[0]
    number = bisect_left(document.paragraphs, first.start, key=lambda paragraph: paragraph[0].start)
    if not 0 < number < len(document.paragraphs) or document.paragraphs[number][0].start != first.start:
        return None
    leads = _LEADS_ON.fullmatch(document.body, *document.paragraphs[number - 1][-1])
    if not leads or document.body[first.start] not in _OPENING:
        return None
    return replace(quotation, source=(Span(*leads.span("source")),), cue=(Span(*leads.span("cue")),))
