"""The text work with the model that ships, on articles that ship."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from schemas import Article, Statement
from schemas.statement import TextSpan
from streams import knowledge
from streams.attribution.segmentation import segment
from streams.attribution.tagging.model import load_tagger
from streams.cli.seeds import seed_articles
from streams.pipeline.extractor import Extracted
from streams.pipeline.text_work import TextWork

ARTICLES = sorted(seed_articles(), key=lambda article: len(article.body))[:6]
FURNITURE = "Accessibility links\nBreaking News\nBy OUR CORRESPONDENT\n(c) The Daily Planet. All rights reserved.\n\n"


def _work(threads: int) -> TextWork:
    return TextWork(load_tagger(), knowledge.load(), threads)


@cache
def _alone() -> tuple[Extracted, ...]:
    """Every article's statements, read one by one."""
    work = _work(threads=1)
    return tuple(work.statements([work.segment(article)])[0] for article in ARTICLES)


def _statements() -> list[tuple[Article, Statement]]:
    return [
        (article, statement)
        for article, found in zip(ARTICLES, _alone(), strict=True)
        if isinstance(found, tuple)
        for statement in found
    ]


def _spans(statement: Statement) -> list[TextSpan]:
    return [*statement.source, *statement.cue, *statement.content]


def test_every_article_has_statements() -> None:
    assert all(isinstance(found, tuple) and found for found in _alone())


@pytest.mark.parametrize("threads", [1, 3])
def test_an_article_has_the_same_statements_whatever_batch_it_comes_in(threads: int) -> None:
    work = _work(threads)
    together = work.statements([work.segment(article) for article in reversed(ARTICLES)])
    assert list(reversed(together)) == list(_alone())


def test_every_span_is_the_text_of_the_body_as_published() -> None:
    for article, statement in _statements():
        assert all(article.body[span.start : span.end] == span.text for span in _spans(statement))


def test_statements_stand_in_the_order_of_their_contents_within_running_text() -> None:
    for article, found in zip(ARTICLES, _alone(), strict=True):
        assert isinstance(found, tuple)
        assert all(one.content[0].start <= other.content[0].start for one, other in pairwise(found))
        text = [(paragraph[0].start, paragraph[-1].end) for paragraph in segment(article.body)]
        for span in (span for statement in found for span in _spans(statement)):
            assert any(start <= span.start and span.end <= end for start, end in text)


def test_what_stands_around_an_article_changes_nothing_but_the_offsets() -> None:
    work = _work(threads=1)
    article = ARTICLES[0]
    framed = article.model_copy(update={"body": FURNITURE + article.body})
    (found,) = work.statements([work.segment(framed)])
    alone = _alone()[0]
    assert isinstance(found, tuple)
    assert isinstance(alone, tuple)
    assert [[span.text for span in _spans(each)] for each in found] == [
        [span.text for span in _spans(each)] for each in alone
    ]
    assert {span.start for each in alone for span in _spans(each)} == {
        span.start - len(FURNITURE) for each in found for span in _spans(each)
    }
