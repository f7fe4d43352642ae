"""Things written or counted that speak: "a survey", "the report", "an article in the Global Times"."""

from __future__ import annotations

from dataclasses import replace

from schemas.statement import Resolution
from streams.attribution.case import Case
from streams.attribution.lexicon import nouns
from streams.attribution.referents import Referent, referent
from streams.attribution.sources import after_head

MEDIA = frozenset({"paper", "newspaper", "tabloid", "magazine", "daily", "weekly", "broadcaster", "network", "station"})
"""Nouns of what prints or broadcasts."""
_ASKED = frozenset({"poll", "survey"})
"""What is named after its pollster: "a YouGov poll" is YouGov's."""
_WRITTEN = frozenset({"article", "articles", "commentary", "editorial", "editorials", "column", "story"})
"""What a newspaper says when it prints it."""


def document(case: Case) -> tuple[Referent, Resolution] | None:
    """Something written or counted that speaks: "a survey", "the report"."""
    noun = case.part.noun
    if noun in nouns().posting and not case.named and not case.part.sentence.is_name_like(case.part.head):
        return replace(case.as_written(), kind="unknown"), "explicit"
    if noun not in nouns().document and not (noun.endswith("s") and noun[:-1] in nouns().document):
        return None
    if noun == "figures" and set(case.part.words) & nouns().modifier:
        return None
    if (issuer := _issuer(case)) is not None:
        return issuer, "explicit"
    asked_by = [one.entity for one in case.named if one.entity.type == "pollster"]
    if len(asked_by) == 1 and noun.removesuffix("s") in _ASKED:
        return referent(asked_by[0]), "explicit"
    again = (
        case.part.definite
        and case.part.end - case.part.start == 1
        and case.discourse.last(
            lambda one: (
                one.kind == "organisation"
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
    states = [one.entity.country for one in case.named if one.entity.country]
    one = replace(case.as_written("organisation"), noun=noun, country=states[0] if states else None)
    state = case.knowledge.country(one.country) if one.country and noun == "constitution" else None
    return (
        replace(one, name=f"{case.part.sentence.words[case.part.head]} of {state.name}") if state else one
    ), "explicit"


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
