"""A real single-node Apache Kafka (KRaft) without Docker: jars by Maven, run by Java, all in one folder.

The folder holds ``libs/`` (the jars), ``data/`` (the log), ``server.properties``, ``kafka.log`` and, while it runs,
``kafka.json`` (process id and port). Deleting the folder deletes everything.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from streams.errors import BrokerError, MissingProgramError

DEFAULT_PORT = 9092
JAVA = 17
"""Oldest Java that this Kafka runs on."""

_POM = files("streams.broker") / "kafka-pom"
_LOG_LINES = 5
_DOWNLOAD_WITHIN = 600.0
_KILLED_WITHIN = 30.0


@dataclass(frozen=True)
class Running:
    """A broker that runs: its process, the port on 127.0.0.1, and the folder that holds all of it."""

    pid: int
    port: int
    home: Path

    @property
    def address(self) -> str:
        """What to give as ``STATEMENTS_BROKERS``."""
        return f"127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What the broker writes about itself."""
        return self.home / "kafka.log"


def status(home: Path) -> Running | None:
    """The broker that runs in ``home``, if one does."""
    try:
        noted = json.loads((home / "kafka.json").read_text(encoding="utf-8"))
        running = Running(int(noted["pid"]), int(noted["port"]), home)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return running if _is_kafka(running.pid) else None


def start(
    home: Path,
    port: int = DEFAULT_PORT,
    *,
    libs: Path | None = None,
    properties: Mapping[str, str] | None = None,
    storage: Sequence[str] | None = None,
    within: float = 60.0,
) -> Running:
    """Starts the broker of ``home``, with jars fetched and storage made on first use; port 0 takes a free one.

    ``libs`` is where the jars are kept, for several brokers to share (default: in ``home``); ``properties`` are set
    over the server's own; ``storage`` are the options to make its storage with (default: those of a node that stands
    alone). Returns when it answers; one that runs already is returned as it is.
    Raises MissingProgramError without Java 17 or Maven, BrokerError when it does not come up.
    """
    if (running := status(home)) is not None:
        return running
    java = _java()
    port, controller = free_port(port), free_port(0)
    home = home.absolute()
    home.mkdir(parents=True, exist_ok=True)
    jars = _jars((libs or home / "libs").absolute())
    configuration = home / "server.properties"
    configuration.write_text(_properties(home, port, controller, properties or {}), encoding="utf-8")
    command = [java, "-cp", f"{jars}{os.sep}*", f"-Dlog4j2.configurationFile={_logging(home)}"]
    _format(command, configuration, home, storage or ("--standalone", f"--cluster-id={new_identity()}"))
    pid = _spawned([*command[:1], "-Xmx512m", "-Xms128m", *command[1:], "kafka.Kafka", str(configuration)], home)
    running = Running(pid, port, home)
    (home / "kafka.json").write_text(json.dumps({"pid": pid, "port": port}), encoding="utf-8")
    _wait_until_it_answers(running, within)
    return running


def kill(running: Running) -> None:
    """Ends the broker at once, as a crash would."""
    os.kill(running.pid, signal.SIGKILL)
    _gone(running.pid, _KILLED_WITHIN)
    (running.home / "kafka.json").unlink(missing_ok=True)


def stop(home: Path, within: float = 30.0) -> bool:
    """Stops the broker of ``home`` and returns whether one ran. One that does not go by itself is killed."""
    running = status(home)
    if running is not None:
        os.kill(running.pid, signal.SIGTERM)
        if not _gone(running.pid, within):
            os.kill(running.pid, signal.SIGKILL)
            _gone(running.pid, within)
    (home / "kafka.json").unlink(missing_ok=True)
    return running is not None


def _java() -> str:
    java = shutil.which("java", path=_with_java_home())
    if java is None:
        raise MissingProgramError(f"Java {JAVA} or newer is needed to run Kafka, and there is no `java` on the PATH")
    told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=False)
    version = re.search(r'version "(\d+)', told.stderr + told.stdout)
    if version is None or int(version[1]) < JAVA:
        raise MissingProgramError(
            f"Java {JAVA} or newer is needed to run Kafka; {java} is {version[1] if version else 'unknown'}"
        )
    return java


def _with_java_home() -> str:
    home = os.environ.get("JAVA_HOME")
    return os.pathsep.join([*([str(Path(home) / "bin")] if home else []), os.environ.get("PATH", os.defpath)])


