"""Sources at the edges of their definition: one phrase, the shortest full one that names the speaker."""

from __future__ import annotations

import re

import pytest

from streams.attribution.document import Attribution, Document
from streams.attribution.segmentation import segment
from streams.attribution.source_edges import settle_sources
from streams.attribution.span import Span
from streams.knowledge import load
from tests.golden.reading import read

CASES = [
    ("[Ben Rhodes, a deputy adviser,] <said> {it would}.", "Ben Rhodes", "an apposition after a personal name"),
    ("[Jane Ingram of The Globe] <wrote> {it was}.", "Jane Ingram", "a prepositional phrase after a personal name"),
    ("[The Bank of England] <said> {rates fell}.", "The Bank of England", "no person: the phrase is the name"),
    ("[The coach, Ali Khan] <said> {it won}.", "The coach, Ali Khan", "a title and its name are one phrase"),
    ("[John Smith, Mary Jones and Ali Khan] <said> {no}.", "John Smith, Mary Jones and Ali Khan", "a list of names"),
    ("[Trump], [who] <opposes> {the deal}, left.", "Trump", "the phrase that a relative pronoun stands for"),
    ("[AFP] wrote and [the ministry] <said> {it was false}.", "the ministry", "of two phrases the one nearer the cue"),
    ("[A YouGov poll of] voters <found> {support}.", "A YouGov poll", "no phrase ends with a preposition"),
    ("[the majority – 55 percent –] <named> {Britain}.", "the majority", "an aside is no part of the name"),
    ("[Ali Flosse, president and a friend,] <said> {no}.", "Ali Flosse", "an apposition with an 'and'"),
    ("[Peking, the rebels' armourer,] <opposes> {the deal}.", "Peking", "an apposition after a place"),
    ("[Jane Ingram, the Deputy Secretary] <said> {no}.", "Jane Ingram", "an apposition in capitals"),
    ("[Ramos, 58,] <said> {no}.", "Ramos", "an age"),
    ("[Lindsey Graham] (R-S.C.) <told> us {it was late}.", "Lindsey Graham", "a full stop inside brackets"),
    ("[The Foreign Minister, Ali Kono, 55] <said> {no}.", "The Foreign Minister, Ali Kono", "and after a title"),
    ("[Fiji, the Netherlands and others] <said> {no}.", "Fiji, the Netherlands and others", "a list"),
    ("[a man who had been a student] <asked> {why}.", "a man", "a relative clause"),
    ("a word from the new president, [who] <said> {no}.", "the new president", "the phrase before a pronoun"),
    ("an attack on Trump, [who] <said> {no}.", "Trump", "the name before it"),
    ("[only 24 percent who] <said> {no}.", "only 24 percent", "no phrase ends with its pronoun"),
    ("[Mrs]. Clinton <said> {no}.", "Mrs. Clinton", "a title and its name"),
    ("[A spokesman later] <denied> {it}.", "A spokesman", "when it was said"),
    ("[A poll last month] <showed> {support}.", "A poll", "when it was made"),
    ("[An envoy in 2009] <denied> {it}.", "An envoy", "in which year"),
    ("[Former envoy David] Duke <denied> {it}.", "Former envoy David Duke", "the name after a given name"),
    ("[Hillary] <Denies> {it}.", "Hillary", "a cue is no name, even in capitals"),
    ("[A poll published on Friday] <showed> {support}.", "A poll", "a participle of publication"),
    ("[The United Nations (UN) envoy] <said> {no}.", "The United Nations (UN) envoy", "an aside inside"),
    ("[The World Health Organization (WHO)] <said> {no}.", "The World Health Organization", "an aside at the end"),
    ("[He] went to see Ali Khan, who <had told> him {it was}.", "Ali Khan", "whom 'who' right before the cue takes up"),
    ("[Bo] read the Morning Star, which <said> {no}.", "the Morning Star", "and what 'which' does"),
    ("[The head] of Apple, who <said> {no}, left.", "The head", "the phrase goes on up to 'who'"),
    ("[the minister, Mike Pompeo, Zarif] <said> {no}.", "Zarif", "the name after what a list of things ends with"),
    ("[Blinken and the Ukrainian] president <said> {no}.", "Blinken and the Ukrainian president", "an office"),
    ("[the British] <said> {no}.", "the British", "an adjective that is the people"),
    ("[the two leaders, Ali Khan and] Bo Li, <said> {no}.", "the two leaders, Ali Khan and Bo Li", "the last of two"),
    ("[China, Russia] and Qatar abstained, <saying> {no}.", "China, Russia and Qatar", "the last of a list of states"),
    ("[Officials] <said> {it was late}, <adding> {it was dark}.", "Officials", "a participle has its clause's"),
]  # fmt: skip


def _read(marked: str) -> tuple[Document, list[Attribution]]:
    """``[source]``, ``<cue>`` and ``{content}``; each content ends a statement."""
    body = re.sub(r"[\[\]<>{}]", "", marked)
    parts: dict[str, list[Span]] = {"[": [], "<": [], "{": []}
    found: list[Attribution] = []
    place = 0
    opened: list[tuple[str, int]] = []
    for letter in marked:
        if letter in "[<{":
            opened.append((letter, place))
        elif letter in "]>}":
            kind, start = opened.pop()
            parts[kind].append(Span(start, place))
            if kind == "{":
                found.append(Attribution(*(tuple(parts[k]) for k in "[<{"), 1.0))
                parts = {"[": [], "<": [], "{": []}
        else:
            place += 1
    return Document(body, segment(body)), found


