"""Articles through the stream's own stages, one after the other, without a broker between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from sys import maxsize
from typing import TypeVar

from schemas import Article, DeadLetter, Statement
from schemas.base import Message
from schemas.channels import ARTICLES, DEAD_LETTERS, SENTENCES, STATEMENTS
from schemas.wire import decode, encode
from streams.pipeline import stages
from streams.pipeline.acceptance import Limits
from streams.pipeline.extractor import Extractor
from streams.pipeline.stages import Output, Outputs, Record

M = TypeVar("M", bound=Message)

# The stream protects itself from what strangers send; here somebody asks for this very file.
_NO_LIMITS = Limits(max_body_characters=maxsize, english_only=False)


def extracted(articles: Sequence[Article], extractor: Extractor) -> Iterator[tuple[Statement, ...] | DeadLetter]:
    """For each of ``articles``, in their order, what the stream publishes for it."""
    records = [_record(ARTICLES.name, *encode(article)) for article in articles]
    segmented = [output for (output,) in stages.sentences(records, extractor, _NO_LIMITS)]
    passed = [_record(SENTENCES.name, output.value, output.headers) for output in segmented if not _is_dead(output)]
    attributed = iter(stages.statements(passed, extractor))
    for output in segmented:
        yield _published((output,) if _is_dead(output) else next(attributed))


def _record(topic: str, value: bytes, headers: Sequence[tuple[str, bytes | None]]) -> Record:
    return Record(topic, partition=0, offset=0, key=None, value=value, headers=tuple(headers))


def _is_dead(output: Output) -> bool:
    return output.channel == DEAD_LETTERS.name


def _published(outputs: Outputs) -> tuple[Statement, ...] | DeadLetter:
    if outputs and _is_dead(outputs[0]):
        return _decoded(outputs[0], DeadLetter)
    return tuple(_decoded(output, Statement) for output in outputs if output.channel == STATEMENTS.name)


def _decoded(output: Output, model: type[M]) -> M:
    message = decode(output.value, output.headers, model)
    assert isinstance(message, model)
    return message
