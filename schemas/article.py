"""An article as its publisher sent it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from schemas.base import Message, Moment
from schemas.identity import article_id

MAX_ID = 200
"""Code points that an article's id may have: it is a key on three topics."""


def _derived_id(fields: dict[str, Any]) -> str:
    moment = fields["published_at"]
    identity = [fields["publisher"], fields["title"], moment.isoformat() if moment else None]
    return article_id(fields["url"], [part for part in identity if part is not None], fields["body"])


class Article(Message):
    """A news article. Comes from outside, so fields that it does not know are ignored.

    ``id`` may be absent: it is then derived from the url and the body, or else from publisher, title, time and body,
    and so is the same on every delivery of the same article. ``body`` is kept exactly as it came; every span counts
    its code points.
    """

    model_config = ConfigDict(extra="ignore")
    TYPE = "org.diplomatic-statements.article"

    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    body: str = Field(min_length=1)
    language: str | None = Field(default=None, description="BCP 47 tag, as the publisher gives it.")
    published_at: Moment | None = None
    # Last, because it is derived from the fields before it.
    id: Annotated[str, Field(min_length=1, max_length=MAX_ID)] = Field(
        default_factory=_derived_id, description="Derived from the rest of the article when it is absent."
    )

    @property
    def date(self) -> date | None:
        """The day of publication, against which "on Friday" is read."""
        return self.published_at.date() if self.published_at else None

    @property
    def event_id(self) -> str:
        return self.id

    @property
    def event_source(self) -> str:
        return "/articles"

    @property
    def event_time(self) -> datetime | None:
        return self.published_at
