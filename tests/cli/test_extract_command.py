"""`extract` with the model and the knowledge that ship, on the articles that ship: the contract, not the quality."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest

import seeds
from schemas.statement import PLOVER_AND_CAMEO, Kind, Resolution, SpeakerKind
from streams.cli.main import status

FOLDER = Path(seeds.__file__).parent / "articles"
TEXTS = sorted(FOLDER.glob("*.txt"))


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    """What `extract` prints for all five texts."""
    with pytest.MonkeyPatch.context() as patch:
        lines: list[bytes] = []
        patch.setattr("streams.cli.extract.click.echo", lines.append)
        assert status(["extract", "--date", "2004-12-17", *map(str, TEXTS)]) == 0
    return [json.loads(line) for line in lines]


def test_every_file_has_statements_in_the_order_of_the_files_and_of_their_texts(rows: list[dict[str, Any]]) -> None:
    places = [(row["article"], row["content"][0]["start"]) for row in rows]
    assert places == sorted(places)
    assert {name for name, _ in places} == {path.name for path in TEXTS}


def test_every_span_is_the_text_that_stands_there(rows: list[dict[str, Any]]) -> None:
    bodies = {path.name: path.read_bytes().decode() for path in TEXTS}
    for row in rows:
        for span in (*row["source"], *row["cue"], *row["content"]):
            assert bodies[row["article"]][span["start"] : span["end"]] == span["text"]


def test_every_value_is_one_of_the_contract_s(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert row["kind"] in get_args(Kind)
        assert (row["plover"], row["cameo"]) == PLOVER_AND_CAMEO[row["act"]]
        assert 0 <= row["confidence"] <= 1
        for speaker in row["speakers"]:
            assert speaker["kind"] in get_args(SpeakerKind)
            assert speaker["resolution"] in get_args(Resolution)


def test_ids_are_of_one_statement_each_and_who_reports_is_there(rows: list[dict[str, Any]]) -> None:
    ids = [row["statement_id"] for row in rows]
    assert len(set(ids)) == len(ids)
    assert {row["reported_by"] for row in rows} <= {None, *ids}
