"""What each stage makes of its messages: bytes in, bytes out, nothing else.

A message never raises here: it becomes its outputs, or a dead letter with the reason. No Kafka, no clock, no event
loop.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas import Article, DeadLetter, SentenceBatch, Statement
from schemas.channels import DEAD_LETTERS, DIGESTS, DIPLOMACY, SENTENCES, STATEMENTS
from schemas.dead_letter import Stage
from schemas.digest import Digest, spoken
from schemas.wire import RECORDED, DecodeError, M, decode, encode
from streams.errors import ExtractionError, Rejection
from streams.pipeline.acceptance import Limits, objection
from streams.pipeline.extractor import Extracted, Extractor, Segmenter

Headers = tuple[tuple[str, bytes | None], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A message as Kafka delivered it, and from where; ``unreadable`` says why it could not be unpacked, if so."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers
    unreadable: str | None = None
    written_at: datetime | None = None


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
    """The dead letter for ``record``, with everything that it was, as far as it could be read."""
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
    value, headers = encode(letter if record.unreadable is None else letter.abridged())
    return Output(DEAD_LETTERS.name, record.key, value, tuple(headers))


def _decoded(record: Record, model: type[M]) -> M | Rejection:
    if record.unreadable is not None:
        return Rejection("unreadable", record.unreadable)
    found = decode(record.value, record.headers, model)
    return Rejection(found.reason, str(found)) if isinstance(found, DecodeError) else found


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
    article = _decoded(record, Article)
    if isinstance(article, Rejection):
        return (dead_letter(record, "sentences", article),)
    if (rejection := objection(article, limits)) is not None:
        return (dead_letter(record, "sentences", rejection),)
    try:
        batch = segmenter.segment(article)
    except Exception as error:
        return (dead_letter(record, "sentences", Rejection("extractor_failed", ExtractionError.of(error).words)),)
    value, headers = encode(batch)
    return (Output(SENTENCES.name, article.id.encode(), value, (*headers, *_recorded(record.written_at))),)


def statements(records: Sequence[Record], extractor: Extractor) -> list[Outputs]:
    """Articles with their sentences in; each article's statements out."""
    decoded = [_decoded(record, SentenceBatch) for record in records]
    batches = [batch for batch in decoded if isinstance(batch, SentenceBatch)]
    extracted = iter(_extracted(batches, extractor))
    return [
        (dead_letter(record, "statements", batch),)
        if isinstance(batch, Rejection)
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
    arrived_at = arrival(record.headers)
    outputs = []
    for statement in extracted:
        value, headers = encode(statement)
        outputs.append(Output(STATEMENTS.name, key, value, (*headers, *_recorded(arrived_at))))
    value, headers = encode(_digest(record, batch, extracted, arrived_at))
    outputs.append(Output(DIGESTS.name, key, value, tuple(headers)))
    return tuple(outputs)


def _digest(
    record: Record, batch: SentenceBatch, statements: Sequence[Statement], arrived_at: datetime | None
) -> Digest:
    """All of an article in one message, and here, where all of its statements are together."""
    return Digest(
        article_id=batch.article.id,
        published_at=batch.article.published_at,
        arrived_at=arrived_at,
        partition=record.partition,
        offset=record.offset,
        statements=tuple(map(spoken, statements)),
    )


def arrival(headers: Headers) -> datetime | None:
    """When the article came to the stream, as the stage before said; None where it did not, or not in a time's form."""
    for name, content in headers:
        if name == RECORDED and content is not None:
            try:
                moment = datetime.fromisoformat(content.decode("ascii", "replace"))
            except ValueError:
                return None
            return moment if moment.tzinfo else None
    return None


def _recorded(moment: datetime | None) -> Headers:
    return ((RECORDED, moment.isoformat().encode()),) if moment else ()


def diplomacy(records: Sequence[Record]) -> list[Outputs]:
    """Statements in; those about relations between states out, byte for byte, keyed by who speaks."""
    return [_routed(record) for record in records]


def _routed(record: Record) -> Outputs:
    statement = _decoded(record, Statement)
    if isinstance(statement, Rejection):
        return (dead_letter(record, "diplomacy", statement),)
    if not statement.diplomatic or record.value is None:
        return ()
    key = statement.speaker_key
    return (Output(DIPLOMACY.name, key.encode() if key else None, record.value, record.headers),)
