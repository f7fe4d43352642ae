"""Brokers to run without installing one: in memory, and Apache Kafka without Docker."""
