"""Fields of a matched statement against what readers wrote."""

from __future__ import annotations

import pytest

from streams.evaluation.fields import Given, given, plain, right, targets
from streams.evaluation.scores import F1
from tests.evaluation.examples import gold, person, speaker, statement, target


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Roh Moo-hyun", "roh moo hyun"),
        ("Erdoğan", "Erdogan"),
        ("José Barroso", "Jose Barroso"),
        ("John F. Kerry", "John F Kerry"),
        ("Moon’s aides", "Moon's  aides"),
    ],
)
def test_spelling_that_differs_in_marks_alone_is_the_same_name(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_no_name_is_not_an_empty_name() -> None:
    assert plain(None) is None
    assert plain("") == ""


def test_either_reader_is_right_about_a_speaker() -> None:
    marked = gold(
        "Seoul", "said", "it agreed", speakers=((person("AFP"),), (person("Agence France-Presse", country="FRA"),))
    )
    assert right(marked, statement(speakers=(speaker("agence france presse", country="FRA"),)))["name"]
    assert right(marked, statement(speakers=(speaker("AFP"),)))["country"]
    assert not right(marked, statement(speakers=(speaker("ABC"),)))["name"]


def test_several_speakers_are_a_set() -> None:
    two = gold("Seoul", "said", "it agreed", speakers=((person("A"), person("B")),))
    assert right(two, statement(speakers=(speaker("B"), speaker("A"))))["name"]
    assert not right(two, statement(speakers=(speaker("A"),)))["name"]


def test_no_speaker_is_one_who_cannot_be_told() -> None:
    unknown = gold("", "", "it agreed", speakers=((person(None, kind="unknown", resolution="unresolved"),),))
    outcome = right(unknown, statement())
    assert all(outcome[field] for field in ("name", "kind", "country", "resolution"))
    assert not right(unknown, statement(speakers=(speaker("Seoul"),)))["name"]


def test_every_value_that_a_reader_chose_is_right() -> None:
    marked = gold("Seoul", "said", "it agreed", acts=("assert", "pledge"), kinds=("direct",), diplomatic=(True, False))
    assert right(marked, statement(act="pledge")) == {"act": True, "statement_kind": False, "diplomatic": True}


def test_what_was_not_annotated_is_not_scored() -> None:
    bare = gold("Seoul", "said", "it agreed")
    assert right(bare, statement()) == {}
    assert targets(bare, statement(targets=(target("Japan"),))) == F1()
    assert given(bare, statement(medium="speech"), "medium") == Given()


def test_a_speakers_organisation_counts_where_all_fields_were_annotated() -> None:
    one_reader = ((person("A", organisation="UN"),),)
    assert "organisation" not in right(gold("", "", "it agreed", speakers=one_reader), statement())
    outcome = right(gold("", "", "it agreed", speakers=one_reader, targets=()), statement(speakers=(speaker("A"),)))
    assert not outcome["organisation"]


def test_targets_are_compared_by_name_and_those_without_one_left_out() -> None:
    marked = gold("Seoul", "said", "it agreed", targets=(person("North Korea"), person("United States"), person(None)))
    assert targets(marked, statement(targets=(target("North-Korea"), target("Japan"), target(None)))) == F1(1, 2, 2)


@pytest.mark.parametrize(
    ("asked", "found", "counts"),
    [
        (None, None, Given(1, 1, 0, 0, 0)),
        ("2004-12", "2004-12", Given(1, 1, 1, 1, 0)),
        ("2004-12", None, Given(0, 1, 0, 1, 0)),
        ("2004-12", "2004-12-17", Given(0, 1, 0, 1, 0)),
        (None, "2004", Given(0, 1, 0, 0, 1)),
    ],
)
def test_a_date_is_right_missing_wrong_or_invented(asked: str | None, found: str | None, counts: Given) -> None:
    marked = gold("Seoul", "said", "it agreed", targets=(), said_at=asked)
    assert given(marked, statement(said_at=found), "said_at") == counts


def test_negated_counts_as_given_where_it_is_true() -> None:
    marked = gold("Seoul", "said", "it agreed", targets=(), negated=False)
    assert given(marked, statement(negated=False), "negated") == Given(1, 1, 0, 0, 0)
    assert given(marked, statement(negated=True), "negated") == Given(0, 1, 0, 0, 1)
