"""Contents that broke off within a phrase."""

from __future__ import annotations

import pytest

from streams.attribution.broken_off import made_whole
from tests.golden.reading import read

CASES = [
    (
        "{1s Bern} {1c condemned} {1t the remarks made at} a meeting in Jammu.",
        ["the remarks made at a meeting in Jammu."],
        "a preposition needs its noun",
    ),
    (
        "{1s He} {1c said} {1t they hurled threats against} Bern, and left.",
        ["they hurled threats against Bern"],
        "up to the next comma",
    ),
    (
        "{1s He} {1c spoke of} {1t charges of theft, which has} caused tension.",
        ["charges of theft, which has caused tension."],
        "a relative pronoun and its verb need what follows",
    ),
    (
        "{1s He} {1c praised} {1t the raid during a debate sponsored by} a network and {2c said} {2t it worked}.",
        ["the raid during a debate sponsored by a network and"],
        "not beyond another cue",
    ),
    (
        "{1t The place he comes from} {1s he} {1c loves}.",
        ["The place he comes from"],
        "nothing is missing before a source",
    ),
    ("{1s He} {1c named} {1t the place he comes from}.", ["the place he comes from"], "nor at a sentence's end"),
    ("{1s He} {1c said}: {1t we will talk about} “peace”.", ["we will talk about"], "a quotation is another matter"),
    (
        "{1s He} {1c slammed} {1t statements by Turkish} Prime Minister Recep Erdogan, who left.",
        ["statements by Turkish Prime Minister Recep Erdogan"],
        "an adjective needs its noun",
    ),
    (
        "{1s He} {1c said} {1t it continues to defend} its rights and goods.",
        ["it continues to defend its rights and goods."],
        "a verb's object",
    ),
    (
        "{1s He} {1c saw} {1t a stand-off along the northern} border.",
        ["a stand-off along the northern border."],
        "a sentence's last word",
    ),
    ("{1s He} {1c said} {1t they had met} twice.", ["they had met"], "unless that is an adverb"),
    (
        "{1s He} {1c criticised} {1t both states} this month for it.",
        ["both states"],
        "a time belongs to the cue as often",
    ),
    ("{1s He} {1c left}, saying that {1t will depend}.", ["will depend"], "the cue is not before it"),
    ("{1s He} left, {1c saying} that {1t will depend on us}.", ["that will depend on us"], '"that" is the subject'),
    ("{1s He} left, {1c saying} that {1t peace is near}.", ["peace is near"], '"that" is the complementiser'),
    ("{1s It} {1c said} that {1t is that no}.", ["is that no"], 'a verb before another "that" has its subject'),
]


@pytest.mark.parametrize(("marked", "content", "because"), CASES, ids=[case[-1] for case in CASES])
def test_a_content_goes_on_to_the_end_of_its_phrase(marked: str, content: list[str], because: str) -> None:
    document, attributions = read(marked)

    whole = made_whole(document, attributions)

    assert [span.of(document.body) for span in whole[0].content] == content, because
