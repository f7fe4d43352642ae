"""A statement: who said what, to whom, doing what, and where in the article it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self
from urllib.parse import quote

from pydantic import Field, model_validator

from schemas.base import Emitted, Message, Moment

Kind = Literal["direct", "mixed", "indirect"]
SpeakerKind = Literal["person", "group", "country", "organisation", "unknown"]
Resolution = Literal["explicit", "pronoun", "short_name", "role", "metonym", "epithet", "collective", "unresolved"]
Act = Literal[
    "assert", "deny", "decline_comment", "appeal", "demand", "pledge", "consult",
    "support", "concede", "disapprove", "accuse", "reject", "threaten",
]  # fmt: skip
Plover = Literal["REQUEST", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "ACCUSE", "REJECT", "THREATEN"]

PLOVER_AND_CAMEO: dict[Act, tuple[Plover | None, str]] = {
    "assert": (None, "01"),
    "deny": (None, "016"),
    "decline_comment": (None, "011"),
    "appeal": ("REQUEST", "02"),
    "demand": ("REQUEST", "10"),
    "pledge": ("AGREE", "03"),
    "consult": ("CONSULT", "04"),
    "support": ("SUPPORT", "05"),
    "concede": ("CONCEDE", "08"),
    "disapprove": ("ACCUSE", "11"),
    "accuse": ("ACCUSE", "112"),
    "reject": ("REJECT", "12"),
    "threaten": ("THREATEN", "13"),
}
"""Each act's event class in PLOVER (2.0 draft; null where it has none) and its root or code in CAMEO."""

CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
"""ISO 3166-1 alpha-3."""


class TextSpan(Emitted):
    """A stretch of the body as published: half-open, in Unicode code points; ``text`` is what stands there."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str

    @model_validator(mode="after")
    def _covers_its_text(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(f"span [{self.start}, {self.end}) does not have the length of its text")
        return self


class Speaker(Emitted):
    """Who made a statement, and how the name was reached."""

    mention: str | None = Field(description="The source as written; null when the statement has none.")
    name: str | None = Field(description="The fullest name known; null when it cannot be told.")
    kind: SpeakerKind
    role: str | None = Field(description="Office or title in plain words.")
    country: CountryCode | None = Field(description="The state for which the speaker speaks or to which it belongs.")
    organisation: str | None = Field(description="The body for which a person or group speaks.")
    resolution: Resolution


class Target(Emitted):
    """Whom a statement is addressed to or is about."""

    name: str | None
    kind: SpeakerKind
    country: CountryCode | None


class Statement(Message):
    """One statement of one article.

    Source, cue and content are lists because each can be split; they are in the order of the text. ``article_id`` and
    ``statement_id`` are deterministic, so the same article always gives the same ids.
    """

    TYPE = "org.diplomatic-statements.statement"

    statement_id: str
    article_id: str
    article_url: str | None
    article_title: str | None
    publisher: str | None
    published_at: Moment | None
    kind: Kind
    source: tuple[TextSpan, ...]
    cue: tuple[TextSpan, ...]
    content: Annotated[tuple[TextSpan, ...], Field(min_length=1)]
    speakers: tuple[Speaker, ...]
    act: Act
    plover: Plover | None
    cameo: str
    targets: tuple[Target, ...]
    medium: str | None
    said_at: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] | None = Field(
        description="Date of the statement as precise as the text gives it: YYYY, YYYY-MM or YYYY-MM-DD."
    )
    negated: bool
    reported_by: str | None = Field(description="Id of the statement in whose content this one stands.")
    diplomatic: bool
    confidence: float = Field(ge=0, le=1)

    @model_validator(mode="after")
    def _classes_are_those_of_its_act(self) -> Self:
        if (self.plover, self.cameo) != PLOVER_AND_CAMEO[self.act]:
            raise ValueError(f"plover {self.plover!r} and cameo {self.cameo!r} are not those of {self.act!r}")
        return self

    @property
    def event_id(self) -> str:
        return self.statement_id

    @property
    def event_source(self) -> str:
        return f"/articles/{quote(self.article_id, safe='')}"

    @property
    def event_time(self) -> datetime | None:
        return self.published_at

    @property
    def speaker_key(self) -> str | None:
        """Whose statement it is: the country of the first speaker that has one, else the first name, else null."""
        countries = (speaker.country for speaker in self.speakers if speaker.country)
        names = (speaker.name for speaker in self.speakers if speaker.name)
        return next(countries, None) or next(names, None)
