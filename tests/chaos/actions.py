"""What is done to the workers and to the broker, drawn from a seed."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from streams.broker.apache_cluster import Node
from tests.chaos.fleet import Fleet, Worker


@dataclass
class Scene:
    """Where things happen. ``log`` tells what happened when, in seconds since the beginning."""

    fleet: Fleet
    nodes: Sequence[Node]
    draw: random.Random
    began: float = field(default_factory=time.monotonic)
    log: list[tuple[float, str]] = field(default_factory=list)

    def note(self, words: str) -> None:
        self.log.append((time.monotonic() - self.began, words))

    def worker(self) -> Worker:
        return self.draw.choice(self.fleet.workers)

    def node(self) -> Node:
        return self.draw.choice(self.nodes)

    async def pause(self, at_most: float) -> None:
        await asyncio.sleep(self.draw.uniform(0, at_most))


async def kill(scene: Scene) -> None:
    """A worker is lost, and comes back."""
    worker = scene.worker()
    scene.note(f"SIGKILL to {worker.name}")
    await scene.fleet.kill(worker)
    await scene.pause(2)
    await scene.fleet.start(worker)


async def terminate(scene: Scene) -> None:
    """A worker is told to end, and comes back."""
    worker = scene.worker()
    scene.note(f"SIGTERM to {worker.name}")
    await scene.fleet.stop(worker)
    await scene.pause(2)
    await scene.fleet.start(worker)


async def freeze(scene: Scene) -> None:
    """A worker stands still for longer than the group waits for it, and goes on as if nothing had been."""
    worker = scene.worker()
    seconds = scene.fleet.settings.session_timeout + 3
    scene.note(f"SIGSTOP to {worker.name} for {seconds:g} s")
    worker.send(signal.SIGSTOP)
    await asyncio.sleep(seconds)
    worker.send(signal.SIGCONT)


async def lose_disk(scene: Scene) -> None:
    """What a worker keeps on disk goes away under it; then the worker itself is lost, and comes back."""
    worker = scene.worker()
    scene.note(f"the disk of {worker.name} is deleted")
    scene.fleet.lose_disk(worker)
    await scene.pause(2)
    await scene.fleet.kill(worker)
    scene.fleet.lose_disk(worker)
    await scene.fleet.start(worker)


async def join(scene: Scene) -> None:
    """One worker more, for a while."""
    worker = await scene.fleet.join()
    scene.note(f"{worker.name} joins")
    await asyncio.sleep(6)
    await scene.pause(4)
    scene.note(f"{worker.name} leaves")
    await scene.fleet.leave(worker)


async def restart_broker(scene: Scene) -> None:
    """A broker is told to end, and comes back."""
    node = scene.node()
    scene.note(f"broker {node.home.name} is restarted")
    await asyncio.to_thread(node.stop)
    await scene.pause(3)
    await asyncio.to_thread(node.start)


async def kill_broker(scene: Scene) -> None:
    """A broker is lost, and comes back after a while."""
    node = scene.node()
    scene.note(f"SIGKILL to broker {node.home.name}")
    await asyncio.to_thread(node.kill)
    await asyncio.sleep(5)
    await asyncio.to_thread(node.start)
    scene.note(f"broker {node.home.name} is back")


async def freeze_broker(scene: Scene) -> None:
    """A broker takes no part for a while, with all connections open."""
    node = scene.node()
    running = node.running
    scene.note(f"SIGSTOP to broker {node.home.name} for 8 s")
    if running is not None:
        os.kill(running.pid, signal.SIGSTOP)
        await asyncio.sleep(8)
        os.kill(running.pid, signal.SIGCONT)


Action = Callable[[Scene], Awaitable[None]]

SHORT: tuple[Action, ...] = (kill, freeze, restart_broker)
ALL: tuple[Action, ...] = (
    kill, terminate, freeze, lose_disk, join, restart_broker, kill_broker, freeze_broker,
)  # fmt: skip


async def perform(scene: Scene, actions: Sequence[Action], rounds: int) -> None:
    """Every one of ``actions`` once a round, in an order that is drawn, with pauses that are drawn."""
    for _ in range(rounds):
        for action in scene.draw.sample(actions, len(actions)):
            await scene.pause(3)
            await action(scene)
