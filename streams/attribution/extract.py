"""The table of contents: an article in, its statements out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from schemas import Article, Statement
from streams.attribution.as_clauses import settle_as_clauses
from streams.attribution.broken_off import made_whole
from streams.attribution.content_edges import settle_contents
from streams.attribution.cue_edges import settle_cues
from streams.attribution.document import Attribution, Document, Paragraph
from streams.attribution.layout import by_layout
from streams.attribution.linking import link
from streams.attribution.nesting import with_positions, without_performed
from streams.attribution.normalisation import normalise
from streams.attribution.quoted_as import settle_quoted
from streams.attribution.segmentation import segment
from streams.attribution.source_edges import settle_sources
from streams.attribution.statements import statements
from streams.knowledge import Knowledge


class Tagger(Protocol):
    """Whatever finds source, cue and content in a document."""

    def attributions(self, document: Document) -> Sequence[Attribution]:
        """The document's attributions, in the order of the text."""


def document_of(article: Article, paragraphs: tuple[Paragraph, ...]) -> Document:
    """``article`` as the linguistic core sees it, with the sentences of each of its ``paragraphs``."""
    return Document(article.body, paragraphs, article.title, article.date)


def attributions(document: Document, tagger: Tagger, knowledge: Knowledge) -> tuple[Attribution, ...]:
    """Every attribution of ``document`` with its parts at the edges that their definition gives them."""
    tagged = tagger.attributions(document)
    linked = made_whole(document, by_layout(document, link(document, tagged)))
    edged = settle_quoted(document, settle_cues(document, with_positions(document, normalise(document, linked))))
    sourced = without_performed(document, settle_sources(document, edged, knowledge))
    return settle_as_clauses(document, settle_contents(document, sourced, knowledge))


def extract_from(
    article: Article, paragraphs: tuple[Paragraph, ...], tagger: Tagger, knowledge: Knowledge
) -> tuple[Statement, ...]:
    """The statements of an article whose sentences are known, in the order of their contents."""
    document = document_of(article, paragraphs)
    return statements(article, document, attributions(document, tagger, knowledge), knowledge)


def extract(article: Article, tagger: Tagger, knowledge: Knowledge) -> tuple[Statement, ...]:
    """The statements of an article, in the order of their contents."""
    return extract_from(article, segment(article.body), tagger, knowledge)
