"""A cluster of real Kafka brokers on this machine, each of which can be lost and come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from streams.broker import apache
from streams.broker.apache import Running


@dataclass(frozen=True)
class Node:
    """One broker, which votes for the controller too: where it lives and listens, and how it is told of the others."""

    home: Path
    port: int
    libs: Path
    properties: Mapping[str, str]
    storage: Sequence[str] | None

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    @property
    def running(self) -> Running | None:
        """The node while it runs."""
        return apache.status(self.home)

    def start(self) -> Running:
        """Starts it, with the data that it had; as `apache.start`."""
        return apache.start(self.home, self.port, libs=self.libs, properties=self.properties, storage=self.storage)

    def stop(self) -> None:
        """Lets it hand over what it leads, and end."""
        apache.stop(self.home)

    def kill(self) -> None:
        """Ends it at once."""
        if (running := self.running) is not None:
            apache.kill(running)


def start(home: Path, size: int, libs: Path) -> tuple[Node, ...]:
    """Starts ``size`` brokers in folders of ``home`` and returns them when all answer; as `apache.start`."""
    nodes = _nodes(home, size, libs)
    # All at once: none gets far without most of the others.
    with ThreadPoolExecutor(size) as pool:
        try:
            list(pool.map(Node.start, nodes))
        except BaseException:
            list(pool.map(Node.kill, nodes))
            raise
    return nodes


def bootstrap(nodes: Sequence[Node]) -> str:
    """What to give as ``STATEMENTS_BROKERS``."""
    return ",".join(node.address for node in nodes)


def _nodes(home: Path, size: int, libs: Path) -> tuple[Node, ...]:
    numbers = range(1, size + 1)
    ports = {number: apache.free_port(0) for number in numbers}
    controllers = {number: apache.free_port(0) for number in numbers}
    voters = ",".join(f"{number}@127.0.0.1:{controllers[number]}:{apache.new_identity()}" for number in numbers)
    storage = (f"--cluster-id={apache.new_identity()}", "--initial-controllers", voters)
    copies = {
        name: str(size)
        for name in (
            "offsets.topic.replication.factor",
            "transaction.state.log.replication.factor",
            "share.coordinator.state.topic.replication.factor",
        )
    }
    return tuple(
        Node(
            home=home / str(number),
            port=ports[number],
            libs=libs,
            storage=storage,
            properties={
                **copies,
                "node.id": str(number),
                "listeners": f"PLAINTEXT://127.0.0.1:{ports[number]},CONTROLLER://127.0.0.1:{controllers[number]}",
                "controller.quorum.bootstrap.servers": ",".join(f"127.0.0.1:{controllers[voter]}" for voter in numbers),
                # A broker that is gone is noticed while somebody watches.
                "broker.session.timeout.ms": "6000",
            },
        )
        for number in numbers
    )
