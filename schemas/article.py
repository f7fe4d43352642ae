"""An article as its publisher sent it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import ConfigDict, Field, model_validator

from schemas.base import Message
from schemas.identity import article_id


class Article(Message):
    """A news article. Comes from outside, so fields that it does not know are ignored.

    ``id`` may be absent: it is then derived from the url, or else from publisher, title, time and body, and so is the same on every
    delivery of the same article. ``body`` is kept exactly as it came; every span counts its code points.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")
    TYPE = "org.diplomatic-statements.article"

    id: str = Field(min_length=1, max_length=200)
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    body: str = Field(min_length=1)
    language: str | None = Field(default=None, description="BCP 47 tag, as the publisher gives it.")
    published_at: datetime | None = None

    @model_validator(mode="before")
    @classmethod
    def _with_id(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("id") is None and isinstance(data.get("body"), str):
            parts = [data.get(name) for name in ("publisher", "title", "published_at")]
            return {**data, "id": article_id(data.get("url"), [str(p) for p in parts if p is not None], data["body"])}
        return data

    @property
    def date(self) -> date | None:
        """The day of publication, against which "on Friday" is read."""
        return self.published_at.date() if self.published_at else None
