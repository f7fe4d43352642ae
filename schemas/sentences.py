"""One article with its sentences."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from schemas.article import Article
from schemas.base import Emitted, Message

Offsets = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]


class EmittedArticle(Article, extra="forbid"):
    """An article as this project passes it on."""


class Paragraph(Emitted):
    """A paragraph's sentences as ``[start, end)`` into the body."""

    sentences: Annotated[tuple[Offsets, ...], Field(min_length=1)]


class SentenceBatch(Message):
    """An article and the spans of its sentences by paragraph; lines that are no part of its text are left out.

    It carries the article itself, so that the next stage needs no join and any worker can take it.
    """

    TYPE = "org.diplomatic-statements.sentences"

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
