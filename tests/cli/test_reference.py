"""The reference says what the code says."""

from __future__ import annotations

from pathlib import Path

from streams.cli import reference
from streams.cli.main import SECTIONS
from streams.pipeline.settings import Settings


def test_the_reference_is_up_to_date() -> None:
    assert reference.stale() == [], "run `make docs`"


def test_a_file_that_is_missing_or_old_is_stale(tmp_path: Path) -> None:
    (tmp_path / "commands.md").write_text("old", encoding="utf-8")
    assert reference.stale(tmp_path) == ["commands.md", "settings.md"]


def test_every_command_and_every_setting_is_in_it() -> None:
    assert all(f"\n## statements {name}\n" in reference.commands() for names in SECTIONS.values() for name in names)
    assert reference.settings().count("| `STATEMENTS_") == len(Settings.model_fields)
