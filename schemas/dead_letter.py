"""What could not be done, why, and the original to do it again."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from schemas.base import Emitted, Message
from schemas.identity import dead_letter_id

Stage = Literal["sentences", "statements", "diplomacy"]


def _from_base64(value: Any) -> Any:
    """Text is base64 from the wire, bytes are themselves."""
    if isinstance(value, str):
        try:
            return b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValueError(f"not base64: {error}") from error
    return value


Original = Annotated[
    bytes,
    BeforeValidator(_from_base64),
    PlainSerializer(lambda value: b64encode(value).decode("ascii"), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "contentEncoding": "base64"}),
]
"""Bytes as they came, whatever they are; base64 on the wire."""


class Header(Emitted):
    """One Kafka header of the original message."""

    key: str
    value: Original | None


class DeadLetter(Message):
    """A message that a stage could not take, whole, with the reason.

    ``key``, ``value`` and header values are base64 on the wire, since what fails is often not text. They are left out
    (``omitted``) when the original is too large to be copied: it then still stands at its topic, partition and offset.
    """

    TYPE = "org.diplomatic-statements.dead-letter"

    id: str
    reason: str = Field(
        description="Kind of failure, a short word for counting: not_json, wrong_schema, empty_body ..."
    )
    stage: Stage
    error: str = Field(description="What is wrong and where, for a person to read.")
    topic: str
    partition: int = Field(ge=0)
    offset: int = Field(ge=0)
    key: Original | None
    headers: tuple[Header, ...]
    value: Original | None
    omitted: bool = Field(
        default=False,
        description="Whether key, headers and value were left out because they are too large to be copied.",
    )

    @classmethod
    def of(
        cls,
        *,
        reason: str,
        stage: Stage,
        error: str,
        topic: str,
        partition: int,
        offset: int,
        key: bytes | None,
        headers: Iterable[tuple[str, bytes | None]],
        value: bytes | None,
    ) -> Self:
        """The dead letter for the message at that place; its id is derived from the place and the stage."""
        return cls(
            id=dead_letter_id(topic, partition, offset, stage),
            reason=reason,
            stage=stage,
            error=error,
            topic=topic,
            partition=partition,
            offset=offset,
            key=key,
            headers=tuple(Header(key=name, value=content) for name, content in headers),
            value=value,
        )

    def abridged(self) -> Self:
        """The same without the original's bytes, for a letter that no topic would take."""
        return self.model_copy(update={"key": None, "headers": (), "value": None, "omitted": True})

    @property
    def event_id(self) -> str:
        return self.id

    @property
    def event_source(self) -> str:
        return f"/topics/{self.topic}"
