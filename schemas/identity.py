"""Deterministic ids, so that a replay or redelivery makes no second event."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence


def _digest(parts: Iterable[str]) -> str:
    """32 hexadecimal digits over ``parts``; each is preceded by its length, so no two lists of parts read alike."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()


def article_id(url: str | None, identity: Sequence[str], body: str) -> str:
    """Id of an article that came without one: from its url and body, or from what else identifies it and the body.

    The body is part of it, so that a corrected article under the same url is an article of its own.
    """
    return _digest(["article", *([url] if url else identity), body])


def statement_id(
    article: str, source: Sequence[tuple[int, int]], cue: Sequence[tuple[int, int]], content: Sequence[tuple[int, int]]
) -> str:
    """Id of the statement with these spans in ``article``."""
    spans = [";".join(f"{start},{end}" for start, end in part) for part in (source, cue, content)]
    return _digest(["statement", article, *spans])


def dead_letter_id(topic: str, partition: int, offset: int, stage: str) -> str:
    """Id of the dead letter for one message at one stage."""
    return _digest(["dead-letter", topic, str(partition), str(offset), stage])
