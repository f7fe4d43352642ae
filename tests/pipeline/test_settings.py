"""Settings come from the environment and a .env file, and what is wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from faust.types.enums import ProcessingGuarantee

from streams.errors import ConfigurationError
from streams.pipeline.app import create_app
from streams.pipeline.settings import load


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_brokers_are_addresses_with_commas_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATEMENTS_BROKERS", "one:9092, kafka://two:9093")
    assert load().brokers == ("one:9092", "two:9093")


def test_a_dot_env_file_is_read_and_the_environment_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("STATEMENTS_WEB_PORT=7000\nSTATEMENTS_GROUP=mine\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("STATEMENTS_WEB_PORT", "7001")
    assert (load().web_port, load().group, load(web_port=7002).web_port) == (7001, "mine", 7002)


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("STATEMENTS_WEB_PORT", "abc", "valid integer"),
        ("STATEMENTS_WEB_PORT", "70000", "65535"),
        ("STATEMENTS_BROKERS", "localhost", "expected host:port"),
        ("STATEMENTS_BROKERS", "localhost:99999", "expected host:port"),
        ("STATEMENTS_ACKS", "0", "'all'"),
        ("STATEMENTS_TOPIC_PREFIX", "a b", "pattern"),
        ("STATEMENTS_BATCH_SIZE", "0", "greater than or equal to 1"),
        ("STATEMENTS_STALL_AFTER", "60", "longer than STATEMENTS_EXTRACTION_TIMEOUT"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wrong(
    variable: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigurationError, match=variable) as raised:
        load()
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_sasl_without_a_password_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATEMENTS_SECURITY_PROTOCOL", "SASL_SSL")
    with pytest.raises(ConfigurationError, match="STATEMENTS_SASL_PASSWORD"):
        load()


def test_a_password_is_never_shown() -> None:
    settings = load(security_protocol="SASL_PLAINTEXT", sasl_username="me", sasl_password="hunter2")
    assert "hunter2" not in f"{settings!r} {settings}"


def test_a_ca_file_that_is_not_there_names_its_variable() -> None:
    with pytest.raises(ConfigurationError, match="STATEMENTS_SSL_CA_FILE"):
        create_app(load(security_protocol="SSL", ssl_ca_file=Path("/nowhere.pem")))


def test_variables_of_other_programs_do_not_change_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"BROKER_URL": "kafka://elsewhere:1", "WEB_PORT": "1", "PRODUCER_ACKS": "0"}.items():
        monkeypatch.setenv(name, value)
    app = create_app(load())
    assert [str(url) for url in app.conf.broker] == ["kafka://127.0.0.1:9092"]
    assert (app.conf.web_port, app.conf.web_bind, app.conf.producer_acks) == (6066, "127.0.0.1", -1)


def test_the_promise_does_not_rest_on_fausts_exactly_once() -> None:
    app = create_app(load())
    assert app.conf.processing_guarantee is ProcessingGuarantee.AT_LEAST_ONCE
    assert not app.in_transaction
