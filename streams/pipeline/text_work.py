"""The project's own extractor: the linguistic core, with its model and its knowledge, behind the stream's messages."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from os import cpu_count

from schemas import Article, SentenceBatch
from schemas.sentences import EmittedArticle, Paragraph
from streams import knowledge
from streams.attribution.extract import Tagger, extract_from
from streams.attribution.segmentation import segment
from streams.attribution.span import Span
from streams.attribution.tagging.model import load_tagger
from streams.errors import ExtractionError
from streams.knowledge import Knowledge
from streams.pipeline.extractor import Extracted
from streams.pipeline.settings import Settings


class TextWork:
    """Reads articles, several at a time: the networks let go of the interpreter while they compute."""

    def __init__(self, tagger: Tagger, known: Knowledge, threads: int) -> None:
        self._tagger = tagger
        self._knowledge = known
        self._threads = threads

    @classmethod
    def of(cls, settings: Settings) -> TextWork:
        """With the model and the knowledge that ``settings`` name; takes seconds."""
        return cls(
            load_tagger(settings.model, settings.threshold),
            knowledge.load(settings.knowledge),
            settings.threads or cpu_count() or 1,
        )

    def segment(self, article: Article) -> SentenceBatch:
        """The article with the spans of its sentences."""
        return segmented(article)

    def statements(self, batches: Sequence[SentenceBatch]) -> Sequence[Extracted]:
        """Each article's statements; one that fails gives its error, the others their statements."""
        return list(self._pool.map(self._extracted, batches))

    def _extracted(self, batch: SentenceBatch) -> Extracted:
        paragraphs = tuple(tuple(Span(*offsets) for offsets in paragraph.sentences) for paragraph in batch.paragraphs)
        try:
            return extract_from(batch.article, paragraphs, self._tagger, self._knowledge)
        except Exception as error:
            return ExtractionError.of(error)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads, thread_name_prefix="extraction")


class Segmentation:
    """The half of the extractor that needs no model."""

    def segment(self, article: Article) -> SentenceBatch:
        """The article with the spans of its sentences."""
        return segmented(article)


def segmented(article: Article) -> SentenceBatch:
    """``article`` with the spans of its sentences, by paragraph."""
    found = segment(article.body)
    paragraphs = tuple(Paragraph(sentences=tuple((span.start, span.end) for span in spans)) for spans in found)
    return SentenceBatch(article=EmittedArticle.of(article), paragraphs=paragraphs)
