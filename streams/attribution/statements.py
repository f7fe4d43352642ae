"""The whole event: from attributions to statements with all fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schemas import Article, Statement, TextSpan
from schemas.identity import statement_id
from schemas.statement import PLOVER_AND_CAMEO
from streams.attribution.acts import acts_of
from streams.attribution.antecedents import reporters
from streams.attribution.dates import dates_of
from streams.attribution.document import Attribution, Document
from streams.attribution.entities import entities
from streams.attribution.learned import Learned, shipped
from streams.attribution.medium import media_of
from streams.attribution.negation import is_negated
from streams.attribution.quotation import kind_of
from streams.attribution.relevance import is_diplomatic
from streams.attribution.resolution import anchor_of, speakers
from streams.attribution.span import Span
from streams.attribution.targets import Said, targets
from streams.knowledge import Knowledge


def statements(
    article: Article,
    document: Document,
    attributions: Sequence[Attribution],
    knowledge: Knowledge,
    learned: Learned | None = None,
) -> tuple[Statement, ...]:
    """The statements of an article in the order of their first content offset.

    ``learned``: other models than those that ship.
    """
    models = learned or shipped()
    ordered = sorted(
        _distinct(attributions), key=lambda one: (one.content[0].start, -one.content[-1].end, one.cue, one.source)
    )
    table = entities(document, knowledge)
    who = speakers(document, ordered, table, knowledge)
    holders = reporters([one.content for one in ordered], [anchor_of(one) for one in ordered])
    kinds = [kind_of(document, one) for one in ordered]
    acts = acts_of(document, ordered, kinds, who, holders, models.acts, knowledge)
    said = [Said(*parts) for parts in zip(ordered, who, acts, holders, strict=True)]
    to_whom = targets(said, table, models.first_targets, models.targets)
    same = [tuple(one.name for one in those if one.name) if all(one.name for one in those) else None for those in who]
    media = media_of(document, ordered, same)
    days = dates_of(document, ordered, same)
    ids = [statement_id(article.id, one.source, one.cue, one.content) for one in ordered]
    return tuple(
        Statement(
            statement_id=ids[number], article_id=article.id, article_url=article.url, article_title=article.title,
            publisher=article.publisher, published_at=article.published_at, kind=kinds[number],
            source=_texts(document.body, one.source), cue=_texts(document.body, one.cue),
            content=_texts(document.body, one.content), speakers=who[number], act=acts[number],
            plover=PLOVER_AND_CAMEO[acts[number]][0], cameo=PLOVER_AND_CAMEO[acts[number]][1], targets=to_whom[number],
            medium=media[number], said_at=days[number], negated=is_negated(document, one),
            reported_by=ids[holders[number][0]] if holders[number] else None,
            diplomatic=is_diplomatic(
                one, who[number], to_whom[number], acts[number], table, models.relevance
            ), confidence=one.confidence,
        )
        for number, one in enumerate(ordered)
    )  # fmt: skip


def _distinct(attributions: Sequence[Attribution]) -> Iterable[Attribution]:
    """Of those with the same spans, and so the same id, the surest."""
    by_confidence = sorted(attributions, key=lambda one: one.confidence)
    return {(one.source, one.cue, one.content): one for one in by_confidence}.values()


def _texts(body: str, spans: Sequence[Span]) -> tuple[TextSpan, ...]:
    return tuple(TextSpan(start=span.start, end=span.end, text=span.of(body)) for span in spans)
