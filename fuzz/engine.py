"""One target under atheris: ``python -m fuzz.engine TARGET [libFuzzer's options]``. Ends with the process."""

from __future__ import annotations

import sys

import atheris

# What is imported here is watched, so that inputs are kept which reach lines and branches that none did before.
with atheris.instrument_imports(include=["schemas", "streams.attribution", "streams.knowledge", "streams.pipeline"]):
    from fuzz.targets import TARGETS


def main(arguments: list[str]) -> None:
    """Fuzzes the target that the first of ``arguments`` names."""
    target = TARGETS[arguments[0]]

    def run(data: bytes) -> None:
        target.run(data)

    # What is loaded with the first input must not count against it.
    for seed in target.seeds()[:1]:
        target.run(seed)
    atheris.Setup([sys.argv[0], *arguments[1:]], run)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
