"""Gold statements and what was found instead of them."""

from __future__ import annotations

from typing import Any

from schemas import Speaker, Statement, Target, TextSpan
from schemas.statement import PLOVER_AND_CAMEO
from streams.evaluation.gold import GoldArticle, GoldSpeaker, GoldStatement
from streams.evaluation.scores import Found

BODY = "Seoul said it agreed. Tokyo denied that it had refused to talk, aides say."


def at(*texts: str) -> tuple[tuple[int, int], ...]:
    """Where ``texts`` stand in ``BODY``; each stands there once."""
    return tuple((BODY.index(text), BODY.index(text) + len(text)) for text in texts)


def gold(source: str, cue: str, content: str, **fields: Any) -> GoldStatement:
    return GoldStatement(*(at(*([part] if part else [])) for part in (source, cue, content)), **fields)


def found(source: str, cue: str, content: str, confidence: float = 0.9, **fields: Any) -> Found:
    parts = [at(*([part] if part else [])) for part in (source, cue, content)]
    return Found(*parts, confidence, statement(*parts, confidence=confidence, **fields))


def article(*statements: GoldStatement) -> GoldArticle:
    return GoldArticle("example", BODY, None, statements)


def person(name: str | None, **fields: Any) -> GoldSpeaker:
    return GoldSpeaker(name, **{"kind": "person", "resolution": "explicit", **fields})


def speaker(name: str | None, **fields: Any) -> Speaker:
    values = {
        "mention": name, "name": name, "kind": "person", "role": None, "country": None, "organisation": None,
        "resolution": "explicit",
    }  # fmt: skip
    return Speaker(**{**values, **fields})


def target(name: str | None) -> Target:
    return Target(name=name, kind="country", country=None)


def statement(*parts: tuple[tuple[int, int], ...], **fields: Any) -> Statement:
    """A statement about nothing, said by nobody, unless ``fields`` say otherwise."""
    spans = [
        tuple(TextSpan(start=a, end=b, text=BODY[a:b]) for a, b in part) for part in (parts or ((), (), ((0, 5),)))
    ]
    act = fields.pop("act", "assert")
    plover, cameo = PLOVER_AND_CAMEO[act]
    values: dict[str, Any] = {
        "statement_id": str(parts), "article_id": "example", "article_url": None, "article_title": None,
        "publisher": None, "published_at": None, "kind": "indirect", "source": spans[0], "cue": spans[1],
        "content": spans[2], "speakers": (), "act": act, "plover": plover, "cameo": cameo, "targets": (),
        "medium": None, "said_at": None, "negated": False, "reported_by": None, "diplomatic": False, "confidence": 0.9,
    }  # fmt: skip
    return Statement(**{**values, **fields})
