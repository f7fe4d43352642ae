"""What all messages share: frozen, strict, and a schema version."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = "1"
"""Raised when a field is renamed, dropped or changes meaning; a new optional field leaves it as it is."""


class Emitted(BaseModel):
    """A value that this project publishes: nothing in it but what its schema names."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Message(Emitted):
    """A value that travels on a topic of its own."""

    TYPE: ClassVar[str]
    """The CloudEvents ``type`` of the message."""

    schema_version: str = SCHEMA_VERSION
