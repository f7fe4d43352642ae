"""What the page remembers."""

from __future__ import annotations

from streams.web.latest import Latest
from tests.cli.examples import statement


def filled(*contents: str, kept: int = 3) -> Latest:
    latest = Latest(kept)
    for content in contents:
        latest.add(statement(content, article_id=content))
    return latest


def since(latest: Latest, number: int) -> list[str]:
    return [each.content[0].text for each in latest.since(number).statements]


def test_a_reader_gets_what_is_new_to_it_oldest_first() -> None:
    latest = filled("a", "b", "c")
    assert [since(latest, number) for number in range(4)] == [["a", "b", "c"], ["b", "c"], ["c"], []]


def test_only_the_last_few_are_remembered() -> None:
    latest = filled("a", "b", "c", "d", "e")
    assert latest.since(0).last == 5
    assert since(latest, 0) == since(latest, 1) == ["c", "d", "e"]
    assert since(latest, 4) == ["e"]


def test_a_statement_that_comes_again_is_no_news() -> None:
    latest = filled("a", "b", "a", "b")
    assert (latest.since(0).last, since(latest, 0)) == (2, ["a", "b"])


def test_a_number_of_an_earlier_run_gets_everything() -> None:
    assert since(filled("a"), 99) == ["a"]


def test_nothing_has_come_yet() -> None:
    assert Latest().since(0).as_json() == {"last": 0, "statements": []}