@pytest.mark.parametrize(("marked", "source", "because"), CASES, ids=[case[2] for case in CASES])
def test_a_source_is_the_shortest_full_phrase_that_names_the_speaker(marked: str, source: str, because: str) -> None:
    document, attributions = _read(marked)

    settled = settle_sources(document, attributions, load())

    assert [span.of(document.body) for span in settled[-1].source] == [source], because


def test_a_participle_before_its_clause_has_the_source_of_that_clause() -> None:
    document, attributions = _read("It was late. <Noting> {it was dark}, [officials] <urged> {care}.")

    noting, urged = settle_sources(document, attributions, load())

    assert noting.source == urged.source == attributions[1].source


def test_a_finite_verb_without_a_source_gets_none() -> None:
    document, attributions = _read("[Officials] <said> {it was late}. It <is believed> {it was dark}.")

    assert settle_sources(document, attributions, load())[-1].source == ()


def test_what_a_participle_follows_says_it() -> None:
    document, attributions = _read("[All] <told us> {of it}: they got a short message <stating> {it was closed}.")

    assert [span.of(document.body) for span in settle_sources(document, attributions, load())[-1].source] == [
        "a short message"
    ]


def test_a_participle_after_a_comma_is_not_said_by_what_the_clause_before_tells_of() -> None:
    document, attributions = read("{1s Bern} {1c rejected} {1t a {2s US} draft}, {2c saying} {2t it went too far}.")

    rejected, saying = settle_sources(document, attributions, load())

    assert saying.source == rejected.source


def test_a_verb_after_and_is_not_said_by_what_the_clause_before_tells_of() -> None:
    document, attributions = read(
        "{1s Oslo} {1c demanded} {1t that {2s Riga} pay} and {2c reiterated} {2t its doubts}."
    )

    demanded, reiterated = settle_sources(document, attributions, load())

    assert reiterated.source == demanded.source


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("It cited Resolution 1701, which <calls for> {peace}.", ["Resolution 1701"]),
        ("It hurt the new envoy, who also <opposes> {the ban}.", ["the new envoy"]),
        ("It met Ali Khan, who <opposes> {the ban}.", ["Ali Khan"]),
        ("It went too far, which <means> {a ban}.", []),
        ("It hurt governments, who quietly <oppose> {the ban}.", ["governments"]),
        ("It hurt Al Smith, who <was praised> {for it}.", []),
    ],
)
def test_a_relative_clause_has_its_antecedent_as_its_source(marked: str, source: list[str]) -> None:
    document, attributions = _read(marked)

    settled = settle_sources(document, attributions, load())[-1]

    assert [span.of(document.body) for span in settled.source] == source


PASSIVES = [
    ("[The minister] <was asked> {whether he would go}.", "who is asked does not speak"),
    ("[They] waited. <Asked> {whether he would go}, he left.", "a participle at the head of a sentence"),
    ("[Mr. Trump] spoke, when <asked> {why he stayed}.", "with its conjunction"),
    ("[Kim] cheered when <told> {it was over}.", "nor does who is told"),
    ("[the] chair <said> {no}.", "an article names nobody"),
    ("[Iran], <accused> {of building a bomb}, has denied it.", "who is accused does not accuse"),
    ("It named [19 firms] <said> {to have paid}.", "of whom something is said does not say it"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "because"), PASSIVES, ids=[case[1] for case in PASSIVES])
def test_a_phrase_that_does_not_name_the_speaker_is_no_source(marked: str, because: str) -> None:
    document, attributions = _read(marked)

    assert settle_sources(document, attributions, load())[-1].source == (), because


@pytest.mark.parametrize(
    ("marked", "content"),
    [
        ("[Iran], <accused> {of building a bomb}, has denied it.", ["Iran", "of building a bomb"]),
        ("[The generals] <were asked> {to mind the shop}.", ["The generals", "to mind the shop"]),
        ("[The generals] <were asked> {if they would}.", ["if they would"]),
    ],
)
def test_a_passive_has_its_subject_in_its_content_where_that_needs_one(marked: str, content: list[str]) -> None:
    document, attributions = _read(marked)

    settled = settle_sources(document, attributions, load())[-1]

    assert [span.of(document.body) for span in settled.content] == content


def test_a_capital_in_a_headline_makes_no_passive() -> None:
    document, attributions = _read("[Obama] <Pledged> {Support}")

    assert settle_sources(document, attributions, load())[-1].source == attributions[-1].source


def test_the_agent_of_a_passive_is_its_source() -> None:
    document, attributions = _read("[Moscow] <was accused> by [Berlin] {of lying}.")

    (settled,) = settle_sources(document, attributions, load())

    assert [span.of(document.body) for span in settled.source] == ["Berlin"]


@pytest.mark.parametrize("filling", [" ", " (", ", ", " published", ", the"])
def test_half_a_megabyte_of_one_thing_in_a_source_is_read_at_once(filling: str) -> None:
    document, attributions = _read("[the" + filling * (500_000 // len(filling)) + "minister] <said> {no}.")

    settle_sources(document, attributions, load())


def test_a_megabyte_of_white_space_in_a_source_is_read_at_once() -> None:
    document, attributions = _read("[the" + " " * 1_000_000 + "minister] <said> {no}.")

    (settled,) = settle_sources(document, attributions, load())

    assert settled.source[0].of(document.body).endswith("minister")


def test_a_source_of_nothing_but_blanks_is_none() -> None:
    document = Document("It is late. He said no.", segment("It is late. He said no."))
    blank = Attribution((Span(11, 12),), (Span(15, 19),), (Span(20, 22),), 1.0)

    assert settle_sources(document, [blank], load())[0].source == ()
