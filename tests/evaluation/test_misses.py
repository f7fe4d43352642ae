"""What is shown first of all that went wrong."""

from __future__ import annotations

from streams.evaluation.misses import misses
from streams.evaluation.scores import score
from tests.evaluation.examples import article, found, gold, person, speaker

MARKED = article(
    gold(
        "Seoul", "said", "it agreed", speakers=((person("Roh Moo-hyun"),), (person("South Korea"),)), acts=("pledge",)
    ),
    gold("aides", "say", "Tokyo denied that it had refused to talk"),
)


def test_all_right_has_no_misses() -> None:
    right = [
        found("Seoul", "said", "it agreed", speakers=(speaker("Roh Moo Hyun"),), act="pledge"),
        found("aides", "say", "Tokyo denied that it had refused to talk"),
    ]
    assert misses([score(MARKED, right)], 5) == ()


def test_each_sort_of_mistake_is_told_with_what_was_asked() -> None:
    wrong = [found("Seoul said", "said", "agreed", speakers=(speaker("Seoul"),)), found("", "", "Tokyo", 0.3)]
    seen = {miss.what: (miss.asked, miss.found) for miss in misses([score(MARKED, wrong)], 5)}
    assert seen == {
        "missed": ("Tokyo denied that it had refused to talk", ""),
        "extra": ("", "Tokyo"),
        "content edges": ("it agreed", "agreed"),
        "source edges": ("Seoul", "Seoul said"),
        "wrong speaker name": ("Roh Moo-hyun / South Korea", "Seoul (explicit)"),
        "wrong act": ("pledge", "assert"),
    }


def test_the_surest_of_the_extra_ones_come_first_and_no_more_than_asked_for() -> None:
    extra = [found("", "", text, confidence) for text, confidence in (("Seoul", 0.2), ("aides", 0.9), ("say", 0.5))]
    only = [miss.found for miss in misses([score(article(), extra)], 2)]
    assert only == ["aides", "say"]
