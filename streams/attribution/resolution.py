"""From a source phrase to its speakers: who is meant, and how that was reached."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from schemas import Speaker
from schemas.statement import Resolution
from streams.attribution import roles
from streams.attribution.antecedents import Discourse, Setting, reporters, sentence_of
from streams.attribution.document import Attribution, Document
from streams.attribution.entities import Entities
from streams.attribution.entity import Named
from streams.attribution.lexicon import nouns
from streams.attribution.offices import office_at
from streams.attribution.reading import Sentence, read
from streams.attribution.referents import NOBODY, Referent, referent, speaker
from streams.attribution.roles import Found
from streams.attribution.sources import Part, after_head, parts, results_of
from streams.attribution.span import Span
from streams.knowledge import Knowledge

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves", "both", "each", "neither", "these", "those"})
_BOTH = frozenset({"both", "each", "neither"})
_SOME = frozenset({"many", "some", "others", "most", "few", "all", "everyone", "everybody"})
_SHARES = frozenset({"percent", "%", "third", "quarter", "half", "majority", "minority"})
_PLACED = frozenset({"in", "at", "during", "before", "after"})
"""What can follow a state's name that only places it: "the Philippines | in the dispute"."""
_POLLED = 4
"""Sentences from those who were asked to "59 percent"."""
_I = frozenset({"i", "me", "my", "mine"})
_WE = frozenset({"we", "us", "our", "ours"})
_AFTER_NAME = frozenset({"jr", "sr", "ii", "iii", "."})
"""What can stand between a name and the end of its phrase (Alexander Haig | Jr.)."""
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_VOICED = frozenset(
    {"statement", "statements", "letter", "message", "communique", "communiqué", "announcement", "commentary"}
)
"""Texts whose issuer is the speaker, when it is named: "a statement from the army"."""


def anchor_of(attribution: Attribution) -> Span:
    """What places a statement: its cue or, without one, its content."""
    return (attribution.cue or attribution.content)[0]


def speakers(
    document: Document, attributions: Sequence[Attribution], entities: Entities, knowledge: Knowledge
) -> tuple[tuple[Speaker, ...], ...]:
    """The speakers of each attribution, in the order given."""
    resolver = _Resolver(document, entities, knowledge, Discourse(entities))
    anchors = [anchor_of(attribution) for attribution in attributions]
    holders = reporters([attribution.content for attribution in attributions], anchors)
    places = [(attribution.source or (anchors[number],))[0].start for number, attribution in enumerate(attributions)]
    order = sorted(range(len(attributions)), key=lambda number: places[number])
    found: dict[int, tuple[Found, ...]] = {}
    last: dict[int | None, int] = {}
    for number in order:
        for one in _outermost_first(number, holders, found):
            _resolve(resolver, attributions, holders[one], found, last, one, places)
    return tuple(
        tuple(
            speaker(one.referent, one.mention if attributions[number].source else None, one.resolution)
            for one in found[number]
        )
        for number in range(len(attributions))
    )


def _outermost_first(number: int, holders: Sequence[tuple[int, ...]], found: Container[int]) -> list[int]:
    """The statement and, before it, those that report it and are not resolved yet."""
    chain = [number] if number not in found else []
    while chain and holders[chain[-1]]:
        parent = holders[chain[-1]][0]
        if parent in found or parent in chain:
            break
        chain.append(parent)
    return chain[::-1]


def _resolve(
    resolver: _Resolver,
    attributions: Sequence[Attribution],
    holders: tuple[int, ...],
    found: dict[int, tuple[Found, ...]],
    last: dict[int | None, int],
    number: int,
    places: Sequence[int],
) -> None:
    """Resolve one statement; those that report it, ``holders``, are in ``found``. ``last``: who spoke last, by
    reporter.
    """
    parent = holders[0] if holders else None
    attribution = attributions[number]
    before = last.get(parent)
    if not attribution.source:
        found[number] = resolver.without_source(attribution, found[before] if before is not None else ())
        if not found[number][0].referent.name:
            return
    else:
        content = attributions[parent].content if parent is not None else ()
        spoke_last = before if before is not None else last.get(None)
        setting = Setting(
            places[number],
            sentence_of(resolver.entities, places[number]),
            tuple(one.referent for holder in holders for one in found.get(holder, ()) if one.referent.name),
            any(resolver.is_quoted(span, places[number]) for span in content),
            tuple(one.referent for one in found[spoke_last] if one.referent.name) if spoke_last is not None else (),
            tuple(one.referent for one in found.get(parent, ()) if one.referent.name) if parent is not None else (),
            attribution.content,
        )
        found[number] = resolver.source(attribution.source, setting)
    last[parent] = number


