"""What can be asked: the query of every address under ``/api``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from schemas.statement import Act, Kind
from streams.pipeline.selection import Filter

Text = Annotated[str, StringConstraints(max_length=200)]
CountryCode = Annotated[str, StringConstraints(to_upper=True, pattern=r"^[A-Za-z]{3}$")]


class Question(BaseModel):
    """Parameters from a URL: text that is read as what it stands for; unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StatementsQuestion(Question):
    """Which statements; conditions on several fields must all be met, of several values of one field any."""

    limit: Annotated[int, Field(ge=1, le=1000, description="At most so many.")] = 100
    before: Annotated[
        Annotated[str, StringConstraints(pattern=r"^\d{1,6}:\d{1,18}$")] | None,
        Field(description="Older ones than this: the `before` of the answer before."),
    ] = None
    country: Annotated[tuple[CountryCode, ...], Field(description="ISO 3166-1 alpha-3 of a speaker.")] = ()
    speaker: Annotated[tuple[Text, ...], Field(description="Part of a speaker's name or mention.")] = ()
    act: Annotated[tuple[Act, ...], Field(description="The kind of act.")] = ()
    kind: Annotated[tuple[Kind, ...], Field(description="How the words are quoted.")] = ()
    q: Annotated[Text, Field(description="Part of the content, of the source or of the article's title.")] = ""
    diplomatic: Annotated[bool, Field(description="Only those between states.")] = False

    @property
    def wanted(self) -> Filter:
        """The same as the stream's filter."""
        return Filter(self.country, self.speaker, self.act, self.kind, self.q, self.diplomatic)


class StreamQuestion(Question):
    """From where; the header ``Last-Event-ID``, as a browser sends it, goes before it."""

    last_event_id: Annotated[str | None, Field(description="The `position` of an answer, or the id of an event.")] = (
        None
    )


class PictureQuestion(Question):
    """Of which time, by which clock, and whether only between states."""

    window: Annotated[Literal["hour", "day", "all"], Field(description="The last hour, the last day, or all.")] = "day"
    by: Annotated[
        Literal["arrival", "published"], Field(description="The time that counts: when it came, or its publisher's.")
    ] = "arrival"
    diplomatic: Annotated[bool, Field(description="Only those between states.")] = False


class DeadLettersQuestion(Question):
    """Which dead letters, newest first."""

    reason: Annotated[Text | None, Field(description="Only those with this reason.")] = None
    limit: Annotated[int, Field(ge=1, le=1000, description="At most so many.")] = 50


class NoQuestion(Question):
    """No parameters."""
