"""One article with its sentences."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self
from urllib.parse import quote

from pydantic import Field, model_validator

from schemas.article import Article
from schemas.base import Emitted, Message

Offsets = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]


class EmittedArticle(Article, extra="forbid"):
    """An article as this project passes it on."""

    @classmethod
    def of(cls, article: Article) -> EmittedArticle:
        """The same article, which was checked when it came in and is not checked again."""
        return cls.model_construct(**{name: getattr(article, name) for name in Article.model_fields})


class Paragraph(Emitted):
    """A paragraph's sentences as ``[start, end)`` into the body."""

    sentences: Annotated[tuple[Offsets, ...], Field(min_length=1)]


class SentenceBatch(Message):
    """An article and the spans of its sentences by paragraph; lines that are no part of its text are left out.

    It carries the article itself, so that the next stage needs no join and any worker can take it.
    """

    TYPE = "org.diplomatic-statements.sentences"
    MESSAGES_INSIDE = 1

    article: EmittedArticle
    paragraphs: tuple[Paragraph, ...]

    @model_validator(mode="after")
    def _spans_lie_in_the_body_in_order(self) -> Self:
        before = 0
        for paragraph in self.paragraphs:
            for start, end in paragraph.sentences:
                if not before <= start < end <= len(self.article.body):
                    raise ValueError(f"sentence [{start}, {end}) is out of order or out of the body")
                before = end
        return self

    @property
    def event_id(self) -> str:
        return self.article.id

    @property
    def event_source(self) -> str:
        return f"/articles/{quote(self.article.id, safe='')}"

    @property
    def event_time(self) -> datetime | None:
        return self.article.published_at
