"""``python -m fuzz``: every target under atheris, one after the other, with the counts of what was tried."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import click

from fuzz.targets import TARGETS

_SECONDS = 60
"""What one input may take before it counts as hanging; generous, for the clock runs on while others compute."""
_DONE = re.compile(r"Done (\d+) (?:runs )?in (\d+) second")
_COVERED = re.compile(r"cov: (\d+)")


@click.command()
@click.option("--target", "names", multiple=True, type=click.Choice(list(TARGETS)), help="Only this one; repeatable.")
@click.option("--share", type=float, default=1.0, show_default=True, help="How much of a full run's inputs.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the random choices.")
@click.option("--keep", type=click.Path(path_type=Path), help="Folder for inputs that reached something new, kept.")
def main(names: tuple[str, ...], share: float, seed: int, keep: Path | None) -> None:
    """Fuzz decoding and extraction; ends with status 1, and the input, where one crashes, hangs or does not hold."""
    if find_spec("atheris") is None:
        click.echo("atheris is not here (it runs on Linux only): nothing was fuzzed by coverage")
        return
    total = 0
    for name in names or TARGETS:
        total += _fuzzed(name, max(1, round(TARGETS[name].inputs * share)), seed, keep)
    click.echo(f"{total} inputs in all: no crash, no hang, nothing that did not hold")


def _fuzzed(name: str, inputs: int, seed: int, keep: Path | None) -> int:
    """How many inputs were tried. Exits where one fails."""
    target = TARGETS[name]
    with tempfile.TemporaryDirectory() as folder:
        seeds, found = Path(folder, "seeds"), keep / name if keep else Path(folder, "found")
        for path in (seeds, found):
            path.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(target.seeds()):
            (seeds / str(number)).write_bytes(data[: target.longest])
        options = [f"-runs={inputs}", f"-seed={seed}", f"-timeout={_SECONDS}", f"-max_len={target.longest}",
                   "-rss_limit_mb=4096", f"-dict={Path(__file__).with_name('words.dict')}",
                   f"-artifact_prefix={Path.cwd()}/fuzz-"]  # fmt: skip
        command = [sys.executable, "-m", "fuzz.engine", name, *options, str(found), str(seeds)]
        ended = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    told = ended.stdout + ended.stderr
    done, covered = _DONE.search(told), _COVERED.findall(told)
    if ended.returncode != 0 or done is None:
        click.echo(ended.stdout[-3_000:], err=True)
        click.echo(f"{name}: failed; the input stands in a file fuzz-*", err=True)
        sys.exit(1)
    click.echo(f"{name}: {done[1]} inputs in {done[2]} s, {covered[-1] if covered else 0} branches reached")
    return int(done[1])


if __name__ == "__main__":
    main()
