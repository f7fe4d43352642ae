"""What a statement does."""

import csv
from importlib.resources import files
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.statement import Act
from streams.attribution.act_model import act_model, likeliest
from streams.attribution.act_words import said
from streams.attribution.acts import act_of
from streams.attribution.cues import cue_in, lexicon, verb_forms, words_of
from streams.attribution.document import Attribution, Document
from streams.attribution.quotation import kind_of
from streams.attribution.span import Span
from tests.golden.reading import Case, parameters, table


@pytest.mark.parametrize("case", parameters(table("acts")))
def test_an_act_is_told_from_cue_and_content(case: Case) -> None:
    kind = kind_of(case.document, case.attribution)
    assert act_of(case.document, case.attribution, kind) == case.row["act"]


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("urge", "urging"),
        ("deny", "denied"),
        ("plan", "planned"),
        ("express", "expresses"),
        ("be", "was"),
        ("die", "dying"),
    ],
)
def test_a_verb_is_known_in_each_of_its_forms(verb: str, form: str) -> None:
    assert form in set(verb_forms(verb))


def test_the_longest_entry_wins() -> None:
    found = cue_in(words_of("has repeatedly called for"), words_of("an embargo"), "noun")
    assert found is not None
    assert found.words == ("call", "for")


def test_a_cue_that_the_lexicon_does_not_know_has_no_entry() -> None:
    assert cue_in(words_of("zigzagged"), (), "noun") is None


def test_the_lexicon_holds_every_act() -> None:
    acts = {cue.act for entries in lexicon().cues.values() for cue in entries}
    assert acts == set(get_args(Act))
    assert len(lexicon().cues) >= 500


def test_the_lexicon_file_gives_each_entry_once() -> None:
    text = files("streams.knowledge").joinpath("data/cues.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t"))
    keys = [(row["cue"], row["part"], row["frame"]) for row in rows]
    assert len(keys) == len(set(keys))


def test_a_probability_is_one() -> None:
    body = "The minister said the talks would go on."
    document = Document(body, ((Span(0, len(body)),),))
    what = said(document, Attribution((Span(0, 12),), (Span(13, 17),), (Span(18, 39),), 1.0), "indirect")
    _, probability = likeliest(what, act_model())
    assert 1 / len(get_args(Act)) <= probability <= 1


@given(st.text(max_size=40), st.text(max_size=80))
def test_any_text_has_an_act(cue: str, content: str) -> None:
    body = f"{cue}\u2003{content}x"
    document = Document(body, ((Span(0, len(body)),),))
    attribution = Attribution((), (Span(0, len(cue)),) if cue else (), (Span(len(cue) + 1, len(body)),), 1.0)
    assert act_of(document, attribution, kind_of(document, attribution)) in get_args(Act)


@pytest.mark.parametrize("word", ["a", "to ", "will ", "call for ", "'", "n't", "attack "])
def test_a_content_of_a_megabyte_costs_no_more_than_its_beginning(word: str) -> None:
    body = "said " + word * (1_000_000 // len(word))
    document = Document(body, ((Span(0, len(body)),),))
    act_of(document, Attribution((), (Span(0, 4),), (Span(5, len(body)),), 1.0), "indirect")
