"""Writes the contract for other programs: a JSON Schema a message and one AsyncAPI document.

``python -m schemas.publish`` brings ``schemas/published`` up to date.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import JsonSchemaMode

from schemas.base import SCHEMA_VERSION, Message
from schemas.channels import CHANNELS, Channel
from schemas.wire import RECORDED

FOLDER = Path(__file__).parent / "published"

ELSEWHERE = frozenset({"openapi.json"})
"""Published beside them, and written by others: the API is no part of the topics' contract."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_HEADERS: dict[str, Any] = {
    "type": "object",
    "description": "CloudEvents 1.0 attributes, Kafka binding, binary mode. Values are UTF-8.",
    "required": ["ce_specversion", "ce_id", "ce_source", "ce_type", "content-type"],
    "properties": {
        "ce_specversion": {"type": "string", "const": "1.0"},
        "ce_id": {"type": "string", "minLength": 1, "description": "The same at every repetition of the event."},
        "ce_source": {"type": "string", "format": "uri-reference"},
        "ce_type": {"type": "string"},
        "ce_time": {
            "type": "string",
            "format": "date-time",
            "description": "The article's own time, where it has one.",
        },
        RECORDED: {
            "type": "string",
            "format": "date-time",
            "description": "When the article was written to its topic, by the broker's or its writer's clock.",
        },
        "content-type": {"type": "string", "const": "application/json"},
    },
}


def _stem(model: type[Message]) -> str:
    return model.TYPE.rsplit(".", 1)[-1]


def json_schema(model: type[Message], mode: JsonSchemaMode) -> dict[str, Any]:
    """The schema of ``model``'s JSON: of what is taken ("validation") or of what is emitted ("serialization")."""
    schema = model.model_json_schema(mode=mode)
    return {"$schema": _DIALECT, "$id": f"urn:{model.TYPE.replace('.', ':')}:{SCHEMA_VERSION}", **schema}


def _mode(channel: Channel) -> JsonSchemaMode:
    return "validation" if channel.incoming else "serialization"


def asyncapi() -> dict[str, Any]:
    """The AsyncAPI 3.0 document of all topics; payloads refer to the schema files beside it."""
    models = {channel.message: _stem(channel.message) for channel in CHANNELS}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "diplomatic-statements",
            "version": SCHEMA_VERSION,
            "description": "Who said what in the world's diplomacy, as it is published. "
            "A topic prefix, if one is set, stands before every address.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {
            channel.name: {
                "address": channel.name,
                "description": channel.purpose,
                "messages": {models[channel.message]: {"$ref": f"#/components/messages/{models[channel.message]}"}},
                "bindings": {"kafka": {"topic": channel.name}},
            }
            for channel in CHANNELS
        },
        "operations": {
            f"{'read' if channel.incoming else 'write'}:{channel.name}": {
                "action": "receive" if channel.incoming else "send",
                "channel": {"$ref": f"#/channels/{channel.name}"},
                "summary": f"{channel.purpose} Key: {channel.key}.",
            }
            for channel in CHANNELS
        },
        "components": {
            "messages": {
                stem: {
                    "name": model.TYPE,
                    "title": model.__name__,
                    "summary": (model.__doc__ or "").strip().splitlines()[0],
                    "contentType": "application/json",
                    "headers": {"$ref": "#/components/schemas/headers"},
                    "payload": {
                        "schemaFormat": f"application/schema+json;version={_DIALECT}",
                        "schema": {"$ref": f"./{stem}.json"},
                    },
                }
                for model, stem in models.items()
            },
            "schemas": {"headers": _HEADERS},
        },
    }


def documents() -> dict[str, str]:
    """Every published file's text by its name."""
    schemas = {f"{_stem(channel.message)}.json": json_schema(channel.message, _mode(channel)) for channel in CHANNELS}
    texts = {**schemas, "asyncapi.json": asyncapi()}
    return {name: json.dumps(content, indent=2, ensure_ascii=False) + "\n" for name, content in texts.items()}


def stale(folder: Path = FOLDER) -> list[str]:
    """Names of the files in ``folder`` that are not what ``documents`` says, or that it does not know."""
    wanted = documents()
    files = (path for path in folder.glob("*.json") if path.name not in ELSEWHERE)
    there = {path.name: path.read_text(encoding="utf-8") for path in files}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def publish(folder: Path = FOLDER) -> list[str]:
    """Brings ``folder`` up to date and returns the names of the files that it wrote or removed."""
    folder.mkdir(exist_ok=True)
    changed, wanted = stale(folder), documents()
    for name in changed:
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return changed


if __name__ == "__main__":
    for name in publish():
        sys.stdout.write(f"schemas/published/{name}\n")
