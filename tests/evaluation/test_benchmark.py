"""What the benchmark of the extraction counts and measures with."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from benchmarks import references, texts
from benchmarks.extract import met, scaling, speeds, steps
from benchmarks.measuring import OnOneThread, Pathological, fastest
from benchmarks.networks import EVERY, talkative_networks
from benchmarks.stopwatch import STEPS, Step, stopwatch
from streams.attribution.document import Document
from streams.attribution.segmentation import segment
from streams.attribution.span import Span
from streams.attribution.tagging.decoding import Decoding
from streams.attribution.tagging.session import Session
from streams.attribution.tagging.tagger import LearnedTagger


def _work(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_a_steps_time_is_its_own_without_that_of_the_steps_it_calls() -> None:
    rooms = SimpleNamespace(inner=lambda: _work(0.02))

    def outer() -> None:
        _work(0.01)
        rooms.inner()

    rooms.outer = outer
    with stopwatch([Step("outer", rooms, "outer"), Step("inner", rooms, "inner")]) as seconds:
        rooms.outer()
    assert seconds["inner"] == pytest.approx(0.02, abs=0.008)
    assert seconds["outer"] == pytest.approx(0.01, abs=0.008)


def test_functions_are_put_back_even_after_an_error() -> None:
    rooms = SimpleNamespace(step=_work)
    with pytest.raises(ZeroDivisionError), stopwatch([Step("step", rooms, "step")]):
        raise ZeroDivisionError
    assert rooms.step is _work


def test_every_step_of_the_extraction_is_where_it_is_looked_for() -> None:
    assert all(callable(vars(step.owner)[step.function]) for step in STEPS)


@pytest.mark.parametrize("name", texts.PATHOLOGICAL)
def test_odd_input_has_the_size_that_is_asked_for(name: str) -> None:
    assert len(texts.PATHOLOGICAL[name](1000)) == 1000


def test_each_of_the_people_has_a_name_of_their_own() -> None:
    lines = texts.people(2000).splitlines()
    assert len({line.split(" said")[0] for line in lines}) == 2000


def test_all_articles_that_ship_are_measured() -> None:
    articles = texts.articles()
    assert len(articles) == 20
    assert texts.words_in(articles) > 6000


class _Pieces:
    """A tokenizer without a model: a piece a word."""

    def pieces(self, words: list[str]) -> list[list[int]]:
        return [[1] for _ in words]


def test_talkative_networks_see_a_statement_every_few_words() -> None:
    body = "word " * (3 * EVERY)
    session = Session.__new__(Session)
    session.pieces = _Pieces().pieces  # type: ignore[method-assign]
    read = Session.read
    with talkative_networks():
        found = LearnedTagger(session, Decoding()).attributions(Document(body, segment(body)))
    assert [a.cue for a in found] == [(Span(5 * at, 5 * at + 4),) for at in (1, 1 + EVERY, 1 + 2 * EVERY)]
    assert found[0].source == (Span(0, 4),)
    assert all(a.content for a in found)
    assert Session.read is read


def test_a_program_that_is_not_installed_is_named_and_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "find_spec", lambda _: None)
    measured = fastest(references.spacy_sentencizer, ["A."], 3)
    assert measured == "spacy is not installed"
    assert speeds([("int8 encoder alone", 1.0), ("spaCy", measured)], 1, 2).rows[1] == (
        "spaCy: spacy is not installed", "-", "-", "-",
    )  # fmt: skip


def test_speed_and_bars_follow_from_the_seconds() -> None:
    measured = OnOneThread(4.0, {"encoder": 2.0, "relation": 0.5, "resolve": 0.5})
    rows = speeds([("extraction", 4.0), ("int8 encoder alone", 2.0)], 20, 6000).rows
    assert rows[0] == ("extraction", "5.0", "1,500", "0.50")
    assert steps(measured).rows[-1] == ("all", "4000.0", "100.0%")
    ratio, resolving = list(met(measured, 2.0, 6000).items())[:2]
    assert ratio == ("extraction 0.50 of the encoder's words/s, at least 0.5", True)
    assert resolving == ("resolution 20.0% of the tagger's time, below 15%", False)


def test_twice_the_size_in_twice_the_time_is_a_ratio_of_two() -> None:
    assert scaling([Pathological("marks", 1000, 0.5, 1.0)]).rows == (("marks", "1,000", "0.50", "1.00", "2.00"),)
