"""The linguistic core behind the stream's messages."""

from __future__ import annotations

from collections.abc import Sequence

from schemas import Article
from streams import knowledge
from streams.attribution.document import Attribution, Document
from streams.attribution.span import Span
from streams.errors import ExtractionError
from streams.pipeline.text_work import TextWork, segmented

BODY = "WASHINGTON (AP) -- Japan said it would wait. Iran agreed.\n\nThe talks go on."


class Tagger:
    """Knows one sentence, and breaks on another."""

    def attributions(self, document: Document) -> Sequence[Attribution]:
        if "broken" in document.body:
            raise RuntimeError("the tagger broke")
        start = document.body.find("Japan said it would wait")
        if start < 0:
            return ()
        spans = (Span(start, start + 5), Span(start + 6, start + 10), Span(start + 11, start + 24))
        return (Attribution((spans[0],), (spans[1],), (spans[2],), 0.9),)


def test_sentences_are_spans_into_the_body_as_published() -> None:
    batch = segmented(Article(body=BODY))
    found = [[BODY[start:end] for start, end in paragraph.sentences] for paragraph in batch.paragraphs]
    assert found == [["Japan said it would wait.", "Iran agreed."], ["The talks go on."]]


def test_an_article_that_breaks_the_tagger_leaves_the_others_their_statements() -> None:
    work = TextWork(Tagger(), knowledge.load(), threads=2)
    batches = [work.segment(Article(body=body)) for body in (BODY, "This is broken.", BODY)]
    before, broken, after = work.statements(batches)
    assert broken == ExtractionError("RuntimeError: the tagger broke")
    assert before == after
    assert isinstance(before, tuple)
    (statement,) = before
    assert [span.text for span in statement.content] == ["it would wait"]
    assert [speaker.country for speaker in statement.speakers] == ["JPN"]
