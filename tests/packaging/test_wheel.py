"""What is installed when the project is: all of it, wherever it is installed from."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("schemas", "seeds", "streams")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's contents."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def test_every_file_of_the_packages_is_in_the_wheel(installed: Path) -> None:
    wanted = {
        path.relative_to(ROOT)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert wanted == {path for path in wanted if (installed / path).is_file()}


def test_the_wheel_brings_nothing_that_is_not_the_project_s(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")} == set(PACKAGES)


def test_the_seeds_are_found_where_the_project_was_installed(installed: Path) -> None:
    code = "import seeds; from streams.cli.seeds import seed_articles as s; print(seeds.__file__); print(len(s()))"
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=installed, env={"PYTHONPATH": str(installed)}, capture_output=True, check=True
    )
    path, count = told.stdout.decode().split()
    assert Path(path).is_relative_to(installed)
    assert count == "20"
