"""Writes the reference for people: every command's help and every setting.

``python -m streams.cli.reference`` brings ``docs/commands.md`` and ``docs/settings.md`` up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from streams.cli.main import cli
from streams.pipeline.settings import PREFIX, Settings

FOLDER = Path(__file__).parents[2] / "docs"

_WIDTH = 100
_GENERATED = "<!-- Written by `make docs`; changes belong into the code. -->\n"


def commands() -> str:
    """``docs/commands.md``."""
    parts = [f"# Commands\n\n{_GENERATED}"]
    parts += [f"## {path}\n\n```text\n{text}\n```\n" for path, text in _helps(cli, "statements", None)]
    return "\n".join(parts)


def _helps(command: click.Command, path: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    name = path.rsplit(" ", 1)[-1]
    context = click.Context(command, info_name=name, parent=parent, terminal_width=_WIDTH, **command.context_settings)
    yield path, command.get_help(context).rstrip()
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _helps(inner, f"{path} {name}", context)


def settings() -> str:
    """``docs/settings.md``."""
    rows = [f"| `{PREFIX}{name.upper()}` | {_default(field)} | {_meaning(field)} |\n" for name, field in _fields()]
    return f"""# Settings

{_GENERATED}
From the environment or from a file `.env` in the current folder; the environment goes first, a command's option before
both. What is wrong is told at the start, by its name.

| variable | default | meaning |
|---|---|---|
{"".join(rows)}"""


def _fields() -> Iterator[tuple[str, FieldInfo]]:
    return iter(Settings.model_fields.items())


def _default(field: FieldInfo) -> str:
    value: Any = field.default
    if value is None or value is PydanticUndefined or value == "":
        return ""
    shown = ",".join(value) if isinstance(value, tuple) else str(value).lower() if isinstance(value, bool) else value
    return f"`{shown}`"


def _meaning(field: FieldInfo) -> str:
    values = [str(value) for value in get_args(field.annotation) if isinstance(value, str)]
    choice = f"One of {', '.join(f'`{value}`' for value in values)}." if values else ""
    return " ".join(part for part in (field.description, choice) if part)


def documents() -> dict[str, str]:
    """Every file's text by its name."""
    return {"commands.md": commands(), "settings.md": settings()}


def stale(folder: Path = FOLDER) -> list[str]:
    """Names of the files in ``folder`` that are not what ``documents`` says."""
    there = {name: folder / name for name in documents()}
    return [
        name
        for name, text in documents().items()
        if not there[name].is_file() or there[name].read_text(encoding="utf-8") != text
    ]


if __name__ == "__main__":
    for changed in stale():
        (FOLDER / changed).write_text(documents()[changed], encoding="utf-8")
        sys.stdout.write(f"docs/{changed}\n")
