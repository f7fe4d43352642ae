"""The contract that other programs build on: what travels on the topics, and its wire form."""

from schemas.article import Article
from schemas.dead_letter import DeadLetter
from schemas.sentences import SentenceBatch
from schemas.statement import Speaker, Statement, Target, TextSpan

__all__ = ["Article", "DeadLetter", "SentenceBatch", "Speaker", "Statement", "Target", "TextSpan"]
