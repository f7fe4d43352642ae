"""Who was spoken of before: antecedents of pronouns, roles and collectives."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from typing import NamedTuple

from streams.attribution.entities import Entities
from streams.attribution.entity import Named
from streams.attribution.reading import Sentence
from streams.attribution.referents import TEXT, Referent, referent
from streams.attribution.span import Span
from streams.knowledge.entries import Sex

_WINDOW = 60
"""So many mentions are looked back; it bounds the work for each pronoun."""
_REACH = 6
"""Sentences beyond which a mention is forgotten, if it is not the last speaker."""
_FORGETTING = 0.8
"""What a mention loses with each sentence, of 3."""
_SUBJECT, _REPORTER, _OUTER_REPORTER, _SPOKE_LAST, _OFTEN = 1.0, 1.5, 0.0, 0.75, 0.2
"""What a candidate gains as a subject, as the one in whose words the pronoun stands, as who spoke last, with each
doubling of mentions.
"""
_UNKNOWN_SEX, _ADJECTIVE = -1.0, 0.6
"""What it loses when its name tells no sex, and when it is only an adjective ("the Russian side")."""
_TIE = 0.25
"""Two candidates nearer than this are equally good."""

STATE_OFFICES = frozenset({"head_of_state", "head_of_government", "monarch"})


class Occurrence(NamedTuple):
    """A referent at a place. ``subject``: it speaks there or begins its sentence; ``full``: not only an adjective."""

    position: int
    sentence: int
    referent: Referent
    subject: bool
    full: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a pronoun stands: at ``position`` within the contents of ``enclosing`` speakers (innermost first).

    ``own`` is what the one whom it means says; who is named there is somebody else. ``quoted``: within quotation
    marks, where the one who speaks is "I" and never "he". ``before``: who spoke last.
    """

    position: int
    sentence: int
    enclosing: tuple[Referent, ...] = ()
    quoted: bool = False
    before: tuple[Referent, ...] = ()
    reporters: tuple[Referent, ...] = ()
    own: tuple[Span, ...] = ()


