"""The libraries that the page brings along: unchanged, and with their licences."""

from __future__ import annotations

import hashlib
import re

from streams.web.files import STATIC

VENDORED = STATIC / "vendor"


def test_every_vendored_file_is_the_one_that_is_written_down() -> None:
    rows = re.findall(
        r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", (VENDORED / "VERSIONS.md").read_text(), re.MULTILINE
    )
    there = {
        f"{folder.name}/{file.name}": hashlib.sha256(file.read_bytes()).hexdigest()
        for folder in VENDORED.iterdir()
        if folder.is_dir()
        for file in folder.iterdir()
        if file.name != "LICENSE.txt"
    }
    assert dict(rows) == there


def test_every_library_has_its_licence_beside_it() -> None:
    folders = [folder for folder in VENDORED.iterdir() if folder.is_dir()]
    assert folders
    for folder in folders:
        assert "Copyright" in (folder / "LICENSE.txt").read_text(encoding="utf-8")
