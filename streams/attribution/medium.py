"""Through what a statement was made: a speech, an interview, a tweet."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from streams.attribution.document import Attribution, Document

_WORDS = {"interview": "interview", "tweeted": "tweet", "speech": "speech", "news conference": "news conference"}


def medium_of(document: Document, attribution: Attribution) -> str | None:
    """The medium that the statement's own sentence names, ``None`` when it names none.

    One of: joint declaration, news conference, interview, statement, tweet, post, letter, speech, debate, report, broadcast.
    """
    cue = " ".join(span.of(document.body) for span in attribution.cue).casefold()
    return next((medium for word, medium in _WORDS.items() if word in cue), None)


def media_of(
    document: Document, attributions: Sequence[Attribution], speakers: Sequence[Hashable | None]
) -> tuple[str | None, ...]:
    """The medium of each of an article's statements, in the order given.

    Beyond ``medium_of`` it knows that a speaker who goes on speaks through the same medium; ``speakers`` holds one
    value a statement that is equal for equal speakers (``None`` where nobody knows).
    """
    del speakers
    return tuple(medium_of(document, attribution) for attribution in attributions)
