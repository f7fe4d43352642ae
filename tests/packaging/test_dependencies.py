"""The audit of dependencies: what is found fails, what cannot be asked is said; and licences are looked at."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from runpy import run_path

import pytest

ROOT = Path(__file__).parents[2]
AUDIT = ROOT / ".ci" / "audit.py"
CLEAN = {"name": "click", "version": "8.3.3", "vulns": []}
BAD = {"name": "aiohttp", "version": "3.1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.2"]}]}
SKIPPED = {"name": "click", "skip_reason": "Dependency not found on PyPI and could not be audited: click (8.3.3)"}


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text(
        "click==8.3.3 \\\n    --hash=sha256:00\naiohttp==3.1 ; sys_platform == 'linux' \\\n    --hash=sha256:00\n"
    )
    return path


def audited(lock: Path, answers: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[list[str]]]:
    """The exit status where pip-audit answers so, and what it was asked for each time."""
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(Path(command[command.index("--requirement") + 1]).read_text().split())
        return subprocess.CompletedProcess(command, 0, answers[len(asked) - 1], "ERROR: no route to host")

    main = run_path(str(AUDIT))["main"]
    monkeypatch.setattr(subprocess, "run", run)
    return main(lock), asked


def answer(*packages: dict[str, object]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_a_known_vulnerability_fails_and_is_named(
    lock: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, asked = audited(lock, [answer(CLEAN), answer(CLEAN, BAD)], monkeypatch)
    assert (status, asked) == (1, [["click==8.3.3"], ["click==8.3.3", "aiohttp==3.1"]])
    assert capsys.readouterr().out == "aiohttp 3.1: PYSEC-1 (mended in 3.2)\n"


@pytest.mark.parametrize("silence", [answer(SKIPPED), "", "[]", "<html>"])
def test_a_service_that_does_not_answer_is_told_of_and_asked_once(
    silence: str, lock: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, asked = audited(lock, [silence], monkeypatch)
    assert (status, len(asked)) == (0, 1)
    assert "not audited, for no service for vulnerabilities answers here" in capsys.readouterr().out


def test_what_is_sound_passes_and_what_was_not_known_is_counted(
    lock: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audited(lock, [answer(CLEAN), answer(CLEAN, SKIPPED)], monkeypatch)[0] == 0
    assert capsys.readouterr().out.endswith("no vulnerability is known of 1 of 2 packages\n")


def test_a_licence_that_nobody_has_agreed_to_fails() -> None:
    command = [sys.executable, "-m", "piplicenses", "--packages", "click"]
    agreed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (agreed.returncode, "click" in agreed.stdout) == (0, True)
    refused = subprocess.run([*command, "--allow-only", "MIT"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
