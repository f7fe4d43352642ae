"""What is counted of one article: who spoke about whom, and how."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from pydantic import Field

from schemas.base import Emitted, Message, Moment
from schemas.statement import Act, CountryCode, SpeakerKind, Statement


class Party(Emitted):
    """A speaker as it is counted."""

    name: str | None
    kind: SpeakerKind
    country: CountryCode | None


class Spoken(Emitted):
    """A statement as it is counted."""

    statement_id: str
    act: Act
    speakers: tuple[Party, ...]
    targets: tuple[CountryCode, ...] = Field(description="The states among its targets, or to which these belong.")
    diplomatic: bool
    negated: bool = Field(description="Told not to have been made: known, and not counted.")


class Digest(Message):
    """All that is counted of an article, in one message under the article's id.

    So the topic can be compacted to the last one of each article, and an article that is delivered or sent again
    replaces what was counted of it instead of being counted twice.
    """

    TYPE = "org.diplomatic-statements.digest"

    article_id: str
    published_at: Moment | None
    arrived_at: Moment | None = Field(description="When the article was written to its topic.")
    partition: int = Field(ge=0, description="Where the article stands on the topic of sentences.")
    offset: int = Field(ge=0)
    statements: tuple[Spoken, ...]

    @property
    def event_id(self) -> str:
        return self.article_id

    @property
    def event_source(self) -> str:
        return f"/articles/{quote(self.article_id, safe='')}"

    @property
    def event_time(self) -> datetime | None:
        return self.published_at


def spoken(statement: Statement) -> Spoken:
    """What is counted of ``statement``."""
    return Spoken(
        statement_id=statement.statement_id,
        act=statement.act,
        speakers=tuple(
            Party(name=speaker.name, kind=speaker.kind, country=speaker.country) for speaker in statement.speakers
        ),
        targets=tuple(dict.fromkeys(target.country for target in statement.targets if target.country)),
        diplomatic=statement.diplomatic,
        negated=statement.negated,
    )