@dataclass(frozen=True)
class _Resolver:
    document: Document
    entities: Entities
    knowledge: Knowledge
    discourse: Discourse

    def is_quoted(self, content: Span, position: int) -> bool:
        """Whether a content that holds the position begins with a quotation mark."""
        return content.start <= position < content.end and self.document.body[content.start] in "\"“‘'«„"

    def without_source(self, attribution: Attribution, before: tuple[Found, ...]) -> tuple[Found, ...]:
        """A quotation that stands alone goes on with the speaker before it; a cue without source has whom its relative
        pronoun takes up, else nobody.
        """
        if not attribution.cue and before:
            return before
        cue = " ".join(span.of(self.document.body) for span in attribution.cue).lower().split()
        passive = bool(_BE & set(cue)) and any(word.endswith(("ed", "told", "said")) for word in cue)
        named = self.entities.taken_up(attribution.cue[0].start) if cue and not passive else None
        if named is None:
            return (Found(NOBODY, None, "unresolved"),)
        return (Found(referent(named.entity), None, "short_name" if named.naming == "short" else "explicit"),)

    def source(self, source: Sequence[Span], setting: Setting) -> tuple[Found, ...]:
        """The speakers that a source names."""
        self.discourse.advance(setting.position)
        found: list[Found] = []
        for span in source:
            sentence = self.entities.sentence_at(span.start)
            if sentence is None or span.end > sentence.span.end:
                sentence = read(self.document.body, span, self.knowledge)
            if sentence is None:
                continue
            span = self.entities.whole(span)
            start, end = sentence.range_of(span)
            names = [named.span for named in self.entities.within(span)]
            together = parts(sentence, start, end, names)
            for part, after in zip_longest(together, together[1:]):
                shared = self._shared_noun(part, after) if after else None
                found += [shared] if shared else self._carry_country(part, self.part(part, setting), found)
        found = _merged(found)
        if not found:
            found = [Found(NOBODY, None, "unresolved")]
        if len(found) == 1:
            found = [
                Found(found[0].referent, " ".join(span.of(self.document.body) for span in source), found[0].resolution)
            ]
        self.discourse.advance(source[-1].end)
        self.discourse.spoke(source[0].start, setting.sentence, (one.referent for one in found))
        return tuple(found)

    def _shared_noun(self, part: Part, after: Part) -> Found | None:
        """ "Turkish and Syrian officials" are two groups: the first adjective shares the second's noun."""
        own, others = self.entities.within(part.core), self.entities.within(after.core)
        adjectives = [one for one in others if one.naming == "adjective" and one.span.start == after.core.start]
        whole = len(own) == 1 and own[0].naming == "adjective" and own[0].span == part.core
        if not (whole and adjectives and adjectives[0].span.end < after.core.end):
            return None
        body = self.document.body
        noun = " ".join(body[adjectives[0].span.end : after.core.end].split())
        one = Referent(f"{own[0].span.of(body)} {noun}", "group", own[0].entity.country, noun=after.noun)
        return Found(one, part.span.of(body), "explicit")

    def _carry_country(self, part: Part, new: Sequence[Found], before: Sequence[Found]) -> list[Found]:
        """ "Japanese politicians, and many voters": a second group that names no state is of the first one's state."""
        state = before[-1].referent.country if before and before[-1].referent.kind == "group" else None
        if state is None or any(named.entity.country for named in self.entities.within(part.core)):
            return list(new)
        return [
            Found(roles.with_country(one.referent, state), one.mention, one.resolution)
            if one.referent.kind == "group"
            else one
            for one in new
        ]

    def part(self, part: Part, setting: Setting) -> list[Found]:
        """The speakers of one part of a source."""
        mention = part.span.of(self.document.body)
        word = part.sentence.folds[part.end - 1] if part.end - part.first == 1 else ""
        if word in _SOME:
            return [self._some(mention, setting)]
        if part.words[-1] in _SHARES and not any(one in nouns().preposition for one in part.words):
            return [self._some(mention, setting, _POLLED)]
        one_of = self._one_of(mention, setting) if mention.lower() in {"one", "one of them"} else None
        if one_of is not None:
            return [one_of]
        if (
            part.end - part.start == 1
            and part.noun in {"them", "us"}
            and part.determiners
            and part.sentence.words[part.head].islower()
        ):
            word = part.noun
        if part.span.start > 0 and self.document.body[part.span.start - 1] == "@":
            return [Found(Referent(f"@{mention}", "person"), f"@{mention}", "explicit")]
        if (word in nouns().pronoun and not (len(word) > 2 and mention.isupper())) or word in _THEY:
            reached: Resolution = "collective" if word in _BOTH else "pronoun"
            return [Found(one, mention, reached) for one in self.pronoun(word, setting)] or [
                Found(NOBODY, mention, "unresolved")
            ]
        voiced = after_head(part) if part.noun in _VOICED else results_of(part)
        if voiced is not None:
            part = voiced
        named = self.entities.within(part.core)
        bodies = any(one.entity.kind == "organisation" and one.entity.type for one in named)
        governs = part.noun in nouns().government and not bodies and any(one.entity.kind == "country" for one in named)
        for step in () if governs else (self._person, self._name):
            if (found := step(part, named, setting)) is not None:
                return [Found(found[0], mention, found[1])]
        return roles.unnamed(part, named, setting, self.entities, self.knowledge, self.discourse, self.document.body)

    def _some(self, mention: str, setting: Setting, within: int = 1) -> Found:
        """ "Some" of a group that was spoken of ``within`` so many sentences, or some people."""
        for one in reversed(self.discourse.recent()):
            if (
                one.position < setting.position
                and setting.sentence - one.sentence <= within
                and one.referent.kind == "group"
            ):
                return Found(one.referent, mention, "pronoun" if within == 1 else "collective")
        return Found(Referent(mention, "group"), mention, "explicit")

    def _one_of(self, mention: str, setting: Setting) -> Found | None:
        """ "One" of a group that was just spoken of, as one person."""
        among = self.discourse.last(lambda one: one.kind == "group", setting.position)
        if among is None or among.name is None or not among.name.endswith("s"):
            return None
        name = f"{among.name[:-3]}y" if among.name.endswith("ies") else among.name[:-1]
        return Found(replace(among, name=name, kind="person"), mention, "pronoun")

    def pronoun(self, word: str, setting: Setting) -> tuple[Referent, ...]:
        """What a pronoun refers to; nothing when that is not to be told."""
        if word in _HE | _SHE:
            found = self.discourse.person("m" if word in _HE else "f", setting)
            return (found,) if found else ()
        if word in _IT:
            found = self.discourse.thing(setting)
            return (found,) if found else ()
        if word in _BOTH:
            return self.discourse.both(setting.position)
        if word in _THEY:
            return self.discourse.several(setting)
        if word in _I | _WE:
            if not setting.enclosing:
                return setting.before[:1] if setting.before and word in _I else ()
            return (setting.enclosing[0],) if word in _I else self._we(setting.enclosing[0])
        if word in {"who", "whom", "whose", "which"}:
            found = self.discourse.last(
                lambda one: one.kind in {"person", "group"} or word == "which", setting.position
            )
            return (found,) if found else ()
        return ()

    def _we(self, one: Referent) -> tuple[Referent, ...]:
        """Who "we" are when ``one`` says it: the state for which somebody speaks, the body itself, else nobody that
        is named.
        """
        if one.kind in {"country", "organisation", "group"}:
            return (one,)
        state = self.knowledge.country(one.country) if one.country else None
        if state is not None and (
            set(one.offices) & nouns().speaks_for_state or one.noun in {"official", "diplomat", "minister"}
        ):
            return (Referent(state.name, "country", state.code),)
        return (Referent(None, "group", one.country),)

    def _person(self, part: Part, named: Sequence[Named], _setting: Setting) -> tuple[Referent, Resolution] | None:
        """A part whose head is a person's name, with or without title."""
        persons = [one for one in named if one.entity.kind == "person" and self._is_head(part, one)]
        if not persons:
            return None
        sentence = part.sentence
        for one in (persons[-1], persons[0]):
            _, end = sentence.range_of(one.span)
            while end < part.end and sentence.folds[end] in _AFTER_NAME:
                end += 1
            after = sentence.folds[end] if end < part.end else ""
            possessive = after in {"'s", "’s"}
            if end >= part.end or (possessive and end + 1 == part.end):
                return referent(one.entity), "explicit" if one.naming == "full" else "short_name"
            if after == "of" and end + 1 < part.end and self._is_state(sentence, end + 1, part.end):
                return referent(one.entity), "explicit" if one.naming == "full" else "short_name"
            leads = one.phrase.start <= part.core.start + 1
            if leads and after in nouns().preposition:
                return referent(one.entity), "explicit" if one.naming == "full" else "short_name"
            if possessive and sentence.folds[end + 1] in nouns().document:
                return referent(one.entity), "explicit" if one.naming == "full" else "short_name"
            starts = one.phrase.start <= part.core.start + 1 or one is persons[0]
            if (
                starts
                and not sentence.words[end][0].isalnum()
                and not possessive
                and sentence.words[end] not in {"-", "’", "'"}
            ):
                return referent(one.entity), "explicit" if one.naming == "full" else "short_name"
        return None

    @staticmethod
    def _is_state(sentence: Sentence, start: int, end: int) -> bool:
        """Whether the words ``[start, end)`` are a state's name and nothing else."""
        match = sentence.match_at(start)
        return match is not None and match.end == end and any(reading.form == "name" for reading in match.readings)

    @staticmethod
    def _is_head(part: Part, one: Named) -> bool:
        """Whether a name is what the part is about, and not only whose somebody else is ("a spokesman for | Mr.
        Blair").
        """
        start, _ = part.sentence.range_of(one.phrase)
        while start > part.start and part.sentence.folds[start - 1] in nouns().determiner:
            start -= 1
        listed = set(part.sentence.folds[part.head + 1 : start]) & {"like", "including", "such"}
        return (
            not listed
            and one.naming != "people"
            and (
                start <= part.start
                or start <= part.head
                or part.sentence.folds[start - 1] not in nouns().preposition
                or _is_titled(part, one)
            )
        )

    def _name(self, part: Part, named: Sequence[Named], setting: Setting) -> tuple[Referent, Resolution] | None:
        """A part that is a state's or an organisation's name, with nothing after it but nouns of bodies."""
        others = [one for one in named if one.entity.kind != "person"]
        sentence = part.sentence
        for one in reversed(others):
            start, end = sentence.range_of(one.span)
            rest = [word for word in sentence.folds[end : part.end] if word not in {"'s", "’s", "'", "’", ")", "("}]
            whole = not rest and start == part.start
            if one.entity.kind == "group" and one.naming == "people" and whole:
                return referent(one.entity), "explicit"
            if (
                whole
                and one.naming in {"adjective", "people"}
                and "the" in part.determiners
                and not part.noun.endswith("s")
                and not self._is_people(part, one.entity.country)
            ):
                known = self.discourse.last(
                    lambda other, code=one.entity.country: other.kind == "person" and other.country == code,  # type: ignore[misc]
                    setting.position,
                )
                if known is not None:
                    return known, "epithet"
            if whole and one.naming == "adjective" and "the" in part.determiners:
                return Referent(part.text(self.document.body), "group", one.entity.country), "explicit"
            if one.entity.kind == "country" and whole:
                resolution: Resolution = {"capital": "metonym", "metonym": "metonym", "epithet": "epithet"}.get(
                    one.naming, "explicit"
                )  # type: ignore[assignment]
                return referent(one.entity), resolution
            if one.entity.kind == "country" and one.naming == "full" and start == part.start and rest[0] in _PLACED:
                return referent(one.entity), "explicit"
            if start > part.head:
                continue
            outlet = bool(rest) and all(word in nouns().classifier for word in rest)
            if (
                one.entity.kind == "organisation"
                and (not rest or outlet)
                and not roles.is_possessed(sentence, start, part.start, named)
            ):
                found = self._of_its_state(one, named) if not rest else None
                if found is not None:
                    return found, "explicit"
                return referent(one.entity), {"metonym": "metonym", "short": "short_name"}.get(one.naming, "explicit")  # type: ignore[return-value]
        return None

    def _is_people(self, part: Part, code: str | None) -> bool:
        """Whether "the Japanese" can be all of them and not one who was named before."""
        state = self.knowledge.country(code) if code else None
        return state is not None and part.text(self.document.body) in state.people_plural

    def _of_its_state(self, one: Named, named: Sequence[Named]) -> Referent | None:
        """A common name with its state: "China's | Foreign Ministry" is the Chinese Foreign Ministry."""
        owner = next(
            (other.entity for other in named if other.entity.kind == "country" and other.span.end < one.span.start),
            None,
        )
        state = self.knowledge.country(owner.country) if owner and owner.country else None
        if state is None or one.entity.type or not state.adjectives:
            return None
        return replace(referent(one.entity), name=roles.of_state(one.entity.name, state), country=state.code)


def _is_titled(part: Part, one: Named) -> bool:
    """Whether a body's name and a title lead up to a person's ("University of Texas president | Sehar Memon")."""
    name, _ = part.sentence.range_of(one.span)
    office = office_at(part.sentence, name - 1)
    first = part.sentence.match_at(name - 1)
    before = (first.start if first else name - 1) - 1
    return (
        office is not None
        and part.sentence.is_name_like(part.head)
        and office.office != "honorific"
        and part.sentence.words[name - 1].islower()
        and before >= part.start
        and part.sentence.is_name_like(before)
    )


def _merged(found: Sequence[Found]) -> list[Found]:
    kept: dict[tuple[str, ...], Found] = {}
    for one in found:
        kept.setdefault(one.referent.key, one)
    return list(kept.values())
