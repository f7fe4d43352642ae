"""Positions that are reported are statements within statements."""

from __future__ import annotations

import pytest

from streams.attribution.nesting import with_positions, without_performed
from tests.golden.reading import read

CASES = [
    ("{1s Japan} {1c says} {1t it assumes they are alive}.", ["it", "assumes", "they are alive"], "a position"),
    ("{1s He} {1c said} {1t he did not expect an end}.", ["he", "did not expect", "an end"], "one that is denied"),
    ("{1s He} {1c said} {1t they still hope that it ends}.", ["they", "hope", "it ends"], "without the complementiser"),
    ("{1s He} {1c said} {1t South Korea opposes the plan}.", ["South Korea", "opposes", "the plan"], "another's"),
    ("{1s He} {1c said} {1t the full support of all is there}.", None, "a noun"),
    ("{1s He} {1c said} {1t he hopes with all his heart that it ends}.", ["he", "hopes", "it ends"], "an aside"),
    ("{1s He} {1c said} {1t he would go}.", None, "no position"),
    ("{1s He} {1c said} {1t he hopes}.", None, "a position without content"),
    ("{1t He hopes for rain}, {1s she} {1c said}.", None, "only after the cue is it sure who is meant"),
    ("{1s He} {1c said} {1t {2s he} {2c hopes} {2t it ends}}.", None, "one that was found already"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "inner", "because"), CASES, ids=[case[2] for case in CASES])
def test_a_position_in_a_content_is_a_statement_of_its_own(text: str, inner: list[str] | None, because: str) -> None:
    document, attributions = read(text)

    more = [each for each in with_positions(document, attributions) if each not in attributions]

    seen = [[part[0].of(document.body) for part in (each.source, each.cue, each.content)] for each in more]
    assert seen == ([inner] if inner else []), because


PERFORMED = [
    ('{1t "{2s We} {2c urge} {2t Iran to stop},"} {1s she} {1c said}.', [1], "the quotation itself urges"),
    ('{1t "{2s I} {2c regret} {2t the attack},"} {1s she} {1c said}.', [1], "so does a single speaker's"),
    ('{1t "{2s We} {2c urged} {2t Iran to stop},"} {1s she} {1c said}.', [1, 2], "what was done before is told"),
    ('{1t "{2s We} {2c have urged} {2t Iran to stop},"} {1s she} {1c said}.', [1, 2], "also in the perfect"),
    ('{1t "{2s They} {2c urge} {2t Iran to stop},"} {1s she} {1c said}.', [1, 2], "others do it"),
    ("{1s We} {1c urge} {1t Iran to stop}.", [1], "nobody else reports it"),
]


@pytest.mark.parametrize(("text", "kept", "because"), PERFORMED, ids=[case[2] for case in PERFORMED])
def test_a_quotation_that_does_what_it_says_is_one_statement(text: str, kept: list[int], because: str) -> None:
    document, attributions = read(text)

    assert without_performed(document, attributions) == tuple(attributions[n - 1] for n in kept), because
