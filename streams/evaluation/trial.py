"""Gold articles through the extractor's own functions, to be compared with what their readers marked."""

from __future__ import annotations

from collections.abc import Sequence

from schemas import Article, Statement, TextSpan
from streams.attribution.document import Attribution, Document
from streams.attribution.extract import Tagger, attributions, document_of, extract_from
from streams.attribution.learned import Learned
from streams.attribution.segmentation import segment
from streams.attribution.span import Span
from streams.attribution.statements import statements
from streams.evaluation.gold import GoldArticle, GoldStatement
from streams.evaluation.gold import Spans as GoldSpans
from streams.evaluation.scores import Found, Spans
from streams.knowledge import Knowledge


class Replay:
    """A tagger that repeats what another one said of the same document, as far as it was sure enough."""

    def __init__(self, tagged: Sequence[Attribution], threshold: float) -> None:
        self._tagged = tuple(attribution for attribution in tagged if attribution.confidence >= threshold)

    def attributions(self, _: Document) -> tuple[Attribution, ...]:
        """The same for whatever document is asked about."""
        return self._tagged


def published(article: GoldArticle) -> Article:
    """The article as the stream gets it: its body and, where known, its date."""
    return Article(id=article.id, body=article.body, published_at=article.date)  # type: ignore[arg-type]


def document(article: GoldArticle) -> Document:
    """The article as the tagger gets it."""
    return document_of(published(article), segment(article.body))


def found(read: Document, article: GoldArticle, tagger: Tagger, knowledge: Knowledge) -> tuple[Found, ...]:
    """The article's statements, by the function that the stream calls."""
    return tuple(map(_found, extract_from(published(article), read.paragraphs, tagger, knowledge)))


def spans_found(read: Document, tagger: Tagger, knowledge: Knowledge) -> tuple[Found, ...]:
    """Statements with whole quotations and the edges of the definition, nobody asked who speaks."""
    return tuple(map(_spans, attributions(read, tagger, knowledge)))


def tagged(read: Document, tagger: Tagger) -> tuple[Found, ...]:
    """What the tagger alone says."""
    return tuple(map(_spans, tagger.attributions(read)))


def understood(
    read: Document, article: GoldArticle, knowledge: Knowledge, learned: Learned | None = None
) -> tuple[Found, ...]:
    """What is made of the statements that the readers marked: the resolver on its own.

    ``learned``: other models than those that ship.
    """
    marked = tuple(_marked(statement) for statement in article.statements)
    return tuple(map(_found, statements(published(article), read, marked, knowledge, learned)))


def _marked(statement: GoldStatement) -> Attribution:
    def spans(part: GoldSpans) -> tuple[Span, ...]:
        return tuple(Span(start, end) for start, end in part)

    return Attribution(spans(statement.source), spans(statement.cue), spans(statement.content), 1.0)


def _spans(attribution: Attribution) -> Found:
    return Found(attribution.source, attribution.cue, attribution.content, attribution.confidence)


def _found(statement: Statement) -> Found:
    def spans(part: Sequence[TextSpan]) -> Spans:
        return tuple((span.start, span.end) for span in part)

    parts = spans(statement.source), spans(statement.cue), spans(statement.content)
    return Found(*parts, statement.confidence, statement)
