"""Statements to show and to filter."""

from __future__ import annotations

from typing import Any

from schemas import Article, SentenceBatch, Speaker, Statement, Target, TextSpan
from schemas.identity import statement_id
from schemas.sentences import EmittedArticle, Paragraph
from schemas.statement import PLOVER_AND_CAMEO


def speaker(name: str | None = "Junichiro Koizumi", **changes: Any) -> Speaker:
    fields: dict[str, Any] = {
        "mention": name, "name": name, "kind": "person", "role": "prime minister", "country": "JPN",
        "organisation": None, "resolution": "explicit",
    }  # fmt: skip
    return Speaker(**{**fields, **changes})


def target(name: str = "North Korea", country: str | None = "PRK") -> Target:
    return Target(name=name, kind="country", country=country)


def statement(content: str = "sanctions would be a last resort", **changes: Any) -> Statement:
    """A statement whose content starts at its article's first character, unless told otherwise."""
    act = changes.pop("act", "assert")
    start = changes.pop("start", 0)
    plover, cameo = PLOVER_AND_CAMEO[act]
    span = TextSpan(start=start, end=start + len(content), text=content)
    article = changes.get("article_id", "article")
    fields: dict[str, Any] = {
        "statement_id": statement_id(article, (), (), ((span.start, span.end),)),
        "article_id": article, "article_url": None, "article_title": "Leaders Hold Talks", "publisher": None,
        "published_at": None, "kind": "indirect", "source": (), "cue": (), "content": (span,),
        "speakers": (speaker(),), "act": act, "plover": plover, "cameo": cameo, "targets": (target(),), "medium": None,
        "said_at": None, "negated": False, "reported_by": None, "diplomatic": True, "confidence": 0.9,
    }  # fmt: skip
    return Statement(**{**fields, **changes})


class WordExtractor:
    """Finds a statement in each word "says" of a body, the last one first; stumbles over "boom"."""

    def segment(self, article: Article) -> SentenceBatch:
        whole = Paragraph(sentences=((0, len(article.body)),))
        return SentenceBatch(article=EmittedArticle.of(article), paragraphs=(whole,))

    def statements(self, batches: Any) -> list[tuple[Statement, ...]]:
        return [self._found(batch.article) for batch in batches]

    def _found(self, article: Article) -> tuple[Statement, ...]:
        if "boom" in article.body:
            raise RuntimeError("stumbled")
        words = article.body.split(" ")
        starts = [len(" ".join(words[:index])) + (index > 0) for index, word in enumerate(words) if word == "says"]
        return tuple(
            statement("says", start=start, article_id=article.id, published_at=article.published_at)
            for start in reversed(starts)
        )
