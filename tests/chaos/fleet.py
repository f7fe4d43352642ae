"""Workers as processes, each with a folder of its own, started again when they end by themselves."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from streams.broker.apache import free_port
from streams.pipeline.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
ENDS_WITHIN = 60.0
_LOOK = 0.2


@dataclass
class Worker:
    """A place for a worker: its process, if it has one, and its folder, which outlives the process."""

    number: int
    folder: Path
    process: Process | None = None
    port: int = field(default_factory=lambda: free_port(0))

    @property
    def name(self) -> str:
        return f"worker {self.number}"

    @property
    def data(self) -> Path:
        """What the worker keeps on disk."""
        return self.folder / "data"

    def send(self, sign: signal.Signals) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(sign)


@dataclass
class Fleet:
    """Any number of workers of one group. ``crashed`` counts those that ended by themselves, ``failed`` those that were
    told to end and did so with another status than 0, ``hung`` those that did not end at all."""

    settings: Settings
    folder: Path
    workers: list[Worker] = field(default_factory=list)
    crashed: int = 0
    failed: int = 0
    hung: int = 0

    async def join(self) -> Worker:
        """One more."""
        number = len(list(self.folder.glob("worker-*"))) + 1
        worker = Worker(number, self.folder / f"worker-{number}")
        worker.folder.mkdir(parents=True)
        self.workers.append(worker)
        await self.start(worker)
        return worker

    async def start(self, worker: Worker) -> None:
        """Starts ``worker``, with the disk that it has."""
        with (worker.folder / "log").open("ab") as log:
            worker.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.kafka.null_worker",
                cwd=worker.folder, env=self._environment(worker), stdout=log, stderr=log,
            )  # fmt: skip

    async def kill(self, worker: Worker) -> None:
        """Ends it at once."""
        process, worker.process = worker.process, None
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()

    async def stop(self, worker: Worker) -> None:
        """Tells it to end, and ends it if it does not."""
        process, worker.process = worker.process, None
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            status = await asyncio.wait_for(process.wait(), ENDS_WITHIN)
        except TimeoutError:
            self.hung += 1
            process.kill()
            await process.wait()
        else:
            # One that has hardly begun knows no signal yet, and has nothing to commit either.
            self.failed += status not in (0, -signal.SIGTERM)

    async def leave(self, worker: Worker) -> None:
        """Ends it for good."""
        await self.stop(worker)
        self.workers.remove(worker)

    async def supervise(self) -> None:
        """Starts again whoever ended without being told to, for ever; as a supervisor would."""
        while True:
            for worker in list(self.workers):
                if worker.process is not None and worker.process.returncode is not None:
                    self.crashed += 1
                    await self.start(worker)
            await asyncio.sleep(_LOOK)

    @property
    def stalled(self) -> int:
        """How many of those that ended by themselves did so because they got on with nothing."""
        logs = [worker.read_text(errors="replace") for worker in self.folder.glob("worker-*/log")]
        return sum(log.count("[WARNING] The worker is stalled") + log.count("The worker is stuck") for log in logs)

    def lose_disk(self, worker: Worker) -> None:
        """Deletes what ``worker`` keeps, while it runs or not."""
        shutil.rmtree(worker.data, ignore_errors=True)

    def _environment(self, worker: Worker) -> dict[str, str]:
        chosen = {
            "BROKERS": self.settings.bootstrap,
            "TOPIC_PREFIX": self.settings.topic_prefix,
            "GROUP": self.settings.group,
            "REPLICATION": str(self.settings.replication or 1),
            "SESSION_TIMEOUT": f"{self.settings.session_timeout:g}",
            "STORE": self.settings.store,
            "DATA_FOLDER": str(worker.data),
            "WEB_ENABLED": str(self.settings.web_enabled),
            "WEB_PORT": str(worker.port),
            "EXTRACTION_TIMEOUT": "10",
            "STALL_AFTER": "20",
            "EXIT_WHEN_STALLED": "true",
        }
        return {**os.environ, "PYTHONPATH": str(ROOT), **{PREFIX + name: value for name, value in chosen.items()}}


@asynccontextmanager
async def fleet(settings: Settings, folder: Path, size: int) -> AsyncIterator[Fleet]:
    """``size`` workers while the block lasts, under supervision; none is left when it ends."""
    ours = Fleet(settings, folder)
    for _ in range(size):
        await ours.join()
    supervision = asyncio.create_task(ours.supervise())
    try:
        yield ours
    finally:
        supervision.cancel()
        await asyncio.wait([supervision])
        for worker in list(ours.workers):
            await ours.kill(worker)
