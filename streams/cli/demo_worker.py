"""The worker of the demo: a process of its own, as it would be anywhere."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from streams.errors import StatementsError
from streams.pipeline.settings import PREFIX

_STARTS_WITHIN = 90.0
_ENDS_WITHIN = 15.0
_LOOK = 0.1


class Worker:
    """A worker's process and what it writes on standard error."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, port: int) -> None:
        self._process = process
        self._log = log
        self._port = port

    async def ready(self) -> None:
        """Returns when its page answers. Raises StatementsError when that takes too long."""
        deadline = asyncio.get_running_loop().time() + _STARTS_WITHIN
        while asyncio.get_running_loop().time() < deadline:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self._port)
            except OSError:
                await asyncio.sleep(_LOOK)
            else:
                writer.close()
                await writer.wait_closed()
                return
        raise StatementsError(f"the worker does not answer after {_STARTS_WITHIN:.0f} s: {self._last_words()}")

    async def ended(self) -> None:
        """Returns never; raises StatementsError when the process has ended by itself."""
        while self._process.poll() is None:
            await asyncio.sleep(_LOOK)
        raise StatementsError(f"the worker ended with status {self._process.returncode}: {self._last_words()}")

    def stop(self) -> None:
        """Asks it to end, and ends it if it does not."""
        self._process.terminate()
        try:
            self._process.wait(_ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _last_words(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


@contextmanager
def worker(chosen: Mapping[str, object]) -> Iterator[Worker]:
    """A worker with these settings over those of the environment, from now until the end."""
    environment = os.environ | {f"{PREFIX}{name.upper()}": str(value) for name, value in chosen.items()}
    with tempfile.TemporaryDirectory() as folder:
        environment[f"{PREFIX}DATA_FOLDER"] = folder
        log = Path(folder) / "worker.log"
        with log.open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "streams", "worker"],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        running = Worker(process, log, int(str(chosen["web_port"])))
        try:
            yield running
        finally:
            running.stop()


def free_port(wanted: int) -> int:
    """``wanted`` on loopback if nobody listens there, else any that is free."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise StatementsError("no port is free for the page")
