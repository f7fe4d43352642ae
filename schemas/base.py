"""What all messages share: frozen, strict, a schema version, and what an event's envelope says of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

SchemaVersion = Literal["1"]

SCHEMA_VERSION: SchemaVersion = "1"
"""Raised when a field is renamed, dropped or changes meaning; a new optional field leaves it as it is."""


def _written_out(moment: Any) -> Any:
    """Refuses what pydantic would read as seconds since 1970: numbers, and digits in quotation marks."""
    if isinstance(moment, datetime) or (
        isinstance(moment, str) and not moment.strip().lstrip("+-").replace(".", "").isdigit()
    ):
        return moment
    if isinstance(moment, date):
        return datetime(moment.year, moment.month, moment.day)
    raise ValueError("a time is written like 2004-12-17T10:00:00Z, or as a day like 2004-12-17")


# Not strict, because a strict time behind a validator refuses every text; the validator refuses what strictness would.
Moment = Annotated[datetime, Field(strict=False), BeforeValidator(_written_out)]
"""A time as RFC 3339 writes it, or a day; kept with the offset that it came with, or without one."""


class Emitted(BaseModel):
    """A value that this project publishes: nothing in it but what its schema names."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False, cache_strings="keys")


class Message(Emitted):
    """A value that travels on a topic of its own, in a CloudEvents envelope."""

    TYPE: ClassVar[str]
    """The CloudEvents ``type`` of the message."""
    MESSAGES_INSIDE: ClassVar[int] = 0
    """How many further messages it carries, each with a schema version of its own."""

    schema_version: SchemaVersion = SCHEMA_VERSION

    @property
    def event_id(self) -> str:
        """The CloudEvents ``id``: unique within ``event_source``, the same at every repetition."""
        raise NotImplementedError

    @property
    def event_source(self) -> str:
        """The CloudEvents ``source``: a URI reference that tells what the message came from."""
        raise NotImplementedError

    @property
    def event_time(self) -> datetime | None:
        """The CloudEvents ``time``: the article's own, null when it has none."""
        return None
