"""Everything that can go wrong, in one place.

What goes wrong with one message is a value: it becomes a dead letter, and the stream goes on. What goes wrong with the
program's surroundings is an exception whose text is one line for a person, and ends the command.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from schemas.printable import printable
from schemas.wire import Malformed

Unacceptable = Literal["body_too_large", "null_bytes", "unsupported_language"]
"""Why a well-formed article is not read."""

Undone = Literal["extractor_failed", "extractor_timeout", "output_too_large"]
"""Why an article that was read has no statements."""

Reason = Malformed | Unacceptable | Undone
"""Every reason that a dead letter can have."""

REASONS: tuple[str, ...] = tuple(reason for kind in (Malformed, Unacceptable, Undone) for reason in get_args(kind))


@dataclass(frozen=True)
class Rejection:
    """Why one message goes no further: a short word to count by, and words for a person."""

    reason: Reason
    words: str


@dataclass(frozen=True)
class ExtractionError:
    """Why the extractor gives no statements for one article, in words for a person."""

    words: str

    @classmethod
    def of(cls, error: BaseException) -> ExtractionError:
        """What an exception says of itself; cut short, and without characters that no message or log may hold."""
        return cls(printable(f"{type(error).__name__}: {error}"[:500]))


class StatementsError(Exception):
    """Something outside a message is wrong; the text is one line that says what, and where it can, what to do."""


class ConfigurationError(StatementsError):
    """A setting is wrong; the text names its variable."""


class BrokerError(StatementsError):
    """A broker cannot be reached, started or used."""


class TopicError(StatementsError):
    """A topic is missing, cannot be created, or is not what the stream needs."""

    def __init__(self, topic: str, words: str) -> None:
        super().__init__(f"topic {topic}: {words}")
        self.topic = topic


class StalledError(StatementsError):
    """A worker has stopped getting on with its work; the text says since when and where."""


class MissingProgramError(StatementsError):
    """A program that is needed is not installed, or not the right version of it."""


class InputError(StatementsError):
    """What was given to be read or sent cannot be."""
