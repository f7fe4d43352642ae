"""Kafka clients as the settings ask for them: one place for addresses, TLS, SASL, acknowledgements and sizes."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from streams.errors import ConfigurationError
from streams.pipeline.refusal import refusal, unlogged
from streams.pipeline.settings import PREFIX, Settings
from streams.pipeline.unpacking import bound

CLIENT_ID = "diplomatic-statements"


def tls(settings: Settings) -> ssl.SSLContext | None:
    """What TLS to the broker needs, or None where the settings ask for none. Raises ConfigurationError."""
    if not settings.security_protocol.endswith("SSL"):
        return None
    try:
        context = ssl.create_default_context(cafile=settings.ssl_ca_file)
        if settings.ssl_certificate_file:
            context.load_cert_chain(settings.ssl_certificate_file, settings.ssl_key_file)
    except (OSError, ssl.SSLError) as error:
        names = f"{PREFIX}SSL_CA_FILE, {PREFIX}SSL_CERTIFICATE_FILE or {PREFIX}SSL_KEY_FILE"
        raise ConfigurationError(f"{names}: cannot be used ({error})") from error
    context.check_hostname = settings.ssl_check_hostname
    return context


def keep_passwords_out_of_logs() -> None:
    """aiokafka writes every request to its log when that is at DEBUG, and one of them holds the password."""
    logging.getLogger("aiokafka.conn").addFilter(_holds_no_password)


def _holds_no_password(record: logging.LogRecord) -> bool:
    arguments = record.args if isinstance(record.args, tuple) else ()
    return not any(type(each).__name__.startswith("SaslAuthenticate") for each in arguments)


def connection(settings: Settings) -> dict[str, Any]:
    """The options that every aiokafka client takes."""
    keep_passwords_out_of_logs()
    password = settings.sasl_password
    sasl = settings.security_protocol.startswith("SASL")
    return {
        "bootstrap_servers": settings.bootstrap,
        "client_id": CLIENT_ID,
        "security_protocol": settings.security_protocol,
        "ssl_context": tls(settings),
        "sasl_mechanism": settings.sasl_mechanism,
        "sasl_plain_username": settings.sasl_username if sasl else None,
        "sasl_plain_password": password.get_secret_value() if sasl and password else None,
    }


def producer(settings: Settings) -> AIOKafkaProducer:
    """A producer, not yet started; to be called in the event loop that will use it."""
    return AIOKafkaProducer(
        **connection(settings),
        acks="all" if settings.acks == "all" else 1,
        enable_idempotence=settings.idempotence and settings.acks == "all",
        compression_type=None if settings.compression == "none" else settings.compression,
        max_request_size=settings.max_output_bytes,
        # A topic's limit holds for batches, and what is too large together would look too large alone.
        max_batch_size=min(256 * 2**10, settings.max_output_bytes),
    )


@asynccontextmanager
async def producing(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    """A producer that runs. Raises BrokerError when no broker answers."""
    client = producer(settings)
    await started(client, settings)
    try:
        yield client
    finally:
        await client.stop()


@asynccontextmanager
async def consuming(settings: Settings) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer that runs, of no group and no topic yet. Raises BrokerError when no broker answers."""
    client = AIOKafkaConsumer(
        **connection(settings),
        enable_auto_commit=False,
        max_partition_fetch_bytes=settings.fetch_bytes,
        fetch_max_wait_ms=100,
    )
    bound(client, settings.max_output_bytes)
    await started(client, settings)
    try:
        yield client
    finally:
        # The client has a task that, if it is ended before its first step, ends with it whoever waits for that.
        await asyncio.sleep(0)
        await client.stop()


@asynccontextmanager
async def administering(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    """An admin client that runs. Raises BrokerError when no broker answers."""
    client = AIOKafkaAdminClient(**connection(settings))
    await started(client, settings)
    try:
        yield client
    finally:
        await client.close()


async def started(client: Any, settings: Settings) -> None:
    """Starts ``client``, or closes it and raises BrokerError, which says why no broker lets it in."""
    try:
        with unlogged():
            await client.start()
    except (KafkaError, OSError) as error:
        await (client.close() if hasattr(client, "close") else client.stop())
        raise await refusal(settings, connection(settings)) from error
