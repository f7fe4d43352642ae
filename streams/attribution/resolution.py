"""From a source phrase to its speakers: who is meant, and how that was reached."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from schemas import Speaker
from schemas.statement import Resolution
from streams.attribution import roles
from streams.attribution.antecedents import Discourse, Setting, reporters, sentence_of
from streams.attribution.document import Attribution, Document
from streams.attribution.entities import Entities
from streams.attribution.governments import is_states
from streams.attribution.head import is_person_noun
from streams.attribution.lexicon import nouns
from streams.attribution.pronouns import BOTH, THEY, antecedents, one_of, some_of
from streams.attribution.proper_names import name, person
from streams.attribution.reading import read
from streams.attribution.referents import NOBODY, Referent, referent, speaker
from streams.attribution.roles import Found
from streams.attribution.sources import Part, after_head, owner_of, parts, results_of
from streams.attribution.span import Span
from streams.knowledge import Knowledge

_SOME = frozenset({"many", "some", "others", "most", "few", "all", "everyone", "everybody"})
_SHARES = frozenset({"percent", "cent", "%", "third", "quarter", "half", "majority", "minority"})
_POLLED = 4
"""Sentences from those who were asked to "59 percent"."""
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
            for place, part in enumerate(together):
                later = (after for after in together[place + 1 :] if not self._is_bare_adjective(after))
                after = next(later, None)
                shared = self._shared_noun(part, after) if after else None
                found += [shared] if shared else self._carry_country(part, self.part(part, setting, span.end), found)
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

    @staticmethod
    def _is_acronym(part: Part) -> bool:
        """Whether what could be a pronoun is a name in capitals ("WHO", "US")."""
        return part.sentence.words[part.head].isupper() and (
            len(part.noun) > 2 or part.sentence.match_at(part.head) is not None
        )

    def _is_bare_adjective(self, part: Part) -> bool:
        """Whether nothing but a state's adjective or capitals stand there ("Turkish | and Syrian officials")."""
        own = self.entities.within(part.core)
        text = part.core.of(self.document.body)
        return len(own) == 1 and own[0].span == part.core and (own[0].naming == "adjective" or text.isupper())

    def _shared_noun(self, part: Part, after: Part) -> Found | None:
        """ "Turkish and Syrian officials" are two groups, as are "US and Israeli ones": the first shares the second's
        noun.
        """
        own, others = self.entities.within(part.core), self.entities.within(after.core)
        adjectives = [one for one in others if one.naming == "adjective" and one.span.start == after.core.start]
        if not (self._is_bare_adjective(part) and adjectives and adjectives[0].span.end < after.core.end):
            return None
        body = self.document.body
        noun = " ".join(body[adjectives[0].span.end : after.core.end].split())
        if own[0].entity.kind == "country" and after.noun[:-1] in nouns().government:
            return Found(referent(own[0].entity), part.span.of(body), "explicit")
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

    def _voiced(self, part: Part) -> Part | None:
        """Who speaks by a text or a finding: its issuer, its author if that is a person ("a post by | a blogger"), or
        what it was found by.
        """
        if part.noun in _VOICED and (issuer := owner_of(part)) is not None:
            return issuer
        by = after_head(part)
        if by is None:
            return results_of(part)
        last = self.entities.within(by.core)[-1:]
        by_person = by.noun in nouns().person or any(
            one.entity.kind == "person" and one.span.end == by.core.end for one in last
        )
        written = part.noun in nouns().document or part.noun in nouns().posting
        return by if part.noun in _VOICED or (written and by_person) else None

    def part(self, part: Part, setting: Setting, end: int) -> list[Found]:
        """The speakers of one part of a source, which ends before the character ``end``."""
        mention = part.span.of(self.document.body)
        word = part.sentence.folds[part.end - 1] if part.end - part.first == 1 else ""
        if word in _SOME:
            return [some_of(mention, setting, self.discourse)]
        if part.words[-1] in _SHARES and not any(one in nouns().preposition for one in part.words):
            return [some_of(mention, setting, self.discourse, _POLLED)]
        one = one_of(mention, setting, self.discourse) if mention.lower() in {"one", "one of them"} else None
        if one is not None:
            return [one]
        if (
            part.end - part.start == 1
            and part.noun in {"them", "us"}
            and part.determiners
            and part.sentence.words[part.head].islower()
        ):
            word = part.noun
        if part.span.start > 0 and self.document.body[part.span.start - 1] == "@":
            return [Found(Referent(f"@{mention}", "person"), f"@{mention}", "explicit")]
        if (word in nouns().pronoun and not self._is_acronym(part)) or word in THEY:
            reached: Resolution = "collective" if word in BOTH else "pronoun"
            meant = antecedents(word, setting, self.discourse, self.knowledge)
            return [Found(one, mention, reached) for one in meant] or [Found(NOBODY, mention, "unresolved")]
        voiced = self._voiced(part)
        if voiced is not None:
            part = voiced
        named = self.entities.within(part.core)
        described = self.entities.described(part.core) if is_person_noun(part.sentence, part.head) else None
        if described is not None and all(one.entity.kind != "person" for one in named):
            return [Found(referent(described.entity), mention, "explicit" if described.span.end <= end else "role")]
        bodies = any(one.entity.kind == "organisation" and one.entity.type for one in named)
        governs = part.noun in nouns().government and not bodies and is_states(part, named)
        body = self.document.body
        found = None if governs else person(part, named)
        if found is None and not governs:
            found = name(part, named, setting, self.discourse, self.knowledge, body)
        if found is not None:
            return [Found(found[0], mention, found[1])]
        return roles.unnamed(part, named, setting, self.entities, self.knowledge, self.discourse, body)


def _merged(found: Sequence[Found]) -> list[Found]:
    kept: dict[tuple[str, ...], Found] = {}
    for one in found:
        kept.setdefault(one.referent.key, one)
    return list(kept.values())
