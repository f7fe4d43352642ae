"""Messages on the wire: what goes out comes back, and nothing that comes in raises."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Article, DeadLetter, SentenceBatch, Statement
from schemas.base import Message
from schemas.channels import CHANNELS
from schemas.dead_letter import Header
from schemas.sentences import EmittedArticle, Paragraph
from schemas.wire import DecodeError, decode, encode

ARTICLE = Article(
    id="a-1",
    url="https://example.org/1",
    title="Talks",
    body="Japan said no. Iran agreed.",
    published_at=datetime(2004, 12, 17, tzinfo=UTC),
)
SENTENCES = SentenceBatch(article=EmittedArticle.of(ARTICLE), paragraphs=(Paragraph(sentences=((0, 14), (15, 27))),))
DEAD_LETTER = DeadLetter.of(
    reason="not_json", stage="sentences", error="line 1", topic="news.articles", partition=1, offset=7,
    key=b"\xff", headers=[("trace", b"\x00\xfe"), ("empty", None)], value=b"\xff\xfe{",
)  # fmt: skip


def malformed(value: bytes | None, model: type[Message] = Article) -> DecodeError:
    found = decode(value, [], model)
    assert isinstance(found, DecodeError)
    return found


@pytest.mark.parametrize("message", [ARTICLE, SENTENCES, DEAD_LETTER], ids=lambda message: type(message).__name__)
def test_a_message_comes_back_as_it_went_out(message: Message) -> None:
    value, headers = encode(message)
    assert decode(value, headers, type(message)) == message


def test_the_headers_are_a_cloud_events_envelope_with_the_article_s_own_time() -> None:
    _, headers = encode(SENTENCES)
    assert dict(headers) == {
        "ce_specversion": b"1.0",
        "ce_id": b"a-1",
        "ce_source": b"/articles/a-1",
        "ce_type": b"org.diplomatic-statements.sentences",
        "content-type": b"application/json",
        "ce_time": b"2004-12-17T00:00:00+00:00",
    }


def test_an_article_without_a_time_has_none_in_its_envelope() -> None:
    assert "ce_time" not in dict(encode(Article(body="x"))[1])


def test_an_article_without_an_id_gets_the_same_one_on_every_delivery() -> None:
    written = [b'{"body": "x", "url": "u"}', b'{"url":"u","new_field":1,"body":"x"}']
    first, second = (decode(value, [], Article) for value in written)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.id == second.id
    assert first.id != Article(body="y", url="u").id


def test_a_day_is_time_enough_and_a_number_is_none() -> None:
    dated = decode(b'{"body": "x", "published_at": "2004-12-17"}', [], Article)
    assert isinstance(dated, Article)
    assert str(dated.date) == "2004-12-17"
    assert malformed(b'{"body": "x", "published_at": 1103241600}').where == "published_at"
    assert malformed(b'{"body": "x", "published_at": "1103241600"}').where == "published_at"


@pytest.mark.parametrize(
    ("value", "reason", "words"),
    [
        (None, "null_value", "tombstone"),
        (b"", "not_json", "empty"),
        (b"{", "not_json", "line 1"),
        (b"\x00\x01", "not_json", "line 1"),
        (b'{"body": "\xff"}', "not_utf8", "byte 10"),
        (b'{"body": "\\ud800"}', "not_json", "surrogate"),
        (b'{"body": "x", "more": NaN}', "not_json", "line 1"),
        (b'{"body": "x", "more": ' + b"[" * 5000 + b"]" * 5000 + b"}", "not_json", "depth"),
        (b'{"body": "x", "more": ' + b"[" * 500 + b"]" * 500 + b"}", "not_json", "recursion"),
        (b"[1]", "wrong_schema", "a list of 1"),
        (b"{}", "wrong_schema", "body: Field required"),
        (b'{"body": 7}', "wrong_schema", "got 7"),
        (b'{"body": ""}', "empty_body", "no text"),
        (b'{"body": "x", "published_at": "2004-02-31"}', "wrong_schema", "published_at"),
        (b'{"body": "x", "schema_version": "9"}', "unknown_schema_version", "'9'"),
        (b'{"body": "x", "schema_version": 1}', "unknown_schema_version", "1"),
        (b'{"schema_version": "1", "body": "x", "schema_version": "1"}', "wrong_schema", "twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_article_is_told_by_reason_and_in_words(
    value: bytes | None, reason: str, words: str
) -> None:
    found = malformed(value)
    assert found.reason == reason
    assert words in str(found)


def test_a_message_of_another_type_is_not_taken_for_an_article() -> None:
    value, headers = encode(SENTENCES)
    found = decode(value, headers, Article)
    assert isinstance(found, DecodeError)
    assert found.where == "ce_type"


def test_messages_that_were_read_leave_nothing_in_memory() -> None:
    def read(first: int) -> int:
        for number in range(first, first + 2_000):
            article = decode(b'{"id": "article %d", "body": "They left."}' % number, [], Article)
            assert isinstance(article, Article)
        return sys.getallocatedblocks()

    before = read(0)
    assert read(2_000) - before < 500


def test_a_stranger_s_value_cannot_break_the_line_of_a_log() -> None:
    assert "\n" not in str(malformed(b'{"body": 1, "title": ["\\n"], "id": "a\\n\\u202e%s"}' % (b"x" * 500)))
    assert len(str(malformed(b'{"body": "x", "published_at": "%s"}' % (b"y\\n" * 10_000)))) < 500


def test_what_is_published_has_no_fields_but_its_own() -> None:
    value, _ = encode(SENTENCES)
    assert malformed(orjson.dumps({**orjson.loads(value), "more": 1}), SentenceBatch).where == "more"


def test_sentences_out_of_the_body_or_out_of_order_are_refused() -> None:
    wire = orjson.loads(encode(SENTENCES)[0])
    for spans in ([[0, 99]], [[15, 27], [0, 14]], [[4, 4]]):
        found = malformed(orjson.dumps({**wire, "paragraphs": [{"sentences": spans}]}), SentenceBatch)
        assert found.reason == "wrong_schema"


def test_a_dead_letter_keeps_bytes_that_are_no_text() -> None:
    value, headers = encode(DEAD_LETTER)
    back = decode(value, headers, DeadLetter)
    assert isinstance(back, DeadLetter)
    assert (back.key, back.value) == (b"\xff", b"\xff\xfe{")
    assert back.headers == (Header(key="trace", value=b"\x00\xfe"), Header(key="empty", value=None))
    assert orjson.loads(value)["value"] == "//57"
    assert (back.abridged().value, back.abridged().omitted) == (None, True)


def test_a_dead_letter_whose_base64_is_broken_is_a_decode_error() -> None:
    wire = orjson.loads(encode(DEAD_LETTER)[0])
    assert malformed(orjson.dumps({**wire, "value": "é"}), DeadLetter).where == "value"


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = sorted({name for channel in CHANNELS for name in channel.message.model_fields})
MODELS = st.sampled_from([Article, SentenceBatch, Statement, DeadLetter])


@given(value=st.binary(), model=MODELS)
def test_no_bytes_raise(value: bytes, model: type[Message]) -> None:
    assert isinstance(decode(value, [], model), model | DecodeError)


@given(fields=st.dictionaries(st.sampled_from(FIELDS), ANY_JSON), model=MODELS)
def test_no_json_raises(fields: dict[str, object], model: type[Message]) -> None:
    found = decode(json.dumps(fields).encode(), [], model)
    assert isinstance(found, model | DecodeError)
    if isinstance(found, DecodeError):
        assert str(found).isprintable()


@given(at=st.integers(0, 400), byte=st.integers(0, 255))
def test_no_single_wrong_byte_raises(at: int, byte: int) -> None:
    value, headers = encode(SENTENCES)
    changed = bytearray(value)
    changed[at % len(changed)] = byte
    assert isinstance(decode(bytes(changed), headers, SentenceBatch), SentenceBatch | DecodeError)


@given(body=st.text(min_size=1), title=st.none() | st.text(), moment=st.none() | st.datetimes())
def test_every_article_survives_the_wire(body: str, title: str | None, moment: datetime | None) -> None:
    article = Article(body=body, title=title, published_at=moment)
    value, headers = encode(article)
    assert decode(value, headers, Article) == article
