"""What is known beforehand: states, organisations, offices and who held them when. Pure once loaded."""

from streams.knowledge.base import Knowledge, load
from streams.knowledge.tables import KnowledgeError

__all__ = ["Knowledge", "KnowledgeError", "load"]
