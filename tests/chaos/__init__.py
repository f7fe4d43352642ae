"""Nothing lost, nothing twice, on real Kafka: ``python -m tests.chaos --help``."""
