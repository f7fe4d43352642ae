"""Words that stand for somebody who was spoken of: "she", "they", "some", "one of them"."""

from __future__ import annotations

from dataclasses import replace

from streams.attribution.antecedents import Discourse, Setting
from streams.attribution.lexicon import nouns
from streams.attribution.referents import Referent
from streams.attribution.roles import Found
from streams.knowledge import Knowledge

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_I = frozenset({"i", "me", "my", "mine"})
_WE = frozenset({"we", "us", "our", "ours"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves", "both", "each", "neither", "these", "those"})
"""Pronouns of several."""
BOTH = frozenset({"both", "each", "neither"})
"""Pronouns of two."""


def some_of(mention: str, setting: Setting, discourse: Discourse, within: int = 1) -> Found:
    """ "Some" of a group that was spoken of ``within`` so many sentences, or some people."""
    for one in reversed(discourse.recent()):
        if (
            one.position < setting.position
            and setting.sentence - one.sentence <= within
            and one.referent.kind == "group"
            and not (one.referent.name or "0")[0].isdigit()  # "15 percent" are nobody of whom others are a part
        ):
            return Found(one.referent, mention, "pronoun" if within == 1 else "collective")
    return Found(Referent(mention, "group"), mention, "explicit")


def one_of(mention: str, setting: Setting, discourse: Discourse) -> Found | None:
    """ "One" of a group that was just spoken of, as one person."""
    among = discourse.last(lambda one: one.kind == "group", setting.position)
    if among is None or among.name is None or not among.name.endswith("s"):
        return None
    name = f"{among.name[:-3]}y" if among.name.endswith("ies") else among.name[:-1]
    return Found(replace(among, name=name, kind="person"), mention, "pronoun")


def antecedents(word: str, setting: Setting, discourse: Discourse, knowledge: Knowledge) -> tuple[Referent, ...]:
    """What a pronoun refers to; nothing when that is not to be told."""
    if word in _HE | _SHE:
        found = discourse.person("m" if word in _HE else "f", setting)
        return (found,) if found else ()
    if word in _IT:
        found = discourse.thing(setting)
        return (found,) if found else ()
    if word in BOTH:
        return discourse.both(setting.position)
    if word in THEY:
        return discourse.several(setting)
    if word in _I | _WE:
        if not setting.enclosing:
            return setting.before[:1] if setting.before and word in _I else ()
        return (setting.enclosing[0],) if word in _I else _we(setting.enclosing[0], knowledge)
    if word in {"who", "whom", "whose", "which"}:
        found = discourse.last(lambda one: one.kind in {"person", "group"} or word == "which", setting.position)
        return (found,) if found else ()
    return ()


def _we(one: Referent, knowledge: Knowledge) -> tuple[Referent, ...]:
    """Who "we" are when ``one`` says it: the state for which somebody speaks, the body itself, else nobody that
    is named.
    """
    if one.kind in {"country", "organisation", "group"}:
        return (one,)
    state = knowledge.country(one.country) if one.country else None
    if state is not None and (
        set(one.offices) & nouns().speaks_for_state or one.noun in {"official", "diplomat", "minister"}
    ):
        return (Referent(state.name, "country", state.code),)
    return (Referent(None, "group", one.country),)
