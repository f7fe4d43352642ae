"""What must hold of everything that comes out, whatever goes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from schemas import Article, DeadLetter, SentenceBatch, Statement, TextSpan
from schemas.base import Message
from schemas.wire import DecodeError, Headers, decode, encode
from streams.attribution.extract import Tagger, extract_from
from streams.attribution.span import Span
from streams.knowledge import Knowledge
from streams.pipeline.text_work import segmented

MODELS: tuple[type[Message], ...] = (Article, SentenceBatch, Statement, DeadLetter)


def holds_when_decoded(value: bytes, headers: Headers, model: type[Message]) -> bool:
    """Whether ``value`` is such a message. Raises AssertionError where decoding gives neither that nor fit words."""
    found = decode(value, headers, model)
    if isinstance(found, DecodeError):
        assert str(found).isprintable(), "what is wrong is told on one line"
        assert len(str(found)) < 1_000
        return False
    assert isinstance(found, model)
    assert decode(*encode(found), model) == found, "a message comes back as it went out"
    return True


def holds_when_extracted(article: Article, tagger: Tagger, knowledge: Knowledge) -> int:
    """How many statements ``article`` has. Raises AssertionError where they, or its sentences, are not what they must
    be."""
    batch = segmented(article)
    assert decode(*encode(batch), SentenceBatch) == batch, "sentences are in order, in the body, and survive the wire"
    paragraphs = tuple(tuple(Span(*each) for each in paragraph.sentences) for paragraph in batch.paragraphs)
    statements = extract_from(article, paragraphs, tagger, knowledge)
    for statement in statements:
        _holds(statement, article)
    ids = {statement.statement_id for statement in statements}
    assert len(ids) == len(statements), "no statement stands there twice"
    reported_by = {statement.statement_id: statement.reported_by for statement in statements}
    for each in ids:
        _ends(each, reported_by)
    starts = [statement.content[0].start for statement in statements]
    assert starts == sorted(starts), "statements are in the order of the text"
    return len(statements)


def _ends(statement: str, reported_by: Mapping[str, str | None]) -> None:
    steps = 0
    by = reported_by[statement]
    while by is not None:
        by, steps = reported_by[by], steps + 1
        assert steps <= len(reported_by), "who reports whom comes to an end"


def _holds(statement: Statement, article: Article) -> None:
    assert decode(*encode(statement), Statement) == statement, "a statement survives the wire"
    assert statement.article_id == article.id
    for part in (statement.source, statement.cue, statement.content):
        _lie_in(article.body, part)


def _lie_in(body: str, spans: Sequence[TextSpan]) -> None:
    for span in spans:
        assert 0 <= span.start < span.end <= len(body), "a span lies in the body and is not empty"
        assert body[span.start : span.end] == span.text, "a span says what stands there"
    for before, after in pairwise(spans):
        assert before.end <= after.start, "spans are in order and apart"