@dataclass
class Discourse:
    """What has been mentioned up to the place that is being read; it only grows, in the order of the text."""

    entities: Entities
    log: list[Occurrence] = field(default_factory=list)
    together: list[tuple[int, tuple[Referent, ...]]] = field(default_factory=list)
    _next: int = 0

    def advance(self, position: int) -> None:
        """Take in all names that stand before ``position``."""
        named = self.entities.named
        while self._next < len(named) and named[self._next].span.start < position:
            if not self._is_elliptic(named[self._next]):
                self.log.append(self._occurrence(named[self._next]))
            self._next += 1

    def _occurrence(self, named: Named) -> Occurrence:
        sentence = self.entities.sentences[named.sentence]
        begins = named.phrase.start - sentence.span.start <= 6 or self._joined(named, sentence)
        found = referent(named.entity)
        return Occurrence(named.span.start, named.sentence, found, begins, named.naming in {"full", "short", "metonym"})

    def _is_elliptic(self, named: Named) -> bool:
        """Whether what somebody owns is left out, so that nobody speaks of him ("words as blunt as | Bush's, he")."""
        sentence = self.entities.sentences[named.sentence]
        _, end = sentence.range_of(named.span)
        return sentence.folds[end : end + 1] in {("'s",), ("’s",)} and sentence.words[end + 1 : end + 2] == (",",)

    def _joined(self, named: Named, sentence: Sentence) -> bool:
        """Whether "and" joins a name to the subject before it."""
        before = self.log[-1] if self.log else None
        if before is None or not before.subject or before.sentence != named.sentence:
            return False
        place, _ = sentence.range_of(named.phrase)
        return place > 0 and sentence.folds[place - 1] == "and"

    def spoke(self, position: int, sentence: int, referents: Iterable[Referent]) -> None:
        """Note who was found to speak at ``position``, alone or together."""
        those = tuple(one for one in referents if one.name is not None)
        if len(those) > 1:
            self.together.append((sentence, those))
        for one in those:
            self.log.append(Occurrence(position, sentence, one, True))

    def recent(self) -> Sequence[Occurrence]:
        """What was mentioned last, the latest at the end."""
        return self.log[-_WINDOW:]

    def person(
        self, sex: Sex | None, setting: Setting, country: str | None = None, but: frozenset[str] = frozenset()
    ) -> Referent | None:
        """The antecedent of "he" or "she", or of "the billionaire"; of that state, where it is told, and with none of
        the offices ``but``.
        """
        excluded = {setting.enclosing[0].key} if setting.quoted and setting.enclosing else set()
        excluded |= self._told_of(setting)

        def fits(one: Referent) -> bool:
            return (
                one.kind == "person"
                and not (sex and one.sex and sex != one.sex)
                and one.key not in excluded
                and but.isdisjoint(one.offices)
                and (country is None or one.country in {None, country})
            )

        told = self._announced(fits, setting) or self._taken_up(fits, setting)
        if told is not None:
            return told
        found = self._best(fits, setting, lambda one: 0.0 if one.sex == sex or sex is None else _UNKNOWN_SEX)
        return found or self._following(fits, setting)

    def _told_of(self, setting: Setting) -> set[tuple[str, ...]]:
        """Whose name begins what is said after the pronoun, and who is not meant by it: "he | urged Kufuor to go"."""
        after = [span for span in setting.own[:1] if span.start > setting.position]
        return {
            referent(one.entity).key
            for span in after
            for one in self.entities.within(span)[:1]
            if one.phrase.start == span.start
        }

    def thing(self, setting: Setting) -> Referent | None:
        """The antecedent of "it": a state, an organisation or a text."""

        def fits(one: Referent) -> bool:
            return one.kind in {"country", "organisation"} or one.type == TEXT

        return self._best(fits, setting, lambda _: 0.0)

    def several(self, setting: Setting) -> tuple[Referent, ...]:
        """The antecedents of "they": those who spoke last together, or a group, or a body."""
        if not setting.quoted and (
            len(setting.reporters) > 1 or (setting.reporters and setting.reporters[0].kind == "group")
        ):
            return setting.reporters
        last = self.together[-1] if self.together else None
        alone = len(setting.before) == 1 and setting.before[0].kind == "person"
        if last is not None and alone and setting.sentence - last[0] <= _REACH:
            return last[1]
        if len(setting.before) > 1 or (setting.before and setting.before[0].kind == "group"):
            return setting.before

        def fits(one: Referent) -> bool:
            return one.kind in {"group", "organisation", "country"}

        found = self._best(fits, setting, lambda one: {"group": 1.5, "organisation": 0.3}.get(one.kind, 0.0))
        return (found,) if found else ()

    def both(self, position: int) -> tuple[Referent, ...]:
        """The two of whom "both" speaks: two persons or two states that were mentioned last, the nearer pair."""
        pairs = []
        for kind in ("person", "country"):
            found = self.lately(lambda one, kind=kind: one.kind == kind, position, 2)  # type: ignore[misc]
            if len(found) == 2:
                keys = {one.key for one in found}
                places = [o.position for o in self.recent() if o.referent.key in keys and o.position < position]
                first = min(max(o.position for o in self.recent() if o.referent.key == key) for key in keys)
                pairs.append((first, max(places), found))
        return max(pairs)[2] if pairs else ()

    def _best(
        self, fits: Callable[[Referent], bool], setting: Setting, extra: Callable[[Referent], float]
    ) -> Referent | None:
        scores: dict[tuple[str, ...], float] = {}
        counts: dict[tuple[str, ...], int] = {}
        found: dict[tuple[str, ...], Referent] = {}
        last_of: dict[tuple[str, ...], Occurrence] = {}
        for occurrence in self.recent():
            one = occurrence.referent
            distance = setting.sentence - occurrence.sentence
            if occurrence.position >= setting.position or distance > _REACH or not fits(one):
                continue
            if any(span.start <= occurrence.position < span.end for span in setting.own):
                continue
            counts[one.key] = counts.get(one.key, 0) + 1
            score = (
                max(0.0, 3.0 - _FORGETTING * distance)
                + (_SUBJECT if occurrence.subject else 0.0)
                - (0.0 if occurrence.full else _ADJECTIVE)
            )
            score += extra(one) + _OFTEN * min(3.0, log2(counts[one.key]))
            if score >= scores.get(one.key, -9.0):
                scores[one.key] = score
            found[one.key] = one
            last_of[one.key] = occurrence
        for place, one in enumerate(setting.enclosing):
            if fits(one):
                scores[one.key] = scores.get(one.key, 1.0) + (
                    _REPORTER if place == 0 and not setting.quoted else _OUTER_REPORTER
                )
                found[one.key] = one
        for one in setting.before:
            if fits(one):
                scores[one.key] = scores.get(one.key, 1.0) + _SPOKE_LAST
                found[one.key] = one
        if not scores:
            return None
        ranked = sorted(scores, key=lambda key: -scores[key])
        best = ranked[0]
        if len(ranked) > 1 and scores[best] - scores[ranked[1]] < _TIE:
            return self._between(found[best], found[ranked[1]], last_of)
        return found[best]

    @staticmethod
    def _between(one: Referent, other: Referent, last_of: Mapping[tuple[str, ...], Occurrence]) -> Referent | None:
        """Which of two that are equally good: the first of one sentence, else the later; null when nothing sets them
        apart.
        """
        here, there = last_of.get(one.key), last_of.get(other.key)
        if here is None or there is None:
            return None
        if here.sentence != there.sentence:
            return one if here.position > there.position else other
        if here.subject == there.subject and one.kind == "person":
            return None
        return one if here.position <= there.position else other

    def _announced(self, fits: Callable[[Referent], bool], setting: Setting) -> Referent | None:
        """Whom "In what he called ..., | Koizumi said" speaks of: the subject that follows, whoever came before."""
        sentence = self.entities.sentences[setting.sentence]
        if sentence.folds[:2] != ("in", "what") or sentence.starts[2:3] != (setting.position,):
            return None
        for named in self.entities.named[self._next : self._next + 8]:
            if named.sentence != setting.sentence:
                return None
            place, _ = sentence.range_of(named.phrase)
            if place > 2 and sentence.words[place - 1] == "," and fits(one := referent(named.entity)):
                return one
        return None

    def _taken_up(self, fits: Callable[[Referent], bool], setting: Setting) -> Referent | None:
        """Whose speech or letter it is "in which | he says" something: the one named right before ("an address by
        Arafat, in which | he said").
        """
        sentence = self.entities.sentences[setting.sentence]
        word, _ = sentence.range_of(Span(setting.position, setting.position + 1))
        if sentence.folds[max(0, word - 2) : word] != ("in", "which"):
            return None
        named = next(iter(self.entities.before(sentence.starts[word - 2], 1)), None)
        if named is None or named.sentence != setting.sentence:
            return None
        between = sentence.range_of(named.span)[1]
        one = referent(named.entity)
        return one if sentence.words[between : word - 2] in {(), (",",)} and fits(one) else None

    def _following(self, fits: Callable[[Referent], bool], setting: Setting) -> Referent | None:
        """The first that fits after the pronoun in its own sentence ("When he met Bush, Koizumi said ...")."""
        for named in self.entities.named[self._next : self._next + 8]:
            if named.sentence != setting.sentence:
                return None
            if named.span.start > setting.position and fits(one := referent(named.entity)):
                return one
        return None

    def lately_body(self, setting: Setting) -> Referent | None:
        """The body that spoke last, or was the subject of this sentence or the one before it."""
        for one in setting.before:
            if one.kind == "organisation":
                return one
        for occurrence in reversed(self.recent()):
            near = setting.sentence - occurrence.sentence <= 1 and occurrence.position < setting.position
            if near and occurrence.subject and occurrence.referent.kind == "organisation":
                return occurrence.referent
        return None

    def last(self, fits: Callable[[Referent], bool], position: int) -> Referent | None:
        """The one mentioned last before ``position`` that fits."""
        for occurrence in reversed(self.recent()):
            if occurrence.position < position and fits(occurrence.referent):
                return occurrence.referent
        return None

    def lately(self, fits: Callable[[Referent], bool], position: int, count: int) -> tuple[Referent, ...]:
        """The ``count`` different ones mentioned last before ``position``, in the order of the text; fewer when there
        are no more.
        """
        found: dict[tuple[str, ...], Referent] = {}
        for occurrence in reversed(self.recent()):
            if len(found) == count:
                break
            if occurrence.position < position and fits(occurrence.referent):
                found.setdefault(occurrence.referent.key, occurrence.referent)
        return tuple(reversed(found.values()))

    def often(self, fits: Callable[[Referent], bool], position: int, count: int) -> tuple[Referent, ...]:
        """The ``count`` different ones mentioned most of late, in the order of the text; fewer when there are no more,
        and none when others are mentioned as often.
        """
        times: Counter[Referent] = Counter()
        first: dict[Referent, int] = {}
        for occurrence in self.recent():
            if occurrence.position < position and fits(occurrence.referent):
                times[occurrence.referent] += 1
                first.setdefault(occurrence.referent, occurrence.position)
        chosen = [one for one, _ in times.most_common(count + 1)]
        if len(chosen) > count and times[chosen[count]] == times[chosen[count - 1]]:
            return ()
        return tuple(sorted(chosen[:count], key=lambda one: first[one]))

    def states_of_sentence(self, position: int, count: int) -> tuple[str, ...]:
        """The states (alpha-3) of all whom the nearest sentence names that names states, people or bodies of just so
        many; nothing when none does.
        """
        by_sentence: dict[int, dict[str, None]] = {}
        for occurrence in self.recent():
            if occurrence.position < position and occurrence.full and (code := occurrence.referent.country):
                by_sentence.setdefault(occurrence.sentence, {})[code] = None
        nearest = sorted(by_sentence, reverse=True)
        return next((tuple(by_sentence[number]) for number in nearest if len(by_sentence[number]) == count), ())


