"""A table of digests without Kafka, and digests to put into it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from schemas.digest import Digest, Party, Spoken
from streams.pipeline.app import create_table_app
from streams.pipeline.digests import DigestTable
from streams.pipeline.settings import load
from streams.web.pictures import Pictures

NOW = datetime(2026, 1, 2, 15, 33, 20, tzinfo=UTC)


def spoken(speaker: str = "JPN", *targets: str, act: Any = "assert", **fields: Any) -> Spoken:
    """A statement by the state ``speaker``'s leader."""
    named = Party(name=f"Leader of {speaker}", kind="person", country=speaker)
    defaults: dict[str, Any] = {"statement_id": "s", "speakers": (named,), "diplomatic": True, "negated": False}
    return Spoken(act=act, targets=targets, **(defaults | fields))


def digest(article: str, *statements: Spoken, at: datetime | None = NOW, published: datetime | None = None) -> Digest:
    """What is counted of an article that came ``at``."""
    return Digest(
        article_id=article, published_at=published, arrived_at=at, partition=0, offset=0, statements=statements
    )


class Digests(DigestTable):
    """What a worker's table does, from a dictionary; changes are told before they are made."""

    def __init__(self) -> None:
        self.pictures = Pictures(lambda: NOW)
        settings = load()
        super().__init__(settings, lambda: create_table_app(settings), self.pictures.changed)
        self.rows: dict[bytes, Digest] = {}

    def get(self, article_id: str) -> Digest | None:
        return self.at(article_id.encode())

    def keys(self) -> list[bytes]:
        return list(self.rows)

    def at(self, key: bytes) -> Digest | None:
        return self.rows.get(key)

    def forget(self, key: bytes) -> None:
        del self.rows[key]

    def put(self, digest: Digest) -> None:
        """A message of the topic comes."""
        key = digest.article_id.encode()
        self.pictures.changed(key, self.rows.get(key), digest)
        self.rows[key] = digest
