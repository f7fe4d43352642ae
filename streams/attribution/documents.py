"""Things written or counted that speak: "a survey", "the report", "an article in the Global Times"."""

from __future__ import annotations

from dataclasses import replace

from schemas.statement import Resolution
from streams.attribution.case import Case
from streams.attribution.lexicon import nouns
from streams.attribution.referents import TEXT, Referent, referent
from streams.attribution.sources import after_head

MEDIA = frozenset({"paper", "newspaper", "tabloid", "magazine", "daily", "weekly", "broadcaster", "network", "station"})
"""Nouns of what prints or broadcasts."""
_ASKED = frozenset({"poll", "survey"})
"""What is named after its pollster: "a YouGov poll" is YouGov's."""
_WRITTEN = frozenset({"article", "articles", "commentary", "editorial", "editorials", "column", "story"})
"""What a newspaper says when it prints it."""
_OF_ITS_OWN = frozenset(
    {
        "accord", "act", "agreement", "charter", "constitution", "convention", "law", "legislation", "policy",
        "regulation", "resolution", "rule", "treaty",
        "blog", "bulletin", "journal", "newsletter", "webpage", "website",
    }
)  # fmt: skip
"""What speaks for itself, once it is agreed on or since it comes out again and again; of any other text of which
nothing says whose it is, nobody knows who speaks.
"""


def document(case: Case) -> tuple[Referent, Resolution] | None:
    """Something written or counted that speaks: "a survey", "the report"."""
    noun = case.part.noun
    is_posted = noun in nouns().posting and not _is_named(case)
    is_written = noun in nouns().document or (noun.endswith("s") and noun[:-1] in nouns().document)
    if noun == "figures" and set(case.part.words) & nouns().modifier:
        return None
    if (is_posted or is_written) and (issuer := _issuer(case)) is not None:
        return issuer, "explicit"
    if is_posted:
        return replace(case.as_written(), kind="unknown"), "explicit"
    if not is_written:
        return None
    asked_by = [one.entity for one in case.named if one.entity.type == "pollster"]
    if len(asked_by) == 1 and noun.removesuffix("s") in _ASKED:
        return referent(asked_by[0]), "explicit"
    again = (
        case.part.definite
        and case.part.end - case.part.start == 1
        and case.discourse.last(
            lambda one: (
                (one.kind == "organisation" or one.type == TEXT)
                and (
                    one.noun == noun
                    or noun in (one.name or "").lower().split()
                    or (noun in MEDIA and one.type == "media")
                )
            ),
            case.setting.position,
        )
    )
    if again:
        return again, "role"
    if _is_nobodys(case):
        return replace(case.as_written("organisation"), kind="unknown", noun=noun, type=TEXT), "explicit"
    states = [one.entity.country for one in case.named if one.entity.country]
    one = replace(case.as_written("organisation"), noun=noun, country=states[0] if states else None)
    state = case.knowledge.country(one.country) if one.country and noun == "constitution" else None
    return (
        replace(one, name=f"{case.part.sentence.words[case.part.head]} of {state.name}") if state else one
    ), "explicit"


def _is_nobodys(case: Case) -> bool:
    """Whether nothing says whose a text or a count is that is not known from before: "recent reports", "a poll"."""
    part, issuing = case.part, (nouns().body | nouns().government | nouns().people) - {"public"}
    own = part.noun in _OF_ITS_OWN or part.noun[:-1] in _OF_ITS_OWN or part.definite or bool(case.named)
    before = range(part.essential, part.head)
    return not own and not any(
        part.sentence.folds[word] in issuing or (word and part.sentence.is_name_like(word)) for word in before
    )


def _is_named(case: Case) -> bool:
    """Whether the head is a name, or one stands before it ("the Assad posts"); one after it is whose or where it is."""
    head = case.part.sentence.starts[case.part.head]
    capital = case.part.head > 0 and case.part.sentence.is_name_like(case.part.head)
    return capital or any(one.span.start < head for one in case.named)


def _issuer(case: Case) -> Referent | None:
    """The body by which a document is, or the newspaper that prints it: "a report by | Human Rights Watch", "an article
    in | the Global Times".
    """
    printed = _is_printed(case)
    first = case.part.head + 2 if printed or after_head(case.part) else None
    if first is None:
        return None
    sentence, end = case.part.sentence, case.part.end
    bodies = [
        one
        for one in case.named
        if one.entity.kind == "organisation"
        and first <= sentence.range_of(one.span)[0]
        and all(word in nouns().classifier for word in sentence.folds[sentence.range_of(one.span)[1] : end])
        and (not printed or one.entity.type == "media")
    ]
    return referent(bodies[0].entity) if len(bodies) == 1 else None


def _is_printed(case: Case) -> bool:
    """Whether "in" or "on" stands after something that a newspaper says ("an article | in | the Global Times")."""
    part, place = case.part, case.part.head + 1
    return part.noun in _WRITTEN and place + 1 < part.end and part.sentence.folds[place] in {"in", "on", "by", "from"}
