"""Dead letters are found again, and their messages go back to where they came from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from schemas import DeadLetter
from schemas.wire import encode
from streams.pipeline import topics
from streams.pipeline.clients import producing
from streams.pipeline.dead_letters import Choice, Replayed, dead_letters, replay
from streams.pipeline.settings import Settings
from streams.pipeline.topics import ARTICLES, DEAD_LETTERS, STATEMENTS
from tests.kafka.conftest import Working
from tests.kafka.reading import Raw, everything, first, write

FRENCH: Raw = (
    b"\xff key",
    b'{"body": "FRA: c\'est non", "language": "fr"}',
    [("trace", b"\xff"), ("trace", b"")],
)
GOOD: Raw = (b"good", b'{"body": "FRA: good"}', [])
BROKEN: Raw = (None, b"{", [])


async def listed(settings: Settings, choice: Choice) -> list[DeadLetter]:
    found = [received.message async for received in dead_letters(settings, choice)]
    return [letter for letter in found if isinstance(letter, DeadLetter)]


async def write_letters(settings: Settings, *letters: DeadLetter) -> None:
    async with producing(settings) as producer:
        for letter in letters:
            value, headers = encode(letter)
            await producer.send_and_wait(DEAD_LETTERS.name(settings), value, headers=headers)


def letter(settings: Settings, raw: Raw, offset: int, partition: int = 0, reason: str = "not_json") -> DeadLetter:
    key, value, headers = raw
    return DeadLetter.of(
        reason=reason, stage="sentences", error="e", topic=ARTICLES.name(settings), partition=partition, offset=offset,
        key=key, headers=headers, value=value,
    )  # fmt: skip


async def test_a_replayed_message_comes_as_it_was_and_is_done_once_its_hindrance_is_gone(
    settings: Settings, working: Working
) -> None:
    await topics.ensure(settings)
    await write(settings, [FRENCH, GOOD, BROKEN])
    async with working(settings):
        await first(1, settings, [STATEMENTS])
        await first(2, settings, [DEAD_LETTERS])
    chosen = Choice(reasons=["unsupported_language"])
    (original,) = [message for message in await everything(settings, [ARTICLES]) if message.key == FRENCH[0]]

    assert (await replay(settings, chosen, dry_run=True)).written.total() == 1
    assert len(await everything(settings, [ARTICLES])) == 3, "a dry run writes nothing"

    patient = settings.model_copy(update={"unsupported_language": "pass"})
    async with working(patient):
        for _ in range(2):
            replayed = await replay(settings, chosen)
            assert (replayed.written.total(), replayed.lost) == (1, {})
        spoken = await first(3, settings, [STATEMENTS])
    again = [message for message in await everything(settings, [ARTICLES]) if message.key == FRENCH[0]]
    assert len(again) == 3
    for message in again:
        assert (message.partition, message.value, message.headers) == (original.partition, FRENCH[1], tuple(FRENCH[2]))
    ids = {dict(message.headers)["ce_id"] for message in spoken}
    assert len(ids) == 2, "however often it is replayed, it is the same statement"
    assert len(await everything(settings, [DEAD_LETTERS])) == 2


async def test_what_a_letter_had_no_room_for_is_fetched_from_its_own_place(settings: Settings) -> None:
    await topics.ensure(settings)
    await write(settings, [FRENCH])
    (at,) = await everything(settings, [ARTICLES])
    there = letter(settings, FRENCH, at.offset, at.partition).abridged()
    gone = letter(settings, FRENCH, 99, at.partition).abridged()
    await write_letters(settings, there, gone)
    replayed = await replay(settings, Choice())
    assert replayed.written.total() == 1
    assert list(replayed.lost) == [gone.id]
    assert replayed.lost[gone.id].endswith("offset 99 is no longer kept")
    _, back = await everything(settings, [ARTICLES])
    assert (back.key, back.value, back.headers) == (FRENCH[0], FRENCH[1], tuple(FRENCH[2]))


async def test_a_message_that_failed_twice_goes_back_once_and_a_letter_counts_once(settings: Settings) -> None:
    await topics.ensure(settings)
    one, again = letter(settings, BROKEN, 1), letter(settings, BROKEN, 2)
    await write_letters(settings, one, one, again)
    assert len(await listed(settings, Choice())) == 2
    assert await replay(settings, Choice()) == Replayed(written=replay_count(settings, "not_json", 1), repeated=1)
    assert len(await everything(settings, [ARTICLES])) == 1


def replay_count(settings: Settings, reason: str, count: int) -> dict[tuple[str, str], int]:
    return {(ARTICLES.name(settings), reason): count}


async def test_letters_are_chosen_by_reason_time_and_the_beginning_of_their_id(settings: Settings) -> None:
    await topics.ensure(settings)
    first_one, second = letter(settings, BROKEN, 1), letter(settings, BROKEN, 2, reason="wrong_schema")
    await write_letters(settings, first_one, second)
    now = datetime.now(UTC)
    for choice, expected in (
        (Choice(), [first_one, second]),
        (Choice(reasons=["wrong_schema"]), [second]),
        (Choice(ids=(first_one.id[:8],)), [first_one]),
        (Choice(since=now - timedelta(hours=1)), [first_one, second]),
        (Choice(since=now + timedelta(hours=1)), []),
    ):
        assert sorted(each.id for each in await listed(settings, choice)) == sorted(each.id for each in expected)


@pytest.mark.parametrize("settings", ["embedded"], indirect=True)
async def test_nothing_is_written_to_a_topic_that_no_stage_reads_whatever_a_letter_says(settings: Settings) -> None:
    forged = letter(settings, GOOD, 0).model_copy(update={"topic": DEAD_LETTERS.name(settings)})
    nothing = letter(settings, (None, None, []), 1)
    await write_letters(settings, forged, nothing)
    replayed = await replay(settings, Choice())
    assert (replayed.written.total(), set(replayed.lost)) == (0, {forged.id, nothing.id})
    assert "no stage reads" in replayed.lost[forged.id]
    assert len(await everything(settings, [DEAD_LETTERS])) == 2
