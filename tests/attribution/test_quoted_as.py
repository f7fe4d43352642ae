"""Who speaks where somebody is quoted as saying something."""

from __future__ import annotations

import pytest

from streams.attribution.quoted_as import settle_quoted
from tests.golden.reading import read

CASES = [
    (
        "{1s The minister} {1c was quoted} as {2c saying} {1t,2t peace was near}. {2s Bern} left.",
        [("The minister", ["was quoted as saying"], ["peace was near"])],
        "one statement with one cue",
    ),
    (
        "{1t Iran's envoy, Ali Khan}, {1c was quoted} by {1s Fars} on Friday as {2c saying} {2t a team would come}.",
        [("Iran's envoy, Ali Khan", ["was quoted", "as saying"], ["a team would come"])],
        "the agency that quotes him does not speak",
    ),
    (
        "{1s The envoy} {1c was cited} by Tass {1t as saying no}.",
        [("The envoy", ["was cited", "as saying"], ["no"])],
        "the tagger saw the first cue only",
    ),
    (
        "{1s,2s The communique} {1c quoted} {1t him as {2c saying} {2t peace was near}}.",
        [("The communique", ["quoted"], ["him as saying peace was near"]), ("him", ["saying"], ["peace was near"])],
        "what is quoted is said by whoever is quoted",
    ),
    (
        '{1t "No,"} {1s the agency} {1c quoted} {1t the government} as saying.',
        [("the agency", ["quoted"], ['"No,"']), ("the government", ["saying"], ['"No,"'])],
        "what stands before is said by whoever is quoted, too",
    ),
    (
        "{1s Bern} {1c quoted} {1t a law}. It went, {2c saying} {2t no}.",
        [("Bern", ["quoted"], ["a law"]), ("", ["saying"], ["no"])],
        "another sentence is another statement",
    ),
]


@pytest.mark.parametrize(("marked", "expected", "because"), CASES, ids=[case[-1] for case in CASES])
def test_whoever_is_quoted_speaks(marked: str, expected: list[tuple[str, list[str], list[str]]], because: str) -> None:
    document, attributions = read(marked)

    settled = settle_quoted(document, attributions)

    found = [
        (
            " ".join(span.of(document.body) for span in one.source),
            [span.of(document.body) for span in one.cue],
            [span.of(document.body) for span in one.content],
        )
        for one in settled
    ]
    assert found == expected, because
