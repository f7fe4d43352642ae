"""What is fuzzed: each target takes any bytes, and raises where something that must hold does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from fuzz.invariants import MODELS, holds_when_decoded, holds_when_extracted
from fuzz.networks import random_tagger
from schemas import Article
from schemas.wire import Headers, encode
from streams import knowledge
from streams.attribution.extract import Tagger, extract
from streams.attribution.tagging.model import load_tagger
from streams.cli.seeds import seed_articles
from streams.errors import Rejection
from streams.pipeline.stages import Record, dead_letter
from streams.pipeline.text_work import segmented

_HEAD = 5
"""Bytes of an article's input before its body: its date, and whether it has one and a title."""
_SEED = 320


@dataclass(frozen=True)
class Target:
    """``run`` takes an input of at most ``longest`` bytes; ``seeds`` are inputs to begin with; ``inputs`` is how many a
    full run takes."""

    run: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]
    longest: int
    inputs: int


def decoding(data: bytes) -> None:
    """The first byte chooses the message and its envelope, the rest is its value."""
    first, value = (data[0], data[1:]) if data else (0, b"")
    model = MODELS[first % len(MODELS)]
    headers: Headers = [("ce_type", value[:40])] if first & 0x40 else []
    holds_when_decoded(value, headers, model)


def extraction(data: bytes) -> None:
    """The body of an article, with a tagger that sees statements anywhere."""
    _extracted(data, _random())


def tagging(data: bytes) -> None:
    """The same with the tagger that ships."""
    _extracted(data, _shipped())


def _extracted(data: bytes, tagger: Tagger) -> None:
    if (article := article_of(data)) is not None:
        holds_when_extracted(article, tagger, _known())


def article_of(data: bytes) -> Article | None:
    """The article that ``data`` stands for, if it has a body."""
    head, body = data[:_HEAD], data[_HEAD:].decode("utf-8", "replace")
    if not body:
        return None
    day = 1 + int.from_bytes(head[:3], "big") % datetime.max.toordinal()
    flags = head[-1]
    return Article(
        body=body,
        title=body[: flags % 64] if flags & 1 else None,
        published_at=datetime.fromordinal(day).replace(tzinfo=UTC) if flags & 2 else None,
    )


def input_of(article: Article) -> bytes:
    """The input that stands for the beginning of ``article``."""
    day = article.date.toordinal() - 1 if article.date else 0
    return day.to_bytes(3, "big") + b"\0\3" + article.body[:_SEED].encode()


def _articles() -> list[bytes]:
    return [input_of(article) for article in seed_articles()]


def _messages() -> list[bytes]:
    found: list[bytes] = []
    for article in seed_articles()[:3]:
        short = article.model_copy(update={"body": article.body[:_SEED]})
        statement = extract(short, _random(), _known())[0]
        record = Record("news.articles", 0, 0, b"k", b"\xff", (("h", None),))
        letter = dead_letter(record, "sentences", Rejection("not_utf8", "byte 0"))
        values = [encode(short)[0], encode(segmented(short))[0], encode(statement)[0], letter.value]
        found += [bytes([number]) + value for number, value in enumerate(values)]
    return found


@cache
def _random() -> Tagger:
    return random_tagger()


@cache
def _shipped() -> Tagger:
    return load_tagger(None, 0.0)


@cache
def _known() -> knowledge.Knowledge:
    return knowledge.load(None)


TARGETS = {
    "decoding": Target(decoding, _messages, 4_096, 200_000),
    "extraction": Target(extraction, _articles, 420, 8_000),
    "tagging": Target(tagging, _articles, 420, 2_000),
}
"""In the order in which they are run."""
