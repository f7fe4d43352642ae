"""Which statements a filter lets pass."""

from __future__ import annotations

import pytest

from streams.pipeline.selection import Filter, Traits
from tests.cli.examples import speaker, statement

KOIZUMI = statement(speakers=(speaker(mention="Mr. Koizumi"),), act="appeal", kind="mixed")
TWO = statement(speakers=(speaker("Japan", country="JPN"), speaker("South Korea", country="KOR")))


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        (Filter(), True),
        (Filter(countries=("JPN",)), True),
        (Filter(countries=("PRK", "JPN")), True),
        (Filter(countries=("PRK",)), False),
        (Filter(speakers=("koizumi",)), True),
        (Filter(speakers=("mr. k",)), True),
        (Filter(speakers=("Roh",)), False),
        (Filter(acts=("appeal", "demand")), True),
        (Filter(acts=("demand",)), False),
        (Filter(kinds=("mixed",)), True),
        (Filter(kinds=("direct",)), False),
        (Filter(countries=("JPN",), acts=("demand",)), False),
        (Filter(countries=("JPN",), speakers=("Koizumi",), acts=("appeal",), kinds=("mixed",)), True),
    ],
)
def test_a_statement_passes_when_it_meets_one_condition_of_each_kind(wanted: Filter, passes: bool) -> None:
    assert wanted.passes(Traits.of(KOIZUMI)) is passes


def test_any_of_several_speakers_will_do() -> None:
    assert Filter(countries=("KOR",)).passes(Traits.of(TWO))


def test_a_speaker_without_a_name_is_nobody_s() -> None:
    unknown = Traits.of(statement(speakers=(speaker(None, country=None, resolution="unresolved"),)))
    assert not Filter(speakers=("",)).passes(unknown)
    assert not Filter(countries=("JPN",)).passes(unknown)