def _jars(libs: Path) -> Path:
    """The folder of jars, fetched if it is not there or was fetched for another version of the list."""
    wanted = (_POM / "pom.xml").read_text(encoding="utf-8")
    fetched_for = libs / "pom.xml"
    if fetched_for.is_file() and fetched_for.read_text(encoding="utf-8") == wanted:
        return libs
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingProgramError("Maven is needed to fetch Kafka, and there is no `mvn` on the PATH")
    shutil.rmtree(libs, ignore_errors=True)
    with as_file(_POM / "pom.xml") as pom:
        fetched = subprocess.run(
            [maven, "-q", "-B", "-f", str(pom), "dependency:copy-dependencies",
             f"-DoutputDirectory={libs}", "-DincludeScope=runtime"],
            capture_output=True, text=True, timeout=_DOWNLOAD_WITHIN, check=False,
        )  # fmt: skip
    if fetched.returncode != 0:
        words = next(
            (line for line in (fetched.stdout + fetched.stderr).splitlines() if "ERROR" in line), "no reason given"
        )
        raise BrokerError(f"Maven could not fetch Kafka: {words.strip()}")
    # Written last, so that an interrupted fetch is done again.
    fetched_for.write_text(wanted, encoding="utf-8")
    return libs


def _logging(home: Path) -> Path:
    path = home / "log4j2.properties"
    path.write_bytes((_POM / "log4j2.properties").read_bytes())
    return path


def _properties(home: Path, port: int, controller: int, more: Mapping[str, str]) -> str:
    properties = {
        "process.roles": "broker,controller",
        "node.id": "1",
        "listeners": f"PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "controller.listener.names": "CONTROLLER",
        "controller.quorum.bootstrap.servers": f"127.0.0.1:{controller}",
        "log.dirs": str(home / "data"),
        # A topic made by accident has one partition and no settings; ours are made on purpose.
        "auto.create.topics.enable": "false",
        "offsets.topic.replication.factor": "1",
        "offsets.topic.num.partitions": "8",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "transaction.state.log.num.partitions": "4",
        "share.coordinator.state.topic.replication.factor": "1",
        "share.coordinator.state.topic.min.isr": "1",
        # One node has nobody to wait for.
        "group.initial.rebalance.delay.ms": "0",
        **more,
    }
    return "".join(f"{name}={value}\n" for name, value in properties.items())


def _format(command: list[str], configuration: Path, home: Path, options: Sequence[str]) -> None:
    """Makes the storage on first use; what is there already stays."""
    if (home / "data" / "meta.properties").is_file():
        return
    formatted = subprocess.run(
        [
            *command,
            "kafka.tools.StorageTool",
            "format",
            *options,
            "-c",
            str(configuration),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if formatted.returncode != 0:
        lines = (formatted.stderr + formatted.stdout).strip().splitlines()
        raise BrokerError(
            f"Kafka's storage in {home / 'data'} cannot be made: {lines[-1] if lines else 'no reason given'}"
        )


def new_identity() -> str:
    """As Kafka writes those of clusters and of folders; none begins with a dash, which would read like an option."""
    while (identity := base64.urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()).startswith("-"):
        pass
    return identity


def free_port(wanted: int) -> int:
    """``wanted`` if nobody listens there, or any free port for 0."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError as error:
            raise BrokerError(f"port {wanted} is taken: {error.strerror}") from error
        return int(probe.getsockname()[1])


def _spawned(command: list[str], home: Path) -> int:
    """The id of a process that goes on when this one ends, in a session of its own, so that no Ctrl-C reaches it."""
    log = str(home / "kafka.log")
    return os.posix_spawn(
        command[0],
        command,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )


def _wait_until_it_answers(running: Running, within: float) -> None:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if _has_ended(running.pid):
            raise BrokerError(f"Kafka ended as soon as it was started: {_last_words(running)}")
        try:
            with socket.create_connection(("127.0.0.1", running.port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    stop(running.home)
    raise BrokerError(f"Kafka does not answer on port {running.port} after {within:.0f} s: {_last_words(running)}")


def _last_words(running: Running) -> str:
    lines = running.log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    return f"{' / '.join(lines)} (see {running.log})"


def _has_ended(pid: int) -> bool:
    """Whether a process just started is gone; `_is_kafka` cannot tell, since it has no command line for a moment."""
    _reap(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def _is_kafka(pid: int) -> bool:
    """Whether ``pid`` still is a Kafka, for the number may have gone to another program."""
    _reap(pid)
    told = subprocess.run(["ps", "-ww", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False)
    return "kafka.Kafka" in told.stdout


def _reap(pid: int) -> None:
    """Lets an ended child go; one that another program started is not ours to wait for."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def _gone(pid: int, within: float) -> bool:
    deadline = time.monotonic() + within
    while _is_kafka(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
