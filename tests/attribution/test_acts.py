"""What a statement does."""

import csv
from importlib.resources import files
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Speaker
from schemas.statement import PLOVER_AND_CAMEO, Act, Kind
from streams.attribution.act_context import context_of
from streams.attribution.act_rules import act_by_rules
from streams.attribution.act_words import said
from streams.attribution.acts import acts_of
from streams.attribution.cues import cue_in, lexicon, verb_forms, words_of
from streams.attribution.document import Attribution, Document
from streams.attribution.learned import shipped
from streams.attribution.quotation import kind_of
from streams.attribution.side import is_own_side
from streams.attribution.span import Span
from streams.attribution.word_vectors import mean_vector
from streams.knowledge import load
from tests.golden.reading import Case, parameters, read, table


def act_of(document: Document, attribution: Attribution, kind: Kind) -> Act:
    """The act of an article's only statement."""
    return acts_of(document, [attribution], [kind], [()], [()], shipped().acts, load())[0]


@pytest.mark.parametrize("case", parameters(table("acts")))
def test_an_act_is_told_from_cue_and_content(case: Case) -> None:
    kind = kind_of(case.document, case.attribution)
    assert act_of(case.document, case.attribution, kind) == case.row["act"]


_KOIZUMI = Speaker(
    mention="he", name="Junichiro Koizumi", kind="person", role="prime minister", country="JPN", organisation=None,
    resolution="pronoun",
)  # fmt: skip


@pytest.mark.parametrize(
    ("content", "is_own", "reason"),
    [
        ("Japan will send aid", True, "his state"),
        ("the Japanese government would do what it can", True, "his state's government, by its adjective"),
        ("Tokyo will closely cooperate", True, "his state's capital"),
        ("the two governments will cooperate", True, "his state's government and another"),
        ("South Korea will send aid", False, "another state"),
        ("the Japanese will suffer", False, "people are no government"),
        ("prices will rise in Japan", False, "his state is not the subject"),
    ],
)
def test_a_contents_subject_is_the_speakers_own_side(content: str, is_own: bool, reason: str) -> None:
    assert is_own_side(words_of(content), [_KOIZUMI], load()) is is_own, reason


@pytest.mark.parametrize(
    ("content", "act"),
    [
        ("Japan will do what it can to help", "pledge"),
        ("Japan will not pay compensation", "reject"),
        ("Japan will retaliate against the attack", "threaten"),
        ("South Korea will do what it can to help", "assert"),
    ],
)
def test_a_step_that_the_speakers_own_side_announces_is_its_act(content: str, act: Act) -> None:
    document, attributions = read(f"{{1s He}} {{1c said}} {{1t {content}}}.")
    assert act_by_rules(said(document, attributions[0], "indirect", [_KOIZUMI], load())) == act


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


def test_every_verb_of_the_lexicon_is_mapped_to_an_act_with_its_codes() -> None:
    verbs = {cue.words: cue.act for entries in lexicon().cues.values() for cue in entries}
    assert set(verbs.values()) <= set(get_args(Act))
    for act in verbs.values():
        plover, cameo = PLOVER_AND_CAMEO[act]
        assert cameo.isdigit()
        assert plover is None or plover.isupper()


def test_what_others_say_around_it_tells_of_an_act() -> None:
    verdicts: list[Act] = ["disapprove", "assert", "assert"]
    around = context_of(verdicts, ["the minister", "", "the envoy"], [(), (0,), ()])
    assert "before, same speaker=disapprove" in around[1]
    assert "reported by=disapprove" in around[1]
    assert "reports=assert" in around[0]
    assert "before=assert" in around[2]
    assert "before, same speaker=assert" not in around[2]


def test_words_of_like_meaning_have_like_vectors() -> None:
    vectors = [mean_vector([word]) for word in ("disgraceful", "shameful", "tariff")]
    disgraceful, shameful, tariff = (vector for vector in vectors if vector is not None)
    assert float(disgraceful @ shameful) > float(disgraceful @ tariff) + 0.1


def test_words_that_no_vector_is_known_of_have_none() -> None:
    assert mean_vector(["qqzx"]) is None


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
