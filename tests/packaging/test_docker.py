"""What must hold of the image and the services, told from their files: no engine is asked to run them."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from streams.broker import apache
from streams.cli.main import cli
from streams.pipeline.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
OURS = ("topics", "worker", "page")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    return found


@pytest.fixture(scope="module")
def dockerfile() -> list[list[str]]:
    """Each instruction as its word and the rest."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    lines = (line.strip() for line in text.splitlines())
    return [line.split(None, 1) for line in lines if line and not line.startswith("#")]


def instructions(dockerfile: list[list[str]], word: str) -> list[str]:
    return [rest for instruction, rest in dockerfile if instruction == word]


def test_every_setting_that_a_service_is_given_exists(services: dict[str, Any]) -> None:
    given = {name for service in OURS for name in services[service]["environment"]}
    assert given
    assert given <= {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def test_the_settings_of_each_service_are_valid(services: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for service in OURS:
        with monkeypatch.context() as context:
            for name, value in services[service]["environment"].items():
                context.setenv(name, value)
            assert Settings(_env_file=None).brokers == ("kafka:19092",)


def test_every_service_runs_a_command_that_exists(services: dict[str, Any]) -> None:
    context = click.Context(cli, **cli.context_settings)
    for service in OURS:
        name, *arguments = services[service]["command"]
        command = cli.get_command(context, name)
        assert command is not None
        command.make_context(name, list(arguments), parent=context)


def test_workers_that_scale_take_no_port_of_the_host(services: dict[str, Any]) -> None:
    assert "ports" not in services["worker"]
    assert "container_name" not in services["worker"]


def test_what_can_be_reached_can_be_reached_from_this_machine_only(services: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert ports == {"kafka": ["127.0.0.1:9092:9092"], "page": ["127.0.0.1:6066:6066"]}
    assert services["page"]["environment"][f"{PREFIX}WEB_HOST"] == "0.0.0.0"


def test_topics_come_before_workers_and_kafka_before_all(services: dict[str, Any]) -> None:
    for service in OURS:
        assert services[service]["depends_on"]["kafka"] == {"condition": "service_healthy"}
    for service in ("worker", "page"):
        assert services[service]["depends_on"]["topics"] == {"condition": "service_completed_successfully"}
        assert services[service]["environment"][f"{PREFIX}CREATE_TOPICS"] == "false"


def test_kafka_is_one_kraft_node_that_keeps_its_data_and_makes_no_topics_by_itself(services: dict[str, Any]) -> None:
    kafka = services["kafka"]
    settings = kafka["environment"]
    assert re.fullmatch(r"apache/kafka:4\.\d+\.\d+", kafka["image"])
    assert settings["KAFKA_PROCESS_ROLES"] == "broker,controller"
    assert settings["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"
    assert len(base64.urlsafe_b64decode(settings["CLUSTER_ID"] + "==")) == 16
    assert kafka["volumes"] == [f"kafka-data:{settings['KAFKA_LOG_DIRS']}"]
    assert "healthcheck" in kafka


def test_every_listener_of_kafka_has_a_protocol_and_the_services_use_the_inner_one(services: dict[str, Any]) -> None:
    settings = services["kafka"]["environment"]
    names = {listener.split(":")[0] for listener in settings["KAFKA_LISTENERS"].split(",")}
    assert names == {pair.split(":")[0] for pair in settings["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"].split(",")}
    advertised = dict(listener.split("://") for listener in settings["KAFKA_ADVERTISED_LISTENERS"].split(","))
    assert advertised == {"INSIDE": "kafka:19092", "OUTSIDE": f"127.0.0.1:{apache.DEFAULT_PORT}"}


def test_nothing_of_ours_runs_as_root_or_writes_to_its_image(
    services: dict[str, Any], dockerfile: list[list[str]]
) -> None:
    (user,) = instructions(dockerfile, "USER")
    assert int(user) > 0
    words = [word for word, _ in dockerfile]
    assert words.index("USER") > len(words) - 1 - words[::-1].index("FROM")
    for service in OURS:
        assert services[service]["read_only"] is True
        assert services[service]["cap_drop"] == ["ALL"]


def test_the_image_is_built_in_one_stage_and_run_in_another(dockerfile: list[list[str]]) -> None:
    stages = instructions(dockerfile, "FROM")
    assert len(stages) == 2
    assert all(re.match(r"python:3\.11-slim-\w+\b", stage) for stage in stages)
    assert "--from=build /opt/statements /opt/statements" in instructions(dockerfile, "COPY")


def test_what_the_image_copies_is_there_and_let_through(dockerfile: list[list[str]]) -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {name for rest in instructions(dockerfile, "COPY") if "--from" not in rest for name in rest.split()[:-1]}
    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)


def test_the_image_s_dependencies_are_those_of_the_tests() -> None:
    tested, shipped = (_pins(ROOT / name) for name in ("requirements.lock", "requirements-runtime.lock"))
    assert shipped
    assert shipped.items() <= tested.items()
    assert "pytest" not in shipped


def _pins(lock: Path) -> dict[str, str]:
    """Version by package (and marker, where one package has several)."""
    pins = re.findall(r"^([\w.-]+)==(\S+)( ; [^\\]+)? \\$", lock.read_text(), flags=re.MULTILINE)
    return {f"{name}{marker}": version for name, version, marker in pins}
