"""Cues at the edges of their definition: verb, auxiliaries and preposition, without the addressee."""

from __future__ import annotations

import pytest

from streams.attribution.cue_edges import settle_cues
from tests.golden.reading import read

CASES = [
    ("{1s He} {1c called} {1t for a ban}.", "called for", "a ban", "a preposition belongs to its verb"),
    ("{1s He} {1c spoke} {1t of a plot}.", "spoke of", "a plot", "another one"),
    ("{1s He} {1c says} {1t about 20 men died}.", "says", "about 20 men died", "before a number it means nearly"),
    ("{1s He} accused {1c accused} {1t of lying}.", "accused", "of lying", "one after an addressee is content"),
    ("{1s He} {1c did not} {1t recognise the state}.", "did not recognise", "the state", "an auxiliary and its verb"),
    ("{1s He} {1c has} {1t since called for a ban}.", None, None, "an auxiliary with no verb of speech after it"),
    ("{1s They} {1c could} {1t not sleep}.", None, None, "no verb of speech at all"),
    ("{1t It was}, as {1s he} {1c had} claimed.", "had claimed", "It was", "a verb that stands in no content"),
    ("{1s He} {1c told} {1t the people that all was well}.", "told", "all was well", "the addressee stands between"),
    ("{1s He} {1c told} {1t all was well}.", "told", "all was well", "no addressee"),
    ("{1s He} {1c recently said} {1t it was}.", "said", "it was", "adverbs stand outside"),
    ("{1s He} {1c relies on} {1t their word}.", "relies on", "their word", "no adverb"),
    ("{1t No}, {1s he} {1c said}.", "said", "No", "a content before its cue stays as it is"),
]  # fmt: skip


def test_a_preposition_after_the_addressee_is_a_second_piece_of_the_cue() -> None:
    document, attributions = read("{1s He} {1c warned} {1t the United States of an attack}.")

    (settled,) = settle_cues(document, attributions)

    assert [span.of(document.body) for span in settled.cue] == ["warned", "of"]
    assert [span.of(document.body) for span in settled.content] == ["an attack"]


@pytest.mark.parametrize(("text", "cue", "content", "because"), CASES, ids=[case[3] for case in CASES])
def test_a_cue_has_the_edges_of_its_definition(text: str, cue: str | None, content: str | None, because: str) -> None:
    document, attributions = read(text)

    settled = settle_cues(document, attributions)

    seen = [(each.cue[0].of(document.body), each.content[0].of(document.body)) for each in settled]
    assert seen == ([(cue, content)] if cue else []), because
