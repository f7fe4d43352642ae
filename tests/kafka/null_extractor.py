"""An extractor that knows nothing of language: one statement an article, so that the path alone is looked at."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from schemas import Article, SentenceBatch, Speaker, Statement, TextSpan
from schemas.identity import statement_id
from schemas.sentences import EmittedArticle, Paragraph
from streams.pipeline.extractor import Extracted

RAISES = "This article makes the extractor raise."
HANGS = "This article makes the extractor hang."
DIES = "This article makes the extractor's process die."


class NullExtractor:
    """The whole body is one sentence and its content; "FRA:" at its start makes France the speaker."""

    def segment(self, article: Article) -> SentenceBatch:
        sentence = Paragraph(sentences=((0, len(article.body)),))
        return SentenceBatch(article=EmittedArticle.of(article), paragraphs=(sentence,))

    def statements(self, batches: Sequence[SentenceBatch]) -> Sequence[Extracted]:
        return [(self._statement(batch.article),) for batch in batches]

    def _statement(self, article: Article) -> Statement:
        body = article.body
        if body == RAISES:
            raise RuntimeError("it raised")
        if body == HANGS:
            time.sleep(20)
        if body == DIES:
            os._exit(3)
        country = body[:3] if body[3:4] == ":" else None
        named = body.split(" says ")[0] if " says " in body else None
        return Statement(
            statement_id=statement_id(article.id, (), (), ((0, len(body)),)),
            article_id=article.id,
            article_url=article.url,
            article_title=article.title,
            publisher=article.publisher,
            published_at=article.published_at,
            kind="indirect",
            source=(),
            cue=(),
            content=(TextSpan(start=0, end=len(body), text=body),),
            speakers=(
                Speaker(
                    mention=None,
                    name=named,
                    kind="country" if country else "unknown",
                    role=None,
                    country=country,
                    organisation=None,
                    resolution="explicit" if named or country else "unresolved",
                ),
            ),
            act="assert",
            plover=None,
            cameo="01",
            targets=(),
            medium=None,
            said_at=None,
            negated=False,
            reported_by=None,
            diplomatic=country is not None or named is not None,
            confidence=1.0,
        )
