"""Where a stage's work is done, away from the event loop: one thread, or one process that can be killed.

A lane does one batch at a time, in order. Work that exceeds its time is abandoned: a thread cannot be killed, so it is
left behind to finish alone and a new one takes over; a process is killed.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Protocol, TypeVar

from streams.pipeline import allocation
from streams.pipeline.stages import Outputs, Record, Work

T = TypeVar("T")
Job = tuple[Callable[[], object], Future[object]]

_LEAVES_WITHIN = 5.0


class Lane(Protocol):
    """A place where a stage's work is done."""

    async def ready(self) -> None:
        """Builds what the work needs (the model); raises what building it raises."""
        ...

    async def run(self, records: Sequence[Record], seconds: float) -> list[Outputs]:
        """The outputs of ``records``. Raises TimeoutError after ``seconds``, and what the work raises."""
        ...

    def close(self) -> None:
        """Takes no more work; whatever still runs does not keep the program alive."""
        ...


class _Thread:
    """A daemon thread that does jobs in order; unlike a pool's, one that hangs does not hinder the program's end."""

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        threading.Thread(target=self._work, name=name, daemon=True).start()

    def submit(self, job: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        self._jobs.put((job, future))  # type: ignore[arg-type]  # each future belongs to its own job
        return future

    def leave(self) -> None:
        self._jobs.put(None)

    def _work(self) -> None:
        while (waiting := self._jobs.get()) is not None:
            job, future = waiting
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = job()
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)


class ThreadLane:
    """Works in a thread of this process. ``build`` is called there, once."""

    def __init__(self, build: Callable[[], Work], name: str) -> None:
        self._build = build
        self._name = name
        self._thread = _Thread(name)
        self._work: Work | None = None

    async def ready(self) -> None:
        await asyncio.wrap_future(self._thread.submit(self._built))

    async def run(self, records: Sequence[Record], seconds: float) -> list[Outputs]:
        future = self._thread.submit(lambda: self._built()(records))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), seconds)
        except TimeoutError:
            if not future.done() or future.cancelled():
                self._thread.leave()
                self._thread = _Thread(self._name)
            raise

    def close(self) -> None:
        self._thread.leave()

    def _built(self) -> Work:
        if self._work is None:
            self._work = self._build()
        return self._work


class ProcessLane:
    """Works in a process of its own, replaced when it dies. ``build`` is called there and must be picklable."""

    def __init__(self, build: Callable[[], Work], name: str) -> None:
        self._build = build
        self._name = name
        self._thread = _Thread(name)
        self._child: _Child | None = None

    async def ready(self) -> None:
        await asyncio.wrap_future(self._thread.submit(self._started))

    async def run(self, records: Sequence[Record], seconds: float) -> list[Outputs]:
        return await asyncio.wrap_future(self._thread.submit(lambda: self._asked(records, seconds)))

    def close(self) -> None:
        self._thread.submit(self._stopped)
        self._thread.leave()

    def _started(self) -> _Child:
        if self._child is None:
            self._child = _Child(self._build, self._name)
        return self._child

    def _asked(self, records: Sequence[Record], seconds: float) -> list[Outputs]:
        try:
            return self._started().ask(records, seconds)
        except (TimeoutError, EOFError, OSError):
            self._stopped()
            raise

    def _stopped(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None


class _Child:
    """The process of a ProcessLane, once it has built its work."""

    def __init__(self, build: Callable[[], Work], name: str) -> None:
        # Not forked: a fork of a process with threads and a model session can deadlock.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, build), name=name, daemon=True)
        self._process.start()
        theirs.close()
        self._received()

    def ask(self, records: Sequence[Record], seconds: float) -> list[Outputs]:
        self._pipe.send(tuple(records))
        if not self._pipe.poll(seconds):
            raise TimeoutError
        return self._received()

    def kill(self) -> None:
        self._process.kill()
        self._process.join(_LEAVES_WITHIN)
        self._pipe.close()

    def _received(self) -> list[Outputs]:
        try:
            answer = self._pipe.recv()
        except EOFError as error:
            self._process.join(_LEAVES_WITHIN)
            raise EOFError(f"the extraction process ended with status {self._process.exitcode}") from error
        if isinstance(answer, BaseException):
            raise answer
        outputs: list[Outputs] = answer
        return outputs


def _serve(pipe: Connection, build: Callable[[], Work]) -> None:
    """The child's whole life: builds its work, then answers until its parent is gone."""
    allocation.bounded()
    try:
        work = build()
    except Exception as error:
        pipe.send(RuntimeError(f"{type(error).__name__}: {error}"))
        return
    pipe.send([])
    while True:
        try:
            records = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            pipe.send(work(records))
        except Exception as error:
            pipe.send(RuntimeError(f"{type(error).__name__}: {error}"))
