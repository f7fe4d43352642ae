"""The published description of the API: up to date, and true of what is answered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import jsonschema
import pytest

from schemas.dead_letter import DeadLetter
from streams.web.contract import ENDPOINTS
from streams.web.feed import Feed
from streams.web.letters import opened
from streams.web.openapi import FILE, document, text
from tests.cli.examples import statement
from tests.web.conftest import Client
from tests.web.digests import NOW, Digests, digest, spoken
from tests.web.test_picture import kept

DOCUMENT = document()


def schema(name: str) -> dict[str, Any]:
    """The schema of an endpoint's answer, with what it refers to."""
    answer = DOCUMENT["paths"][ENDPOINTS[name].path]["get"]["responses"]["200"]
    return {**answer["content"]["application/json"]["schema"], "components": DOCUMENT["components"]}


def test_the_published_file_is_what_the_models_say() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "run: make docs"


def references(node: Any) -> list[str]:
    if isinstance(node, list):
        return [found for item in node for found in references(item)]
    if not isinstance(node, dict):
        return []
    own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
    return own + [found for item in node.values() for found in references(item)]


def test_every_reference_leads_somewhere_and_every_schema_is_one() -> None:
    names = {reference.removeprefix("#/components/schemas/") for reference in references(DOCUMENT)}
    assert names <= DOCUMENT["components"]["schemas"].keys()
    for each in DOCUMENT["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(each)


def test_every_parameter_of_a_path_is_told_and_every_one_has_words() -> None:
    for path, operations in DOCUMENT["paths"].items():
        parameters = operations["get"]["parameters"]
        assert {f"{{{each['name']}}}" in path for each in parameters if each["in"] == "path"} <= {True}
        assert path.count("{") == sum(each["in"] == "path" for each in parameters)
        assert all(each["description"] for each in parameters)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("statements", "/api/statements"),
        ("picture", "/api/picture?window=all"),
        ("health", "/api/health"),
        ("dead_letters", "/api/dead-letters"),
        ("countries", "/api/countries"),
    ],
)
async def test_what_is_answered_is_what_is_described(
    name: str, address: str, client: Client, feed: Feed, digests: Digests
) -> None:
    feed.add(statement(), 0, 0, datetime.now(UTC))
    digests.put(digest("a", spoken("JPN", "PRK")))
    async with kept(digests):
        answer = await client.get(address)
        assert answer.status == 200
        jsonschema.validate(await answer.json(), schema(name))


async def test_a_refusal_is_what_is_described(client: Client) -> None:
    refused = await (await client.get("/api/picture?window=week")).json()
    jsonschema.validate(refused, DOCUMENT["components"]["schemas"]["ErrorAnswer"])


def test_an_opened_dead_letter_is_what_is_described() -> None:
    letter = DeadLetter.of(
        reason="not_utf8", stage="sentences", error="byte 1", topic="news.articles", partition=1, offset=5,
        key=b"\xff", headers=[("trace", b"1"), ("none", None)], value=b"a\xe9" * 3_000,
    )  # fmt: skip
    found = opened(letter, 0, 17, NOW).model_dump(mode="json")
    jsonschema.validate(found, schema("dead_letter"))
    assert (found["id"], found["size"], found["text"], found["truncated"]) == ("0:17", 6_000, None, True)
    assert (found["key"], found["headers"], found["hex"][:8]) == ("\\xff", [["trace", "1"], ["none", None]], "61e961e9")


async def test_the_document_is_served(client: Client) -> None:
    assert await (await client.get("/api/openapi.json")).json() == DOCUMENT
