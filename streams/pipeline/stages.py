"""What each stage makes of its messages: bytes in, bytes out, nothing else.

A message never raises here: it becomes its outputs, or a dead letter with the reason. No Kafka, no clock, no event
loop.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas import Article, DeadLetter, SentenceBatch, Statement
from schemas.channels import DEAD_LETTERS, DIPLOMACY, SENTENCES, STATEMENTS
from schemas.dead_letter import Stage
from schemas.wire import DecodeError, decode, encode
from streams.errors import ExtractionError, Rejection
from streams.pipeline.acceptance import Limits, objection
from streams.pipeline.extractor import Extracted, Extractor, Segmenter

Headers = tuple[tuple[str, bytes | None], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A message as Kafka delivered it, and from where."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers


@dataclass(frozen=True, slots=True)
class Output:
    """A message to be written to a channel (its name before any prefix)."""

    channel: str
    key: bytes | None
    value: bytes
    headers: Headers


Outputs = tuple[Output, ...]
Work = Callable[[Sequence[Record]], list[Outputs]]
"""What a stage does: for every record, in order, what is to be written for it."""


def dead_letter(record: Record, stage: Stage, rejection: Rejection) -> Output:
    """The dead letter for ``record``, with everything that it was."""
    letter = DeadLetter.of(
        reason=rejection.reason,
        stage=stage,
        error=rejection.words,
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key,
        headers=record.headers,
        value=record.value,
    )
    value, headers = encode(letter)
    return Output(DEAD_LETTERS.name, record.key, value, tuple(headers))


def abridged(output: Output) -> Output:
    """A dead letter that is too large for its topic, without the original; that still stands where the letter says."""
    letter = decode(output.value, (), DeadLetter)
    assert isinstance(letter, DeadLetter)
    value, headers = encode(letter.abridged())
    return Output(output.channel, None, value, tuple(headers))


def sentences(records: Sequence[Record], segmenter: Segmenter, limits: Limits) -> list[Outputs]:
    """Articles in; each article with its sentences out."""
    return [_segmented(record, segmenter, limits) for record in records]


def _segmented(record: Record, segmenter: Segmenter, limits: Limits) -> Outputs:
    article = decode(record.value, record.headers, Article)
    if isinstance(article, DecodeError):
        return (dead_letter(record, "sentences", Rejection(article.reason, str(article))),)
    if (rejection := objection(article, limits)) is not None:
        return (dead_letter(record, "sentences", rejection),)
    try:
        batch = segmenter.segment(article)
    except Exception as error:
        return (dead_letter(record, "sentences", Rejection("extractor_failed", ExtractionError.of(error).words)),)
    value, headers = encode(batch)
    return (Output(SENTENCES.name, article.id.encode(), value, tuple(headers)),)


def statements(records: Sequence[Record], extractor: Extractor) -> list[Outputs]:
    """Articles with their sentences in; each article's statements out."""
    decoded = [decode(record.value, record.headers, SentenceBatch) for record in records]
    batches = [batch for batch in decoded if isinstance(batch, SentenceBatch)]
    extracted = iter(_extracted(batches, extractor))
    return [
        (dead_letter(record, "statements", Rejection(batch.reason, str(batch))),)
        if isinstance(batch, DecodeError)
        else _attributed(record, batch, next(extracted))
        for record, batch in zip(records, decoded, strict=True)
    ]


def _extracted(batches: Sequence[SentenceBatch], extractor: Extractor) -> Sequence[Extracted]:
    """Everything at once, which is fastest; one by one where that fails, so that only the article at fault is lost."""
    if not batches:
        return ()
    try:
        found = extractor.statements(batches)
        if len(found) != len(batches):
            raise ValueError(f"{len(found)} results for {len(batches)} articles")
        return found
    except Exception as error:
        if len(batches) == 1:
            return (ExtractionError.of(error),)
    return [result for batch in batches for result in _extracted((batch,), extractor)]


def _attributed(record: Record, batch: SentenceBatch, extracted: Extracted) -> Outputs:
    if isinstance(extracted, ExtractionError):
        return (dead_letter(record, "statements", Rejection("extractor_failed", extracted.words)),)
    key = batch.article.id.encode()
    outputs = []
    for statement in extracted:
        value, headers = encode(statement)
        outputs.append(Output(STATEMENTS.name, key, value, tuple(headers)))
    return tuple(outputs)


def diplomacy(records: Sequence[Record]) -> list[Outputs]:
    """Statements in; those about relations between states out, byte for byte, keyed by who speaks."""
    return [_routed(record) for record in records]


def _routed(record: Record) -> Outputs:
    statement = decode(record.value, record.headers, Statement)
    if isinstance(statement, DecodeError):
        return (dead_letter(record, "diplomacy", Rejection(statement.reason, str(statement))),)
    if not statement.diplomatic or record.value is None:
        return ()
    key = statement.speaker_key
    return (Output(DIPLOMACY.name, key.encode() if key else None, record.value, record.headers),)
