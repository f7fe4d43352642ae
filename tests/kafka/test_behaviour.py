"""What the stream does, the same on the embedded broker and on real Apache Kafka."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas import Article, DeadLetter, SentenceBatch, Statement
from schemas.wire import encode
from streams.errors import TopicError
from streams.pipeline import topics
from streams.pipeline.feed import feed
from streams.pipeline.settings import Settings
from streams.pipeline.tail import Received
from streams.pipeline.topics import ARTICLES, DEAD_LETTERS, DIPLOMACY, SENTENCES, STATEMENTS
from streams.pipeline.transport import FETCH_WAIT_MS
from tests.kafka.conftest import Working
from tests.kafka.null_extractor import DIES, HANGS
from tests.kafka.reading import Raw, everything, first, write
from tests.pipeline.bad_input import BAD, HANGING

WHEN = datetime(2004, 12, 17, 9, 30, tzinfo=UTC)


def article(body: str, **fields: object) -> Article:
    return Article.model_validate({"body": body, "language": "en", **fields})


def raw_of(sent: Article) -> Raw:
    value, headers = encode(sent)
    return sent.id.encode(), value, headers


def letters(received: list[Received]) -> dict[str, DeadLetter]:
    found = [message.message for message in received]
    return {letter.reason: letter for letter in found if isinstance(letter, DeadLetter)}


async def test_an_article_goes_in_and_its_statement_comes_out(settings: Settings, working: Working) -> None:
    async with working(settings) as app:
        thread: Any = app.consumer
        assert thread._thread._consumer._fetcher._fetch_max_wait_ms == FETCH_WAIT_MS, "what transport.py sets is obeyed"
        assert [state.partitions for state in await topics.describe(settings)] == [4] * len(topics.TABLE)
        fed = await feed(settings, [article("FRA: no", id="a-1", published_at=WHEN, url="https://example.org/1")])
        assert (fed.acknowledged, fed.refused) == (1, {})
        (sentences,) = await first(1, settings, [SENTENCES])
        (received,) = await first(1, settings, [STATEMENTS])
    assert isinstance(sentences.message, SentenceBatch)
    assert sentences.key == received.key == b"a-1"
    statement = received.message
    assert isinstance(statement, Statement)
    assert (statement.article_id, statement.article_url, statement.published_at) == (
        "a-1",
        "https://example.org/1",
        WHEN,
    )
    headers = dict(received.headers)
    came = datetime.fromisoformat((headers.pop("ce_recordedtime") or b"").decode())
    assert received.written_at is not None
    assert timedelta() <= received.written_at - came < timedelta(minutes=1)
    assert headers == {
        "ce_specversion": b"1.0",
        "ce_id": statement.statement_id.encode(),
        "ce_source": b"/articles/a-1",
        "ce_type": b"org.diplomatic-statements.statement",
        "ce_time": b"2004-12-17T09:30:00+00:00",
        "content-type": b"application/json",
    }


async def test_diplomacy_is_filtered_and_keyed_by_country_or_else_by_name(settings: Settings, working: Working) -> None:
    async with working(settings):
        await feed(
            settings, [article("FRA: no", id="a"), article("Kofi Annan says yes", id="b"), article("rain", id="c")]
        )
        spoken = await first(3, settings, [STATEMENTS])
        diplomatic = await first(2, settings, [DIPLOMACY])
    assert {message.key for message in diplomatic} == {b"FRA", b"Kofi Annan"}
    values = {message.value for message in spoken}
    assert all(message.value in values for message in diplomatic)
    assert len(await everything(settings, [DIPLOMACY])) == 2


async def test_bad_messages_become_dead_letters_with_their_bytes_and_the_rest_is_unharmed(
    settings: Settings, working: Working
) -> None:
    bad = [*BAD.values(), HANGING]
    good = [article(f"FRA: good {number}", id=str(number)) for number in range(len(bad) + 1)]
    between = [(each.key, each.value, list(each.headers)) for each in bad]
    await topics.ensure(settings)
    await write(settings, [raw for pair in zip(map(raw_of, good), between, strict=False) for raw in pair])
    await write(settings, [raw_of(good[-1])])
    async with working(settings.model_copy(update={"extraction_timeout": 3.0})):
        received = await first(len(bad), settings, [DEAD_LETTERS])
        spoken = await first(len(good), settings, [STATEMENTS])
    assert {message.key for message in spoken} == {each.id.encode() for each in good}
    found = [message.message for message in received]
    originals = {
        (at.channel.name, at.partition, at.offset): at for at in await everything(settings, [ARTICLES, SENTENCES])
    }
    for each in found:
        assert isinstance(each, DeadLetter)
        original = originals[each.topic.removeprefix(settings.topic_prefix), each.partition, each.offset]
        assert (each.key, each.value, each.omitted) == (original.key, original.value, False)
        assert tuple((header.key, header.value) for header in each.headers) == original.headers
    told = [(each.reason, each.stage, each.error) for each in found if isinstance(each, DeadLetter)]
    for each_bad in bad:
        assert any(
            (reason, stage) == (each_bad.reason, each_bad.stage) and each_bad.words in error
            for reason, stage, error in told
        ), each_bad
    assert sorted(at.value or b"" for at in found if isinstance(at, DeadLetter) and at.stage == "sentences") == sorted(
        each.value or b"" for each in bad if each.stage == "sentences"
    )


async def test_a_replay_makes_no_new_ids(settings: Settings, working: Working) -> None:
    articles = [article(f"FRA: statement {number}") for number in range(20)]
    async with working(settings):
        await feed(settings, articles)
        await feed(settings, articles)
        received = await first(40, settings, [STATEMENTS])
    ids = [dict(message.headers)["ce_id"] for message in received]
    assert len(set(ids)) == 20


async def test_a_worker_that_comes_back_goes_on_where_it_was(settings: Settings, working: Working) -> None:
    async with working(settings):
        await feed(settings, [article(f"FRA: before {number}") for number in range(10)])
        await first(10, settings, [DIPLOMACY])
    await feed(settings, [article(f"FRA: meanwhile {number}") for number in range(10)])
    async with working(settings):
        await first(20, settings, [DIPLOMACY])
    ids = [dict(message.headers)["ce_id"] for message in await everything(settings, [DIPLOMACY])]
    assert len(set(ids)) == 20
    assert len(ids) == 20, "a worker that was told to stop has committed what it did"


@pytest.mark.parametrize("settings", ["embedded"], indirect=True)
@pytest.mark.parametrize(
    ("executor", "bad"),
    [("thread", {HANGS: "extractor_timeout"}), ("process", {HANGS: "extractor_timeout", DIES: "extractor_failed"})],
    ids=["thread", "process"],
)
async def test_an_article_that_hangs_or_kills_the_extractor_is_lost_alone(
    settings: Settings, working: Working, executor: str, bad: dict[str, str]
) -> None:
    chosen = settings.model_copy(update={"executor": executor, "extraction_timeout": 0.5})
    await feed(settings, [article("FRA: before"), *map(article, bad), article("FRA: after")])
    async with working(chosen):
        found = letters(await first(len(bad), settings, [DEAD_LETTERS]))
        await first(2, settings, [DIPLOMACY])
    assert found.keys() == set(bad.values())
    assert {letter.stage for letter in found.values()} == {"statements"}


async def test_a_topic_that_is_missing_and_may_not_be_made_is_named(settings: Settings, working: Working) -> None:
    chosen = settings.model_copy(update={"create_topics": False, "topic_prefix": "nowhere."})
    with pytest.raises(TopicError, match=r"nowhere\.news\.articles: does not exist"):
        async with working(chosen):
            pass


async def test_a_topic_with_another_number_of_partitions_is_refused(settings: Settings) -> None:
    await topics.ensure(settings)
    with pytest.raises(TopicError, match="has 4 partitions, expected 5"):
        await topics.ensure(settings.model_copy(update={"partitions": 5}))


async def test_making_topics_again_makes_none(settings: Settings) -> None:
    made = await topics.ensure(settings)
    assert len(made) == (len(topics.TABLE) if settings.create_topics else 0)
    assert await topics.ensure(settings) == []


async def test_an_article_that_is_too_large_is_refused_and_the_others_go_on(
    settings: Settings, working: Working
) -> None:
    async with working(settings):
        large = article("FRA: " + "x" * 400_000, id="large")
        fed = await feed(settings, [article("FRA: one"), large, article("FRA: two")])
        assert fed.acknowledged == 2
        assert list(fed.refused) == ["large"]
