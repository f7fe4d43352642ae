"""Quotations that the page's layout gives to their speaker."""

from __future__ import annotations

import pytest

from streams.attribution.layout import by_layout
from tests.golden.reading import read

CASES = [
    ('{1t "We go."} - Jane Ingram, a nurse', "Jane Ingram", "-", "a credit after a dash"),
    ("{1t “We go.”} ― Ali al-Khan", "Ali al-Khan", "-", "a horizontal bar, a particle in the name"),
    ('{1t "We go."} - and so they went', "-", "-", "no name after the dash"),
    ('He left. Mr. Khan stated,\n{1t "We go."}', "Mr. Khan", "stated", "a line that leads on to the next paragraph"),
    ('The envoy has replied on his page:\n{1t "We go."}', "The envoy", "has replied", "words between cue and colon"),
    ('The envoy has replied.\n{1t "We go."}', "-", "-", "a line that is closed"),
    ('The envoy went home and later said:\n{1t "We go."}', "-", "-", "more than a subject before the verb"),
    ('The envoy has two aims:\n{1t "We go."}', "-", "-", "no verb of speech"),
    ('{2s The envoy} {2c stated}, {2t it rained}:\n{1t "We go."}', "-", "-", "it leads on to its own content"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "because"), CASES, ids=[case[3] for case in CASES])
def test_a_quotation_goes_to_whom_the_layout_gives_it(text: str, source: str, cue: str, because: str) -> None:
    document, attributions = read(text)

    quotation = by_layout(document, attributions)[0]

    seen = [" ".join(span.of(document.body) for span in part) or "-" for part in (quotation.source, quotation.cue)]
    assert seen == [source, cue], because


def test_a_cue_that_leads_on_to_a_quotation_says_nothing_else() -> None:
    document, attributions = read('{1t It rained}. {1s Mr. Khan} {1c stated},\n{2t "We go."}')

    (quotation,) = by_layout(document, attributions)

    assert [span.of(document.body) for span in quotation.content] == ['"We go."']
