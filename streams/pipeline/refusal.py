"""Why a broker cannot be used, in words that name the setting to look at.

aiokafka only writes the reason to its log, and raises that there is no broker. So the first of the brokers is asked
once more, by a connection that raises what really happened.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from aiokafka.conn import create_conn
from aiokafka.errors import (
    AuthenticationFailedError,
    AuthenticationMethodNotSupported,
    KafkaConnectionError,
    KafkaError,
    SaslAuthenticationFailed,
    UnsupportedSaslMechanismError,
)

from schemas.printable import printable
from streams.errors import BrokerError
from streams.pipeline.settings import PREFIX, Settings

_ANSWERS_WITHIN_MS = 10_000


async def refusal(settings: Settings, connection: Mapping[str, Any]) -> BrokerError:
    """What keeps a client with these options of its ``connection`` from starting."""
    host, _, port = settings.brokers[0].rpartition(":")
    options = {name: value for name, value in connection.items() if name != "bootstrap_servers"}
    try:
        probe = await create_conn(host.strip("[]"), int(port), request_timeout_ms=_ANSWERS_WITHIN_MS, **options)
    except (KafkaError, OSError, TimeoutError, asyncio.IncompleteReadError) as reason:
        return BrokerError(_words(settings, reason))
    probe.close()
    return BrokerError(_closed(settings))


@contextmanager
def unlogged() -> Iterator[None]:
    """While the block lasts, aiokafka does not log what `refusal` says better."""
    logger = logging.getLogger("aiokafka")
    logger.addFilter(_nothing)
    try:
        yield
    finally:
        logger.removeFilter(_nothing)


def _nothing(_: logging.LogRecord) -> bool:
    return False


def _words(settings: Settings, reason: BaseException) -> str:
    broker = f"the broker at {settings.bootstrap}"
    match reason:
        case SaslAuthenticationFailed() | AuthenticationFailedError():
            return (
                f"{broker} does not let in {settings.sasl_username!r} ({PREFIX}SASL_USERNAME, {PREFIX}SASL_PASSWORD): "
                f"{_said(reason)}"
            )
        case UnsupportedSaslMechanismError() | AuthenticationMethodNotSupported():
            return f"{broker} does not take {PREFIX}SASL_MECHANISM={settings.sasl_mechanism}: {_said(reason)}"
        case ssl.SSLCertVerificationError():
            return f"{broker} is not trusted ({PREFIX}SSL_CA_FILE): {printable(reason.verify_message)}"
        case ssl.SSLError():
            return f"{broker} does not speak TLS as asked ({PREFIX}SECURITY_PROTOCOL): {_said(reason)}"
        case KafkaConnectionError() | ConnectionResetError():
            return _closed(settings)
        case _:
            return f"no broker answers at {settings.bootstrap} ({PREFIX}BROKERS): {_said(reason)}"


def _closed(settings: Settings) -> str:
    """It takes the connection, but what it is asked there makes it hang up; it does not tell why."""
    return (
        f"the broker at {settings.bootstrap} closes the connection; does it want another "
        f"{PREFIX}SECURITY_PROTOCOL, or a certificate ({PREFIX}SSL_CERTIFICATE_FILE)?"
    )


def _said(error: BaseException) -> str:
    return printable(str(error) or type(error).__name__)
