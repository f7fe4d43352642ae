"""What an as-clause claims: the golden table."""

from __future__ import annotations

import pytest

from streams.attribution.as_clauses import settle_as_clauses
from tests.golden.reading import Case, parameters, read, table


@pytest.mark.parametrize("case", parameters(table("as_clauses")))
def test_an_as_clause_claims_the_clause_before_it(case: Case) -> None:
    document, expected = read(case.row["settled"])
    assert document.body == case.document.body
    assert settle_as_clauses(case.document, case.attributions) == expected
