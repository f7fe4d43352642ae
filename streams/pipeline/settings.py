"""Every setting, from the environment (prefix ``STATEMENTS_``) or a ``.env`` file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from streams.errors import ConfigurationError

PREFIX = "STATEMENTS_"

Port = Annotated[int, Field(ge=0, le=65535)]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]


def _broker(address: str) -> str:
    host, colon, port = address.rpartition(":")
    if not colon or not host or not port.isdecimal() or not 0 < int(port) <= 65535:
        raise ValueError(f"expected host:port, or several with commas between them, got {address!r}")
    return address


class Settings(BaseSettings):
    """What an installation can choose. Field ``web_port`` is the variable ``STATEMENTS_WEB_PORT``, and so on."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    brokers: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("127.0.0.1:9092",), min_length=1, description="Where to find Kafka: host:port, several with commas."
    )
    topic_prefix: str = Field(
        default="", pattern=r"^[A-Za-z0-9._-]*$", max_length=100, description="Stands before every topic's name."
    )
    group: str = Field(
        default="diplomatic-statements",
        min_length=1,
        pattern=r"^[A-Za-z0-9._-]+$",
        description="The consumer group that the workers share.",
    )
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        default="PLAINTEXT", description="How the broker wants to be spoken to."
    )
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        default="PLAIN", description="How name and password are shown to it, with SASL."
    )
    sasl_username: str | None = Field(default=None, description="The name, with SASL.")
    sasl_password: SecretStr | None = Field(default=None, description="The password, with SASL; never shown.")
    ssl_ca_file: Path | None = Field(default=None, description="Whom to trust (PEM); default: whom the system trusts.")
    ssl_certificate_file: Path | None = Field(default=None, description="The client's certificate (PEM).")
    ssl_key_file: Path | None = Field(default=None, description="The key of the client's certificate (PEM).")
    ssl_check_hostname: bool = Field(
        default=True, description="Whether the broker's certificate must be for the host that was asked for."
    )

    acks: Literal["all", "1"] = Field(default="all", description="Who must have a message before it counts as written.")
    idempotence: bool = Field(default=True, description="Whether retried writes are recognised (needs acks=all).")
    compression: Literal["none", "gzip"] = Field(default="none", description="How messages are packed when written.")
    max_message_bytes: Annotated[int, Field(ge=1_000, le=64 * 2**20)] = Field(
        default=4 * 2**20, description="Largest article message, in bytes; the topics between get room for more."
    )
    fetch_bytes: Annotated[int, Field(ge=1_000)] = Field(
        default=2**20, description="How much to read ahead of each partition, in bytes."
    )
    create_topics: bool = Field(default=True, description="Whether a worker may create the topics that are missing.")
    partitions: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Partitions of every topic, instead of the table's."
    )
    replication: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Copies of every topic, instead of the table's."
    )
    session_timeout: Seconds = Field(
        default=30.0, description="Seconds without a sign of life after which a worker's partitions go to others."
    )
    commit_interval: Seconds = Field(default=1.0, description="Seconds between two commits of what is done.")

    batch_size: Annotated[int, Field(ge=1, le=10_000)] = Field(
        default=64, description="Most messages that a stage takes at once."
    )
    batch_bytes: Annotated[int, Field(ge=1)] = Field(
        default=512 * 2**10, description="Bytes after which a batch is full, whatever its number of messages."
    )
    batch_within: Annotated[float, Field(ge=0, le=60)] = Field(
        default=0.01, description="Seconds that a stage waits for a batch to fill."
    )
    executor: Literal["thread", "process"] = Field(
        default="thread",
        description="Where statements are extracted: beside the event loop, or in a process that can be killed.",
    )
    extraction_timeout: Seconds = Field(default=60.0, description="Seconds that extraction may take for one batch.")
    stall_after: Seconds = Field(
        default=120.0,
        description="Seconds without progress, while messages wait, after which a worker counts as stalled; "
        "more than the extraction of one batch may take.",
    )
    exit_when_stalled: bool = Field(
        default=False, description="Whether a stalled worker ends, with status 1, for its supervisor to start it anew."
    )
    model: Path | None = Field(default=None, description="Folder of another model than the one that ships.")
    threshold: Annotated[float, Field(ge=0, le=1)] | None = Field(
        default=None, description="Least confidence of a statement that is published; default: the model's own."
    )
    knowledge: Path | None = Field(
        default=None, description="File (TOML) with names and offices to add to the project's or put over them."
    )
    threads: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Processor threads for the tagger; default: as many as there are cores."
    )
    max_body_characters: Annotated[int, Field(ge=1)] = Field(
        default=500_000, description="Longest article that is read, in code points."
    )
    unsupported_language: Literal["dead-letter", "pass"] = Field(
        default="dead-letter", description="What to do with an article that is not in English."
    )

    web_host: str = Field(
        default="127.0.0.1", description="Address that the page listens on; loopback unless told otherwise."
    )
    web_port: Port = Field(
        default=6066, description="Port of the page, and of `/healthz`, `/readyz` and `/metrics`; 0 takes a free one."
    )
    web_enabled: bool = Field(default=True, description="Whether a worker has these.")
    store: str = Field(
        default="rocksdb://",
        pattern=r"^(memory|rocksdb)://",
        description="Where the page's table is kept: on disk (`rocksdb://`) or in memory (`memory://`).",
    )
    data_folder: Path = Field(default=Path(".statements"), description="Folder for what a worker keeps on disk.")
    kafka_home: Path = Field(default=Path(".kafka"), description="Folder of the broker that `kafka start` runs.")

    @field_validator("brokers", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        parts = value.split(",") if isinstance(value, str) else value
        return tuple(_broker(str(part).strip().removeprefix("kafka://")) for part in parts)

    @model_validator(mode="after")
    def _sasl_has_a_name_and_a_password(self) -> Self:
        if self.security_protocol.startswith("SASL") and not (self.sasl_username and self.sasl_password):
            raise ValueError(f"{PREFIX}SASL_USERNAME and {PREFIX}SASL_PASSWORD are needed for {self.security_protocol}")
        return self

    @model_validator(mode="after")
    def _patience_outlasts_the_work(self) -> Self:
        if self.stall_after <= self.extraction_timeout:
            raise ValueError(
                f"{PREFIX}STALL_AFTER ({self.stall_after:g} s) has to be longer than "
                f"{PREFIX}EXTRACTION_TIMEOUT ({self.extraction_timeout:g} s)"
            )
        return self

    @property
    def bootstrap(self) -> str:
        """The brokers as Kafka clients want them."""
        return ",".join(self.brokers)

    @property
    def max_output_bytes(self) -> int:
        """Largest message between stages: an article with its spans, or base64 of one in a dead letter, fits."""
        return 2 * self.max_message_bytes + 64 * 2**10


def load(**chosen: Any) -> Settings:
    """The settings of this installation; ``chosen`` (a command's options, None where not given) goes before all else.

    Raises ConfigurationError, which names the first variable that is wrong and says why.
    """
    try:
        return Settings(**{name: value for name, value in chosen.items() if value is not None})
    except ValidationError as error:
        raise ConfigurationError(_words(error.errors(include_url=False)[0])) from None


def _words(detail: ErrorDetails) -> str:
    # The value is left out where it can be a secret or a whole environment.
    words = detail["msg"].removeprefix("Value error, ")
    if not detail["loc"]:
        return words
    field = str(detail["loc"][0])
    got = (
        ""
        if "password" in field or not isinstance(detail["input"], str | int | float)
        else f" (got {str(detail['input'])[:80]!r})"
    )
    return f"{PREFIX}{field.upper()}: {words}{got}"
