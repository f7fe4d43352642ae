"""Contents at the edges of their definition: without the headline and without what is only said about the speaker."""

from __future__ import annotations

import pytest

from streams.attribution.content_edges import settle_contents
from streams.knowledge import load
from tests.golden.reading import read

CASES = [
    (
        "{1c According to} {1s Sergei Ryabkov}, {1t Russia's deputy foreign minister}, {1t the talks will resume}.",
        "Sergei Ryabkov",
        ["the talks will resume"],
        "an apposition that was taken for a piece of its own",
    ),
    (
        "{1c According to} {1s Josep Borrell}, {1t the European Union's foreign policy chief, time is short}.",
        "Josep Borrell",
        ["time is short"],
        "an apposition at the content's beginning",
    ),
    (
        "{1t The plan}, {1c according to} {1s Robert Malley}, {1t the US envoy, is dead}.",
        "Robert Malley",
        ["The plan", "is dead"],
        "the clause goes on behind it",
    ),
    (
        "{1c According to} {1s Ahmed Rashid}, {1t 56, a veteran journalist, the army is divided}.",
        "Ahmed Rashid",
        ["the army is divided"],
        "an age before it",
    ),
    (
        "{1c According to} {1s Ali Khan}, {1t 36, the army is divided}.",
        "Ali Khan",
        ["the army is divided"],
        "an age alone",
    ),
    (
        "{1c According to} {1s the head of the delegation}, {1t Ali Bagheri Kani, no progress was made}.",
        "the head of the delegation, Ali Bagheri Kani",
        ["no progress was made"],
        "a name behind a description belongs to the source",
    ),
    (
        "{1c According to} {1s the agency}, {1t a United Nations body, inspectors were expelled}.",
        "the agency",
        ["a United Nations body, inspectors were expelled"],
        "only what has a name is known to be described",
    ),
    (
        "{1c According to} {1s Amnesty International}, {1t a human rights group, inspectors were expelled}.",
        "Amnesty International",
        ["inspectors were expelled"],
        "what a body is",
    ),
    (
        "{1c According to} {1s the Guardian}, {1t the president, who was ill, will resign}.",
        "the Guardian",
        ["the president, who was ill, will resign"],
        "a subject with a relative clause is no apposition",
    ),
    (
        "{1c According to} {1s Reuters}, {1t the president, Vladimir Putin, will resign}.",
        "Reuters",
        ["the president, Vladimir Putin, will resign"],
        "nor is one with a name behind it",
    ),
    (
        "{1c According to} {1s John Kerry}, {1t the negotiators are close, but need time}.",
        "John Kerry",
        ["the negotiators are close, but need time"],
        "a clause has a verb",
    ),
    (
        "{1t Downing of jet a stab in the back}\n{1t Turkish jets shot down a plane}, {1s Ankara} {1c said}.",
        "Ankara",
        ["Turkish jets shot down a plane"],
        "a headline is not what the text below says",
    ),
    (
        "{1s Blair} {1c promises} {1t fresh start with Europe\nTony Blair became prime minister} on Friday.",
        "Blair",
        ["fresh start with Europe"],
        "nor is the text below what a headline says",
    ),
    (
        '{1t Austria refused to follow: "We want to be a bridge,"} {1c said} {1s Karin Kneissl}.',
        "Karin Kneissl",
        ['"We want to be a bridge,"'],
        "what the writer says before a colon is not said",
    ),
    (
        '{1t "We have a motto: "Never again,""} {1s she} {1c said}.',
        "she",
        ['"We have a motto: "Never again,""'],
        "a quotation inside a quotation stays",
    ),
    (
        '{1t "We will go.}\n{1t "We will not come back,"} {1s he} {1c said}.',
        "he",
        ['"We will go.', '"We will not come back,"'],
        "a paragraph that ends like a sentence is said, too",
    ),
]


@pytest.mark.parametrize(("text", "source", "content"), [case[:3] for case in CASES], ids=[case[-1] for case in CASES])
def test_a_content_has_the_edges_of_its_definition(text: str, source: str, content: list[str]) -> None:
    document, attributions = read(text)

    (settled,) = settle_contents(document, attributions, load())

    assert [span.of(document.body) for span in settled.source] == [source]
    assert [span.of(document.body) for span in settled.content] == content
