"""The checked-in contract: up to date, valid, and what the messages keep."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import orjson
import pytest

from schemas.channels import CHANNELS
from schemas.publish import FOLDER, documents, stale
from schemas.wire import encode
from tests.schemas.test_wire import ARTICLE, DEAD_LETTER, SENTENCES

ASYNCAPI = json.loads((FOLDER / "asyncapi.json").read_text(encoding="utf-8"))
SCHEMAS = sorted(name for name in documents() if name != "asyncapi.json")


def published(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


def test_the_published_files_are_what_the_models_say() -> None:
    assert stale() == [], "run: python -m schemas.publish"


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_published_schema_is_a_json_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(published(name))


@pytest.mark.parametrize(
    ("name", "message"), [("article", ARTICLE), ("sentences", SENTENCES), ("dead-letter", DEAD_LETTER)]
)
def test_what_is_emitted_keeps_the_published_schema(name: str, message: Any) -> None:
    jsonschema.validate(orjson.loads(encode(message)[0]), published(f"{name}.json"))


def test_an_article_may_have_more_fields_and_sentences_may_not() -> None:
    jsonschema.validate({"body": "x", "more": 1}, published("article.json"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**orjson.loads(encode(SENTENCES)[0]), "more": 1}, published("sentences.json"))


def references(node: Any) -> list[str]:
    if isinstance(node, list):
        return [found for item in node for found in references(item)]
    if not isinstance(node, dict):
        return []
    own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
    return own + [found for item in node.values() for found in references(item)]


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    assert references(ASYNCAPI)
    for reference in references(ASYNCAPI):
        if reference.startswith("./"):
            assert (FOLDER / reference).is_file()
            continue
        node = ASYNCAPI
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]


def test_the_asyncapi_document_names_every_topic_with_its_direction() -> None:
    assert ASYNCAPI["asyncapi"] == "3.0.0"
    assert {channel["address"] for channel in ASYNCAPI["channels"].values()} == {channel.name for channel in CHANNELS}
    actions = {operation["channel"]["$ref"]: operation["action"] for operation in ASYNCAPI["operations"].values()}
    assert actions.pop("#/channels/news.articles") == "receive"
    assert set(actions.values()) == {"send"}
