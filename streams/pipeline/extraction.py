"""The text work behind the stages: the tagger and the knowledge base, loaded once, used by every article."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from schemas import Article, SentenceBatch, Statement
from schemas.sentences import EmittedArticle, Paragraph
from streams import knowledge
from streams.attribution.extract import extract, extract_from
from streams.attribution.segmentation import segment
from streams.attribution.span import Span
from streams.attribution.tagging.model import load_tagger
from streams.errors import ExtractionError
from streams.pipeline.extractor import Extracted


class ArticleExtractor:
    """Sentences and statements of articles; several articles at once on ``threads`` processor threads.

    Safe to call from several threads. What it says of an article does not depend on which others came with it.
    """

    def __init__(self, threads: int | None = None, threshold: float | None = None, facts: Path | None = None) -> None:
        self._tagger = load_tagger(threshold=threshold)
        self._knowledge = knowledge.load(facts)
        self._pool = ThreadPoolExecutor(threads or os.cpu_count() or 1, thread_name_prefix="extract")

    def segment(self, article: Article) -> SentenceBatch:
        """The article with the spans of its sentences."""
        paragraphs = tuple(
            Paragraph(sentences=tuple((span.start, span.end) for span in sentences))
            for sentences in segment(article.body)
        )
        fields = article.model_dump(include=set(EmittedArticle.model_fields))
        return SentenceBatch(article=EmittedArticle(**fields), paragraphs=paragraphs)

    def statements(self, batches: Sequence[SentenceBatch]) -> Sequence[Extracted]:
        """What was extracted from each of ``batches``; an article that fails is an error in its own place."""
        return list(self._pool.map(self._statements_of, batches))

    def extract(self, article: Article) -> tuple[Statement, ...]:
        """The statements of one article, without a detour over its sentences' message."""
        return extract(article, self._tagger, self._knowledge)

    def _statements_of(self, batch: SentenceBatch) -> Extracted:
        paragraphs = tuple(tuple(Span(*sentence) for sentence in p.sentences) for p in batch.paragraphs)
        try:
            return extract_from(batch.article, paragraphs, self._tagger, self._knowledge)
        except Exception as error:
            return ExtractionError(f"{type(error).__name__}: {error}"[:500])
