"""Imports point one way, and the core stays pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# From the ground up; a room may import its own floor and those below.
FLOORS = (
    ("schemas",),
    ("streams.errors", "streams.attribution", "streams.knowledge", "streams.broker"),
    ("streams.evaluation", "streams.pipeline"),
    ("streams.web",),
    ("streams.worker", "streams.cli", "streams.__main__"),
)
PURE = ("schemas", "streams.attribution")
IMPURE = {
    "faust",
    "mode",
    "aiokafka",
    "confluent_kafka",
    "asyncio",
    "time",
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "os",
}


def modules() -> Iterator[tuple[str, Path]]:
    for package in ("schemas", "streams"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path


MODULES = dict(modules())


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports name their module in full"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES else str(node.module)


def within(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def floor(module: str) -> int | None:
    return next((level for level, rooms in enumerate(FLOORS) if any(within(module, room) for room in rooms)), None)


@pytest.mark.parametrize("module", [name for name in MODULES if name != "streams"])
def test_a_module_stands_on_a_floor_and_imports_nothing_from_above(module: str) -> None:
    own = floor(module)
    assert own is not None, f"{module} is in no room of the house"
    ours = [name for name in imported(MODULES[module]) if name.split(".")[0] in ("schemas", "streams")]
    above = [name for name in ours if (level := floor(name)) is None or level > own]
    assert not above, f"{module} imports {above}"


@pytest.mark.parametrize("module", [name for name in MODULES if any(within(name, room) for room in PURE)])
def test_the_core_knows_no_clock_no_socket_and_no_event_loop(module: str) -> None:
    found = {name for name in imported(MODULES[module]) if name in IMPURE or name.split(".")[0] in IMPURE}
    assert not found


def test_nothing_but_the_root_makes_an_app() -> None:
    for module, path in MODULES.items():
        if module != "streams.pipeline.app":
            calls = [
                node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
            ]
            assert not [call for call in calls if ast.unparse(call.func) in ("faust.App", "StatementsApp")], module
