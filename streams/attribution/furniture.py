"""What stands around an article on its page: labels of the site, bylines, credits, dates, lists of links."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_LONGEST = 200
_DECORATION = " .:=»«>|-–—*•…[]#!"

_BULLET = re.compile(r"[-–—*•»>]\s")
_NO_WORD = re.compile(r"[\W_]*\Z")
_WORD = re.compile(r"[\w'’]+")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\Z")

_BYLINE = re.compile(
    r"(?:(?:(?:reported|written|posted|compiled|story|text|words)\s+)?by|byline:|contributing:|contributors?:)\s+", re.I
)
_CREDIT = re.compile(
    r"(?:(?:additional|contributed)\s+)?(?:reporting|writing|editing|translation|photography)"
    r"(?:\s+and\s+(?:writing|editing))?\s+by\s+",
    re.I,
)
_NAME_WORD = re.compile(
    r"(?:a|an|and|at|by|for|from|in|of|on|our|the|to|with|al|bin|da|de|del|der|di|el|van|von|additional|agency|agencies"
    r"|bureaus?|bureaux|chief|contributed|diplomatic|editing|editor|foreign|news|newsroom|photography|political|reporting"
    r"|special|translation|writing)\Z"
)
_STAFF = re.compile(r"(?:correspondents?|reporters?|staff|writers?)\Z", re.I)
_PICTURE = re.compile(
    r"\(?(?:(?:file|cover)\s+)?(?:photo|photograph|image|picture|video|graphic|map|credit|source)s?"
    r"(?:\s+(?:credit|caption))?(?:\s*:|\s+(?:by|courtesy(?:\s+of)?)(?=\s+(?-i:[A-Z])))",
    re.I,
)
_BRACKETED = re.compile(r"\[(?:map|photo|image|picture|video|audio|graphic|chart)\b[^\]]*\]\Z", re.I)
_COPYRIGHT = re.compile(r"(?:©|(?:\(c\)|copyright)\s+(?:©|\(c\)|copyright\b|by\b|\d{4}\b))", re.I)
_OWNER = re.compile(r"\(c\)\s+(?P<owner>.+)", re.I | re.S)
_LINK = re.compile(
    r"(?:related(?:\s+\w+)?|see\s+also|(?:also\s+)?read(?:\s+(?:more|also|next))?|watch(?:\s+live)?|listen)\s*[:|]\s",
    re.I,
)
_FOLLOW = re.compile(r"follow\s(?=.*(?:@\w|\bon\s+(?:twitter|facebook|instagram)\b))", re.I | re.S)
_FROM_OURS = re.compile(r"from\s+(?:our|a|the)\s+(?:\w+\s+){0,2}(?:correspondents?|reporters?|staff|bureau)\b", re.I)

_DATE_WORD = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thur?s?|fri|sat|sun"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|a|p|m|am|pm|et|[ecmp][sd]t|gmt|utc|bst|ces?t|local|time"
    r"|(?:last|first)|(?:publish|updat|post|modifi)ed|ago|hours|minutes|\d{1,4}(?:st|nd|rd|th)?|\d{1,2}[ap]m)\Z",
    re.I,
)

_LIST_HEADINGS = frozenset(
    (
        "external links", "further reading", "more on this story", "references", "related", "related articles",
        "related content", "related coverage", "related links", "related news", "related stories", "see also",
        "sister links", "sources",
    )
)  # fmt: skip


@cache
def _labels() -> frozenset[str]:
    text = files("streams.attribution").joinpath("data/furniture.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def _label(plain: str) -> str:
    return plain.casefold().strip(_DECORATION)


def _are_names(text: str) -> bool:
    """Whether ``text`` holds only names, dates and the words between them, as a byline does and a sentence hardly."""
    words = _WORD.findall(text)
    named = sum(word[:1].isupper() for word in words)
    if not words or re.search(r"[!?“”\"]", text) or (named < 2 and text.endswith(".")):
        return False
    staff = any(_STAFF.match(word) for word in words)
    return (named > 0 or staff) and all(
        word[:1].isupper() or _NAME_WORD.match(word) or _STAFF.match(word) or _DATE_WORD.match(word) for word in words
    )


def _is_byline(plain: str) -> bool:
    found = _BYLINE.match(plain)
    return bool(found and len(plain) < 120 and _are_names(plain[found.end() :])) or bool(
        _FROM_OURS.match(plain) and len(plain) < 80 and not _SENTENCE_END.search(plain)
    )


def _is_credit(plain: str) -> bool:
    bare = plain.strip("()[] ")
    if credit := _CREDIT.match(bare):
        return _are_names(bare[credit.end() :])
    if picture := _PICTURE.match(plain):
        # "Sources: Tehran will yield" tells news, "Sources: Reuters, AFP" gives credit
        return not plain.casefold().startswith("source") or _are_names(plain[picture.end() :].rstrip("."))
    owner = _OWNER.match(plain)
    return bool(_COPYRIGHT.match(plain) or (owner and _are_names(owner["owner"])))


def _is_date(plain: str) -> bool:
    words = _WORD.findall(plain)
    return bool(words) and all(_DATE_WORD.match(word) for word in words)


def is_boilerplate(line: str) -> bool:
    """Whether ``line`` is page furniture rather than part of the article.

    That is a label of the site, a byline, a credit, a date alone, a link to another article or no text at all.
    """
    plain = line.strip()
    if len(plain) > _LONGEST:
        return bool(_CREDIT.match(plain.strip("()[] ")) and _is_credit(plain))
    if _NO_WORD.match(plain) or _label(plain) in _labels():
        return True
    if _LINK.match(plain) or _FOLLOW.match(plain) or _BRACKETED.match(plain):
        return True
    return _is_byline(plain) or _is_credit(plain) or _is_date(plain)


def begins_list(line: str) -> bool:
    """Whether ``line`` is the heading of a list of sources or links ("Related news")."""
    return len(line) < 60 and _label(line) in _LIST_HEADINGS


def is_list_entry(line: str) -> bool:
    """Whether ``line``, met after such a heading, is an entry of the list rather than a sentence of the article."""
    plain = line.strip()
    return bool(_BULLET.match(plain) or not _SENTENCE_END.search(plain))
