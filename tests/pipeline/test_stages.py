"""Stages as functions: bytes in, bytes out, whatever the bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Article, DeadLetter, SentenceBatch, Statement
from schemas.channels import DEAD_LETTERS, DIGESTS, DIPLOMACY, SENTENCES, STATEMENTS
from schemas.digest import Digest
from schemas.wire import RECORDED, decode, encode
from streams.errors import REASONS, ExtractionError, Rejection
from streams.pipeline import stages
from streams.pipeline.acceptance import Limits
from streams.pipeline.stages import Output, Record, abridged, arrival, dead_letter, diplomacy, sentences, statements
from tests.cli.examples import statement
from tests.kafka.null_extractor import RAISES, NullExtractor
from tests.pipeline.bad_input import BAD, LARGEST_BODY, Bad

LIMITS = Limits(max_body_characters=LARGEST_BODY, english_only=True)
NULL = NullExtractor()


def record(value: bytes | None, offset: int = 0, headers: stages.Headers = ()) -> Record:
    return Record("news.articles", 0, offset, b"k", value, headers)


def passed_on(outputs: Output) -> Record:
    return Record(outputs.channel, 0, 0, outputs.key, outputs.value, outputs.headers)


def article(body: str) -> Record:
    value, headers = encode(Article(body=body, language="en"))
    return record(value, headers=tuple(headers))


def letter(output: Output) -> DeadLetter:
    found = decode(output.value, output.headers, DeadLetter)
    assert isinstance(found, DeadLetter)
    return found


def test_an_article_walks_through_all_three_stages() -> None:
    ((segmented,),) = sentences([article("FRA: no")], NULL, LIMITS)
    ((said, counted),) = statements([passed_on(segmented)], NULL)
    ((routed,),) = diplomacy([passed_on(said)])
    assert [output.channel for output in (segmented, said, routed)] == [SENTENCES.name, STATEMENTS.name, DIPLOMACY.name]
    assert isinstance(decode(segmented.value, segmented.headers, SentenceBatch), SentenceBatch)
    assert isinstance(decode(said.value, said.headers, Statement), Statement)
    assert (routed.value, routed.headers, routed.key) == (said.value, said.headers, b"FRA")
    digest = decode(counted.value, counted.headers, Digest)
    assert isinstance(digest, Digest)
    assert (counted.channel, counted.key, len(digest.statements)) == (DIGESTS.name, said.key, 1)


def test_the_time_at_which_an_article_came_is_handed_on_and_a_stranger_s_word_for_it_is_not_taken() -> None:
    came = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
    sent = replace(article("FRA: no"), written_at=came)
    sent = replace(sent, headers=((RECORDED, b"1999-01-01T00:00:00Z"), *sent.headers))
    ((segmented,),) = sentences([sent], NULL, LIMITS)
    ((said, counted),) = statements([passed_on(segmented)], NULL)
    ((routed,),) = diplomacy([passed_on(said)])
    assert [arrival(output.headers) for output in (segmented, said, routed)] == [came] * 3
    digest = decode(counted.value, counted.headers, Digest)
    assert isinstance(digest, Digest)
    assert digest.arrived_at == came


@pytest.mark.parametrize("said", [b"yesterday", b"2026-01-02", b"\xff", b"", None, b"2026-01-02T03:04:05"])
def test_what_is_no_time_of_arrival_is_none(said: bytes | None) -> None:
    assert arrival(((RECORDED, said),)) is None


def test_the_digest_of_an_article_is_the_same_at_every_delivery() -> None:
    class Two(NullExtractor):
        def statements(self, batches: Sequence[SentenceBatch]) -> list[tuple[Statement, ...]]:
            return [(statement("yes"), statement("no", start=5, negated=True)) for _ in batches]

    ((segmented,),) = sentences([article("FRA: no")], NULL, LIMITS)
    first, second = (statements([passed_on(segmented)], Two())[0][-1] for _ in range(2))
    assert first == second
    digest = decode(first.value, first.headers, Digest)
    assert isinstance(digest, Digest)
    assert [(each.speakers[0].country, each.targets, each.act, each.negated) for each in digest.statements] == [
        ("JPN", ("PRK",), "assert", False),
        ("JPN", ("PRK",), "assert", True),
    ]


def test_one_bad_article_harms_no_other() -> None:
    before, bad, after = statements(
        [passed_on(sentences([article(body)], NULL, LIMITS)[0][0]) for body in ("FRA: a", RAISES, "FRA: b")], NULL
    )
    assert (before[0].channel, after[0].channel) == (STATEMENTS.name, STATEMENTS.name)
    assert letter(bad[0]).reason == "extractor_failed"


def test_an_extractor_that_returns_an_error_or_too_little_loses_that_article_only() -> None:
    class Odd(NullExtractor):
        def statements(self, batches: Sequence[SentenceBatch]) -> list[ExtractionError]:
            return [ExtractionError("it would not")] if batches else []

    waiting = [passed_on(sentences([article(body)], NULL, LIMITS)[0][0]) for body in ("a", "b")]
    assert [letter(outputs[0]).error for outputs in statements(waiting, Odd())] == ["it would not"] * 2


def test_an_exception_whose_text_is_no_text_is_told_all_the_same() -> None:
    class Broken(NullExtractor):
        def segment(self, article: Article) -> SentenceBatch:
            raise ValueError(f"half a character of {article.body}: \ud800")

    ((output,),) = sentences([article("a")], Broken(), LIMITS)
    assert letter(output).error == "ValueError: half a character of a: \\ud800"


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_bad_input_between_good_articles_is_a_dead_letter_with_its_bytes_and_words_for_a_person(bad: Bad) -> None:
    odd = Record("news.articles", 0, 1, bad.key, bad.value, bad.headers)
    before, (first,), after = sentences([article("FRA: a"), odd, article("FRA: b")], NULL, LIMITS)
    if bad.stage == "statements":
        odd = passed_on(first)
        before, (first,), after = statements([*map(passed_on, before), odd, *map(passed_on, after)], NULL)
    found = letter(first)
    assert (found.reason, found.stage, found.topic) == (bad.reason, bad.stage, odd.topic)
    assert bad.words in found.error
    assert found.error.isprintable()
    assert (found.key, found.value, found.omitted) == (odd.key, odd.value, False)
    assert tuple((header.key, header.value) for header in found.headers) == odd.headers
    assert [outputs[0].channel for outputs in (before, after)] == [
        SENTENCES.name if bad.stage == "sentences" else STATEMENTS.name
    ] * 2


def test_the_table_of_bad_input_has_every_reason_that_a_message_alone_can_cause() -> None:
    elsewhere = {
        "unreadable": "tests/kafka/test_hostile_input.py",
        "extractor_timeout": "tests/kafka/test_behaviour.py",
        "output_too_large": "tests/pipeline/test_agents.py",
    }
    assert {bad.reason for bad in BAD.values()} == set(REASONS) - elsewhere.keys()


def test_what_could_not_be_unpacked_says_so_and_where_it_is() -> None:
    odd = Record("news.articles", 2, 9, None, b"", (), unreadable="offsets 3 to 9: unpacks to more than 100 bytes")
    for outputs in (sentences([odd], NULL, LIMITS), statements([odd], NULL), diplomacy([odd])):
        found = letter(outputs[0][0])
        assert (found.reason, found.offset, found.omitted) == ("unreadable", 9, True)
        assert found.error == "offsets 3 to 9: unpacks to more than 100 bytes"


@pytest.mark.parametrize("limit", [True, False])
def test_another_language_is_refused_or_passed_as_chosen(limit: bool) -> None:
    value, _ = encode(Article(body="Le ministre a dit non.", language="fr-FR"))
    ((output,),) = sentences([record(value)], NULL, Limits(1_000, english_only=limit))
    assert output.channel == (DEAD_LETTERS.name if limit else SENTENCES.name)


def test_a_dead_letter_too_large_for_its_topic_says_where_the_original_is() -> None:
    huge = record(b"\xff" * 1_000_000, offset=7)
    whole = dead_letter(huge, "sentences", Rejection("not_utf8", "byte 0"))
    short = letter(abridged(whole))
    assert letter(whole).value == huge.value
    assert (short.value, short.key, short.headers, short.omitted) == (None, None, (), True)
    assert (short.topic, short.partition, short.offset, short.id) == ("news.articles", 0, 7, letter(whole).id)


@given(value=st.none() | st.binary(), key=st.none() | st.binary(), header=st.binary())
def test_no_bytes_stop_a_stage(value: bytes | None, key: bytes | None, header: bytes) -> None:
    bad = Record("t", 0, 0, key, value, (("h", header), ("ce_type", header)))
    for outputs in (sentences([bad], NULL, LIMITS), statements([bad], NULL), diplomacy([bad])):
        ((output,),) = outputs
        assert letter(output).reason in REASONS
        assert (letter(output).value, letter(output).key) == (value, key)