def reporters(contents: Sequence[Sequence[Span]], anchors: Sequence[Span]) -> list[tuple[int, ...]]:
    """For each statement those whose content holds its anchor (cue, or content where there is none), innermost first.

    The innermost is the one with the shortest content. What reports has more content than what it reports, so that no
    two report each other. One pass over the spans in the order of the text.
    """
    sizes = [sum(span.end - span.start for span in spans) for spans in contents]
    spans = sorted((span.start, span.end, number) for number, spans in enumerate(contents) for span in spans)
    order = sorted(range(len(anchors)), key=lambda number: anchors[number].start)
    holders: list[tuple[int, ...]] = [()] * len(anchors)
    active: list[tuple[int, int]] = []
    place = 0
    for number in order:
        anchor = anchors[number]
        while place < len(spans) and spans[place][0] <= anchor.start:
            active.append((spans[place][1], spans[place][2]))
            place += 1
        active = [(end, owner) for end, owner in active if end >= anchor.start]
        least = (sizes[number], number)
        inside = {owner for end, owner in active if end >= anchor.end and (sizes[owner], owner) > least}
        holders[number] = tuple(sorted(inside, key=lambda owner: (sizes[owner], owner)))
    return holders


def sentence_of(entities: Entities, position: int) -> int:
    """The number of the sentence at or before ``position``."""
    return max(0, bisect_right(entities.sentence_starts, position) - 1)
