"""What strangers may write to the articles' topic, what is wrong with it, and what its dead letter must say."""

from __future__ import annotations

from dataclasses import dataclass

from tests.kafka.null_extractor import HANGS, RAISES

LARGEST_BODY = 20_000
"""Code points that the limit allows wherever this table is used."""


@dataclass(frozen=True)
class Bad:
    """A message, the reason that its dead letter counts by, a part of its words, and the stage that refuses it."""

    value: bytes | None
    reason: str
    words: str
    key: bytes | None = None
    headers: tuple[tuple[str, bytes], ...] = ()
    stage: str = "sentences"


_OTHER_TYPE = (("ce_type", b"org.diplomatic-statements.sentences"),)

BAD: dict[str, Bad] = {
    "not JSON": Bad(b"\x00{", "not_json", "line 1", b"k", (("trace", b"\xff\xfe"), ("trace", b"2"))),
    "an empty value": Bad(b"", "not_json", "the value is empty"),
    "a tombstone": Bad(None, "null_value", "tombstone", b"gone"),
    "a number that JSON does not have": Bad(b'{"body": "x", "more": NaN}', "not_json", "line 1"),
    "two values in one": Bad(b'{"body": "x"}{"body": "y"}', "not_json", "after document"),
    "not UTF-8": Bad(b'{"body": "caf\xe9"}', "not_utf8", "byte 13: 0xe9"),
    "UTF-16": Bad('{"body": "x"}'.encode("utf-16"), "not_utf8", "byte 0"),
    "a lone surrogate": Bad(b'{"body": "\\ud800"}', "not_json", "half of a character"),
    "lists 5000 deep": Bad(b'{"body": "x", "more": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", "not_json", "depth"),
    "objects 300 deep": Bad(b'{"m": ' * 300 + b"1" + b"}" * 300, "not_json", "recursion"),
    "a list": Bad(b'[{"body": "x"}]', "wrong_schema", "expected a JSON object, got a list of 1"),
    "no body": Bad(b'{"title": "no body"}', "wrong_schema", "body: Field required", b"\xff\xfe"),
    "a body of another type": Bad(b'{"body": ["x"]}', "wrong_schema", "should be a valid string, got a list"),
    "a day off the calendar": Bad(b'{"body": "x", "published_at": "2004-02-31"}', "wrong_schema", "published_at: "),
    "an hour off the clock": Bad(b'{"body": "x", "published_at": "2004-12-17T25:00Z"}', "wrong_schema", "published_at"),
    "a time as a number": Bad(b'{"body": "x", "published_at": 1103241600}', "wrong_schema", "written like 2004-12-17"),
    "an id longer than a key": Bad(b'{"body": "x", "id": "%s"}' % (b"x" * 201), "wrong_schema", "at most 200"),
    "an unknown schema version": Bad(b'{"schema_version": "99", "body": "x"}', "unknown_schema_version", "'99'"),
    "two schema versions": Bad(
        b'{"schema_version": "1", "body": "x", "schema_version": "1"}', "wrong_schema", "stands twice"
    ),
    "an envelope of another type": Bad(b'{"body": "x"}', "wrong_schema", "envelope says", None, _OTHER_TYPE),
    "an empty body": Bad(b'{"body": ""}', "empty_body", "no text"),
    "a body of white space": Bad(b'{"body": " \\n\\t\\u2003 "}', "empty_body", "nothing but white space"),
    "a null character": Bad(b'{"body": "a\\u0000b"}', "null_bytes", "a null character at 1"),
    "a body over the limit": Bad(
        b'{"body": "%s"}' % (b"word " * 5_000), "body_too_large", f"25000 characters, the limit is {LARGEST_BODY}"
    ),
    "a language said not to be English": Bad(
        b'{"body": "Le ministre a dit non.", "language": "fr"}', "unsupported_language", "'fr'"
    ),
    "a language that does not read like English": Bad(
        b'{"body": "%s"}' % (b"Der Minister sagte am Freitag, man werde nicht verhandeln. " * 5),
        "unsupported_language",
        "does not read like English",
    ),
    "an article that makes the extractor raise": Bad(
        b'{"body": "%s"}' % RAISES.encode(), "extractor_failed", "RuntimeError: it raised", stage="statements"
    ),
}  # fmt: skip

HANGING = Bad(b'{"body": "%s"}' % HANGS.encode(), "extractor_timeout", "not done after", stage="statements")
"""Not in the table, since it costs its time wherever it is tried."""
