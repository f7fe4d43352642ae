"""Which well-formed articles are read, and why the others are not."""

from __future__ import annotations

from dataclasses import dataclass

from schemas import Article
from streams.errors import Rejection
from streams.pipeline.language import is_english
from streams.pipeline.settings import Settings

_ENGLISH = frozenset({"en", "eng"})


@dataclass(frozen=True)
class Limits:
    """``max_body_characters`` counts code points; ``english_only`` tells whether other languages are refused."""

    max_body_characters: int
    english_only: bool

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Those that an installation has chosen."""
        return cls(settings.max_body_characters, settings.unsupported_language == "dead-letter")


def objection(article: Article, limits: Limits) -> Rejection | None:
    """Why ``article`` is not read, or None when it is."""
    body = article.body
    if len(body) > limits.max_body_characters:
        return Rejection("body_too_large", f"body: {len(body)} characters, the limit is {limits.max_body_characters}")
    if body.isspace():
        return Rejection("empty_body", "body: nothing but white space")
    if "\0" in body:
        return Rejection("null_bytes", f"body: a null character at {body.index(chr(0))}; this is no text")
    if limits.english_only:
        return _foreign(article)
    return None


def _foreign(article: Article) -> Rejection | None:
    """What the publisher says of the language counts; where nothing is said, the text does."""
    tag = (article.language or "").replace("_", "-").split("-")[0].lower()
    if tag and tag not in _ENGLISH:
        return Rejection("unsupported_language", f"language: {tag[:20]!r}; only English is read")
    if not tag and not is_english(article.body):
        return Rejection("unsupported_language", "body: does not read like English, and only English is read")
    return None
