"""Which message travels on which topic, under which key."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.article import Article
from schemas.base import Message
from schemas.dead_letter import DeadLetter
from schemas.digest import Digest
from schemas.sentences import SentenceBatch
from schemas.statement import Statement


@dataclass(frozen=True)
class Channel:
    """A topic by its name (before any prefix), its message, the meaning of its key, and what it is for."""

    name: str
    message: type[Message]
    key: str
    purpose: str
    incoming: bool = False
    """Whether others write to it (and this project reads), rather than the other way round."""


ARTICLES = Channel(
    "news.articles",
    Article,
    "the article's id, or anything, or nothing",
    "Articles as they are published. Everything starts here.",
    incoming=True,
)
SENTENCES = Channel(
    "news.sentences",
    SentenceBatch,
    "the article's id",
    "Articles with the spans of their sentences: the way between two stages.",
)
STATEMENTS = Channel("news.statements", Statement, "the article's id", "Every statement of every article.")
DIPLOMACY = Channel(
    "diplomacy.statements",
    Statement,
    "the country of the first speaker that has one, else the first name; none where neither is known",
    "The statements about relations between states.",
)
DIGESTS = Channel(
    "news.digests",
    Digest,
    "the article's id",
    "What is counted of each article, for the page; only the last one of an article is kept.",
)
DEAD_LETTERS = Channel(
    "news.dead-letters",
    DeadLetter,
    "the key of the original message",
    "Messages that a stage could not take, whole, with the reason.",
)

CHANNELS = (ARTICLES, SENTENCES, STATEMENTS, DIPLOMACY, DIGESTS, DEAD_LETTERS)
