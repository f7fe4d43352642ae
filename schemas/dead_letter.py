"""What could not be done, why, and the original to do it again."""

from __future__ import annotations

from typing import Literal

from pydantic import Base64Bytes, Field

from schemas.base import Emitted, Message

Stage = Literal["sentences", "statements", "diplomacy"]


class Header(Emitted):
    """One Kafka header of the original message."""

    key: str
    value: Base64Bytes | None


class DeadLetter(Message):
    """A message that a stage could not take, whole, with the reason.

    ``key``, ``value`` and header values are base64 on the wire, since what fails is often not text. A tombstone's value is null.
    """

    TYPE = "org.diplomatic-statements.dead-letter"

    id: str
    reason: str = Field(description="Kind of failure, a short word for counting: not_json, wrong_schema, empty_body ...")
    stage: Stage
    error: str = Field(description="What is wrong and where, for a person to read.")
    topic: str
    partition: int = Field(ge=0)
    offset: int = Field(ge=0)
    key: Base64Bytes | None
    headers: tuple[Header, ...]
    value: Base64Bytes | None
