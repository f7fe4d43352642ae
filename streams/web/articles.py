"""An article by its id."""

from __future__ import annotations

from contextlib import aclosing

from schemas import SentenceBatch
from streams.pipeline.settings import Settings
from streams.pipeline.tail import tail
from streams.pipeline.topics import SENTENCES


async def find(settings: Settings, article_id: str) -> SentenceBatch | None:
    """The article with its sentences, or None where the topic does not have it, or no longer."""
    async with aclosing(tail(settings, (SENTENCES,), from_beginning=True, until_end=True)) as reading:
        async for received in reading:
            if isinstance(received.message, SentenceBatch) and received.message.article.id == article_id:
                return received.message
    return None
