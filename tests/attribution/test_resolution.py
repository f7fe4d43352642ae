"""Who speaks: the golden table of sources, and what has to hold for all of them."""

from __future__ import annotations

import pytest

from streams.attribution.entities import entities
from streams.attribution.resolution import speakers
from streams.knowledge import load
from tests.golden.reading import Case, parameters, table


def expected(cell: str) -> tuple[str | None, ...]:
    """Name, kind, country, resolution and, where it is given, role of a cell of the table."""
    return tuple(None if value == "-" else value for value in cell.split(";"))


@pytest.mark.parametrize("case", parameters(table("resolution")))
def test_a_source_has_its_speakers(case: Case) -> None:
    knowledge = load()
    found = speakers(case.document, case.attributions, entities(case.document, knowledge), knowledge)
    wanted = [expected(cell) for cell in case.row["speakers"]]
    here = found[case.row.get("statement", 1) - 1]
    assert [
        (one.name, one.kind, one.country, one.resolution, one.role)[: len(fields)]
        for one, fields in zip(here, [*wanted, *[wanted[-1]] * len(here)], strict=False)
    ] == wanted
