"""The OpenAPI 3.1 document of everything under ``/api``, from the models of the contract.

``python -m streams.web.openapi`` brings ``schemas/published/openapi.json`` up to date.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from schemas.publish import FOLDER
from streams.web.contract import ENDPOINTS, Endpoint, ErrorAnswer
from streams.web.questions import Question

FILE = FOLDER / "openapi.json"

_VERSION = "1"
_REFERENCE = "#/components/schemas/{model}"
_MEANING = {400: "The question is wrong.", 404: "There is no such thing.", 503: "Not now; try again in a moment."}
_PATH_PARAMETERS = {
    "article_id": "The article's id.",
    "letter_id": "Where the dead letter stands on its topic: `partition:offset`.",
}


def document() -> dict[str, Any]:
    """The document; the same at every call."""
    answers: list[type[BaseModel]] = [each.answer for each in ENDPOINTS.values() if each.answer] + [ErrorAnswer]
    modes: list[tuple[type[BaseModel], Any]] = [(answer, "serialization") for answer in answers]
    _, schemas = models_json_schema(modes, ref_template=_REFERENCE)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "diplomatic-statements",
            "version": _VERSION,
            "summary": "Who says what in the world's diplomacy: what a worker's page is made of.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "Any worker; all answer alike."}],
        "paths": {each.path: {"get": _operation(name, each)} for name, each in ENDPOINTS.items()},
        "components": {"schemas": schemas["$defs"]},
    }


def _operation(name: str, endpoint: Endpoint) -> dict[str, Any]:
    in_path = re.findall(r"\{(\w+)\}", endpoint.path)
    return {
        "operationId": name,
        "summary": endpoint.summary,
        "parameters": [
            {
                "name": parameter,
                "in": "path",
                "required": True,
                "description": _PATH_PARAMETERS[parameter],
                "schema": {"type": "string"},
            }
            for parameter in in_path
        ]
        + _parameters(endpoint.question),
        "responses": {"200": _answer(endpoint), **{str(status): _error(status) for status in endpoint.errors}},
    }


def _parameters(question: type[Question]) -> list[dict[str, Any]]:
    properties = question.model_json_schema(mode="validation", ref_template=_REFERENCE).get("properties", {})
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": schema.pop("description"),
            "schema": {key: value for key, value in schema.items() if key != "title"},
        }
        for name, schema in properties.items()
    ]


def _answer(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.answer is None:
        schema: dict[str, Any] = {"text/event-stream": {"schema": {"type": "string"}}}
        return {"description": "Events until one side ends it.", "content": schema}
    return {
        "description": (endpoint.answer.__doc__ or "").strip(),
        "content": {"application/json": {"schema": {"$ref": _REFERENCE.format(model=endpoint.answer.__name__)}}},
    }


def _error(status: int) -> dict[str, Any]:
    schema = {"$ref": _REFERENCE.format(model=ErrorAnswer.__name__)}
    return {"description": _MEANING[status], "content": {"application/json": {"schema": schema}}}


def text() -> str:
    """The published file's text."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def publish(file: Path = FILE) -> bool:
    """Brings ``file`` up to date; whether it had to be written."""
    wanted = text()
    if file.is_file() and file.read_text(encoding="utf-8") == wanted:
        return False
    file.write_text(wanted, encoding="utf-8")
    return True


if __name__ == "__main__" and publish():
    sys.stdout.write("schemas/published/openapi.json\n")
