"""A Kafka cluster in this process's memory: librdkafka's own, from the confluent-kafka wheel.

It speaks the Kafka protocol on a loopback port, so that everything here runs on it unchanged: consumer groups,
idempotent writes, offsets. It keeps a few megabytes a topic, gives every topic four partitions, has no controller to
make topics with, and is gone when it is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from confluent_kafka import KafkaException, Producer

from streams.errors import BrokerError

PARTITIONS = 4
"""Partitions of every topic; the cluster knows no other number."""

_WITHIN = 10.0


@contextmanager
def cluster(topics: Iterable[str], brokers: int = 1) -> Iterator[str]:
    """The address (host:port, with commas between several) of a running cluster that has ``topics``.

    Raises BrokerError when it does not start.
    """
    # The cluster lives as long as the client that asked for it; errors only, for it logs each thing that it does.
    client = Producer({"test.mock.num.brokers": brokers, "log_level": 3})
    try:
        addresses = ",".join(
            f"{node.host}:{node.port}" for node in client.list_topics(timeout=_WITHIN).brokers.values()
        )
        for topic in topics:
            # Asking for a topic makes it.
            client.list_topics(topic, timeout=_WITHIN)
    except KafkaException as error:
        raise BrokerError(f"the embedded broker does not start: {error}") from error
    try:
        yield addresses
    finally:
        client.purge()
        client.flush(0)
        del client
