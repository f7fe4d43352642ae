"""Bytes and headers of a message, and back: JSON values in CloudEvents 1.0 envelopes (Kafka binding, binary mode)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import orjson
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from schemas.base import SCHEMA_VERSION, Message
from schemas.printable import printable

Headers = list[tuple[str, bytes]]
"""Kafka headers, in order."""

RECORDED = "ce_recordedtime"
"""The header that says when the article came to the stream (CloudEvents' extension "recorded time"); it is handed on
from topic to topic, so that whoever has the last message knows how long it took."""

Malformed = Literal[
    "unreadable", "null_value", "not_utf8", "not_json", "unknown_schema_version", "wrong_schema", "empty_body"
]
"""The ways in which what Kafka delivers is not the message that it should be; ``unreadable``: not even unpacked."""

M = TypeVar("M", bound=Message)

_TYPES = "org.diplomatic-statements."
_VERSION = b'"schema_version"'
_SHOWN = 60
_FURTHER = 3


@dataclass(frozen=True)
class DecodeError:
    """Why a value is not the message that was expected.

    ``where`` is the field ("article.body"), or the line and column of the text, or empty; ``words`` says to a person
    what is wrong.
    """

    reason: Malformed
    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}: {self.words}" if self.where else self.words


def encode(message: Message) -> tuple[bytes, Headers]:
    """The JSON value of ``message`` and its CloudEvents headers.

    ``ce_time`` is the article's own time, so that the same article always gives the same bytes; it is left out where
    there is none.
    """
    headers: Headers = [
        ("ce_specversion", b"1.0"),
        ("ce_id", message.event_id.encode()),
        ("ce_source", message.event_source.encode()),
        ("ce_type", message.TYPE.encode()),
        ("content-type", b"application/json"),
    ]
    if (moment := message.event_time) is not None:
        # CloudEvents asks for RFC 3339, which has no time without an offset.
        aware = moment.isoformat() if moment.tzinfo else f"{moment.isoformat()}Z"
        headers.append(("ce_time", aware.encode()))
    return orjson.dumps(message.model_dump(mode="json")), headers


def decode(value: bytes | None, headers: Sequence[tuple[str, bytes | None]], model: type[M]) -> M | DecodeError:
    """The ``model`` that ``value`` holds, or what is wrong with it; no input raises.

    ``headers`` may be empty: messages from outside need no envelope. One that names another of this project's types
    is believed.
    """
    if value is None:
        return DecodeError("null_value", "", "the message has no value (a tombstone)")
    if (other := _other_type(headers, model)) is not None:
        return DecodeError("wrong_schema", "ce_type", f"the envelope says {_short(other)}, expected {model.TYPE}")
    try:
        fields = orjson.loads(value)
    except orjson.JSONDecodeError as error:
        return _not_json(value, error)
    if not isinstance(fields, dict):
        return DecodeError("wrong_schema", "", f"expected a JSON object, got {_shown(fields)}")
    version = fields.get("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        return DecodeError(
            "unknown_schema_version",
            "schema_version",
            f"version {_shown(version)} is not known here, only {SCHEMA_VERSION!r} is",
        )
    if value.count(_VERSION) > 1 + model.MESSAGES_INSIDE and (twice := _named_twice(value)):
        return DecodeError("wrong_schema", twice, "stands twice in one object")
    try:
        return model.model_validate_json(value)
    except ValidationError as error:
        return _wrong_schema(error)


def _other_type(headers: Sequence[tuple[str, bytes | None]], model: type[Message]) -> str | None:
    """This project's type that ``headers`` name, if it is another than the model's."""
    for name, content in headers:
        if name == "ce_type" and content is not None:
            said = content.decode("utf-8", "replace")
            return said if said.startswith(_TYPES) and said != model.TYPE else None
    return None


def _not_json(value: bytes, error: orjson.JSONDecodeError) -> DecodeError:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError as undecodable:
        return DecodeError(
            "not_utf8",
            f"byte {undecodable.start}",
            f"0x{value[undecodable.start]:02x} cannot stand there in UTF-8 ({undecodable.reason})",
        )
    if not value:
        return DecodeError("not_json", "", "the value is empty")
    words = f"half of a character without its other half ({error.msg})" if "surrogate" in error.msg else error.msg
    return DecodeError("not_json", f"line {error.lineno} column {error.colno}", words)


def _wrong_schema(error: ValidationError) -> DecodeError:
    details = [
        detail
        for detail in error.errors(include_url=False, include_context=False)
        if detail["type"] != "default_factory_not_called"
    ]
    first = details[0]
    if first["type"] == "json_invalid":
        return DecodeError("not_json", "", first["msg"])
    if first["type"] == "string_too_short" and first["loc"][-1:] == ("body",):
        return DecodeError("empty_body", _where(first), "the article has no text")
    more = (
        f" (and {len(details) - 1} more: {', '.join(map(_where, details[1 : 1 + _FURTHER]))})"
        if len(details) > 1
        else ""
    )
    got = "" if first["type"] == "missing" else f", got {_shown(first['input'])}"
    words = first["msg"].removeprefix("Value error, ")
    return DecodeError("wrong_schema", _where(first), f"{words}{got}{more}")


def _where(detail: ErrorDetails) -> str:
    return ".".join(_short(str(part)) for part in detail["loc"])


def _short(text: str) -> str:
    """``text`` on one short line, so that a stranger's field name or value cannot fill or rewrite a log."""
    return printable(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value)}"
    return _short(json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else repr(value[: _SHOWN + 1]))


class _NamedTwiceError(ValueError):
    pass


def _named_twice(value: bytes) -> str | None:
    """``schema_version`` when one object of the text names it twice: readers could differ on which one holds."""

    def once(pairs: list[tuple[str, Any]]) -> None:
        if sum(name == "schema_version" for name, _ in pairs) > 1:
            raise _NamedTwiceError

    try:
        json.loads(value, object_pairs_hook=once)
    except _NamedTwiceError:
        return "schema_version"
    except (ValueError, RecursionError):
        return None
    return None
