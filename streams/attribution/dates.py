"""When a statement was made, as precise as the article says it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from streams.attribution.document import Attribution, Document


def said_at(document: Document, attribution: Attribution) -> str | None:
    """The date (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``) that the statement's own sentence gives for it or its occasion.

    Relative dates ("on Friday", "last month") are counted from the article's own date; ``None`` when the text gives
    none, or a relative one in an article without date.
    """
    del document, attribution
    return None


def dates_of(
    document: Document, attributions: Sequence[Attribution], speakers: Sequence[Hashable | None]
) -> tuple[str | None, ...]:
    """The date of each of an article's statements, in the order given.

    Beyond ``said_at`` it knows that a speaker who goes on speaks on the same day; ``speakers`` holds one value a
    statement that is equal for equal speakers (``None`` where nobody knows).
    """
    del speakers
    return tuple(said_at(document, attribution) for attribution in attributions)
