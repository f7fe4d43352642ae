"""Known vulnerabilities of what a lock file names: ``python .ci/audit.py requirements.lock``.

Ends with status 1 where one is found. Where the service that knows them does not answer, as behind many a mirror, it
says so and goes on; it is asked for one package first, and for the others only if it knew that one.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PIN = re.compile(r"^[A-Za-z0-9][\w.-]*==[^\s;]+", re.MULTILINE)
_WITHIN = 600.0


def report(requirements: Path) -> dict[str, Any] | str:
    """What pip-audit tells of ``requirements``, or why it tells nothing."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(requirements), "--disable-pip", "--no-deps",
               "--format", "json", "--progress-spinner", "off", "--timeout", "10"]  # fmt: skip
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=_WITHIN, check=False)
        found = json.loads(ended.stdout)
    except subprocess.TimeoutExpired:
        return f"no answer within {_WITHIN:.0f} s"
    except ValueError:
        return (ended.stderr.strip().splitlines() or ["no reason given"])[-1][:200]
    return found if isinstance(found, dict) else "an answer of another form"


def vulnerabilities(found: dict[str, Any]) -> Iterator[str]:
    """A line for each vulnerability."""
    for package in found.get("dependencies", ()):
        for each in package.get("vulns", ()):
            fixed = ", ".join(each.get("fix_versions", ())) or "no version"
            yield f"{package['name']} {package['version']}: {each['id']} (mended in {fixed})"


def unknown(found: dict[str, Any]) -> list[str]:
    """The packages that the service told nothing of."""
    return [package["name"] for package in found.get("dependencies", ()) if "skip_reason" in package]


def main(lock: Path) -> int:
    """The exit status."""
    pins = _PIN.findall(lock.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for asked in (pins[:1], pins):
            requirements = Path(folder, "requirements.txt")
            requirements.write_text("\n".join(asked) + "\n", encoding="utf-8")
            found = report(requirements)
            if isinstance(found, str) or len(unknown(found)) == len(asked):
                why = found if isinstance(found, str) else f"it knows nothing of {asked[0]}"
                print(f"{lock}: not audited, for no service for vulnerabilities answers here: {why}")
                return 0
            if lines := list(vulnerabilities(found)):
                print("\n".join(lines))
                return 1
    told = len(pins) - len(unknown(found))
    print(f"{lock}: no vulnerability is known of {told} of {len(pins)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
