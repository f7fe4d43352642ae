"""To whom a statement is addressed, or about whom it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from schemas import Speaker, Target
from schemas.statement import Act
from streams.attribution.beliefs import Belief, Key, second_look
from streams.attribution.document import Attribution
from streams.attribution.entities import Entities
from streams.attribution.entity import Entity
from streams.attribution.reading import Sentence
from streams.attribution.span import Span
from streams.attribution.weighing import Weights
from streams.knowledge.phrases import folded_words

_MOST_TARGETS = 4
_MANY = 3
_POSSESSIVE = frozenset({"'", "’", "'s", "’s"})
_ARTICLES = frozenset({"the", "a", "an", "mr", "mrs", "president"})
_SORTS = {
    **dict.fromkeys(("in", "at", "near", "across", "inside", "throughout", "within", "into"), "in"),
    **dict.fromkeys(("from", "out", "outside", "off"), "from"),
    **dict.fromkeys(("against", "over", "on", "about", "toward", "towards"), "against"),
    **dict.fromkeys(("with", "between", "alongside", "and", "or"), "with"),
    **dict.fromkeys(("to", "for"), "to"),
    **dict.fromkeys(("of",), "of"),
    **dict.fromkeys(("by",), "by"),
    **dict.fromkeys(("that", "if", "because", "when", "while", ",", "“", '"', "''", "‘"), "opening"),
}
"""Words before a name, by what they tell of its part."""
_MOST_NAMES = 40
"""Names of one content that are looked at; a list of thousands has no thousand targets."""


@dataclass(frozen=True)
class Said:
    """What is known of one statement before its targets: who, where, doing what, reported by whom (innermost first)."""

    attribution: Attribution
    speakers: tuple[Speaker, ...]
    act: Act
    reporters: tuple[int, ...]

    @cached_property
    def who(self) -> tuple[Entity, ...]:
        """Those of the speakers who have a name."""
        return tuple(Entity(one.name, one.kind, one.country, one.organisation) for one in self.speakers if one.name)


@dataclass
class Candidate:
    """Somebody who may be a target, and what speaks for it."""

    entity: Entity
    features: dict[str, float] = field(default_factory=dict)

    def note(self, name: str, value: float = 1.0) -> None:
        """Set a feature, the highest value counts; one that is 0 is none."""
        if value > self.features.get(name, 0.0):
            self.features[name] = value


Find = Callable[[Entity], Candidate | None]
"""Gives the candidate that an entity is; null when it is a speaker itself."""


def targets(said: Sequence[Said], entities: Entities, first: Weights, model: Weights) -> tuple[tuple[Target, ...], ...]:
    """The targets of each statement, in the order given; earlier statements must come first.

    ``first`` takes a first look, statement by statement; ``model`` decides with what that believes of all of them.
    """
    return tuple(tuple(map(target, those)) for those in chosen(said, entities, first, model))


def chosen(said: Sequence[Said], entities: Entities, first: Weights, model: Weights) -> list[tuple[Entity, ...]]:
    """Whom the two models hold to be each statement's targets, the likeliest first."""
    found, features = looked_at(said, entities, first)
    return [
        _likeliest({key: model.probability(those) for key, those in of.items()}, candidates, model.threshold)
        for of, candidates in zip(features, found, strict=True)
    ]


def looked_at(
    said: Sequence[Said], entities: Entities, first: Weights
) -> tuple[list[dict[Key, Candidate]], list[dict[Key, dict[str, float]]]]:
    """The candidates of each statement, and their features for the model that decides, both by key."""
    found: list[dict[Key, Candidate]] = []
    beliefs: list[dict[Key, float]] = []
    before: list[tuple[Entity, ...]] = []
    for number in range(len(said)):
        found.append(candidates(number, said, before, entities))
        beliefs.append({key: first.probability(one.features) for key, one in found[-1].items()})
        before.append(_likeliest(beliefs[-1], found[-1], first.threshold))
    features = [{key: one.features for key, one in those.items()} for those in found]
    return found, second_look(features, beliefs, [{one.name for one in statement.who} for statement in said])


def target(entity: Entity) -> Target:
    """An entity as a statement's target."""
    code = entity.country if entity.country and len(entity.country) == 3 else None
    return Target(name=entity.name, kind=entity.kind, country=code)


def _likeliest(scores: Belief, found: Mapping[Key, Candidate], threshold: float) -> tuple[Entity, ...]:
    """Those who are likely enough, the likeliest first."""
    ranked = sorted(scores, key=lambda key: -scores[key])
    return tuple(found[key].entity for key in ranked[:_MOST_TARGETS] if scores[key] >= threshold)


def candidates(
    number: int, said: Sequence[Said], before: Sequence[Sequence[Entity]], entities: Entities
) -> dict[Key, Candidate]:
    """Who may be a target of statement ``number``, by key, with features.

    ``before``: the targets of the statements before it.
    """
    statement = said[number]
    own = {folded_words(one.name) for one in statement.who}
    found: dict[Key, Candidate] = {}

    def candidate(entity: Entity) -> Candidate | None:
        one = found.get(entity.key)
        if one is None and folded_words(entity.name) not in own:
            one = found[entity.key] = Candidate(entity)
        return one

    _in_content(statement, entities, candidate)
    _beside_cue(statement, entities, candidate)
    _from_before(number, said, before, candidate)
    _of_article(entities, candidate)
    _lately(statement, entities, candidate)
    _pronouns(statement, entities, found)
    through = _through(statement, entities)
    found = {key: one for key, one in found.items() if "content" in one.features or key not in through}
    speaks_for = {one.country for one in statement.speakers if one.country}
    bare = not any("content" in one.features for one in found.values())
    for one in found.values():
        _general(one, statement, speaks_for, entities)
        if bare:
            one.features.update(
                {f"{name}, nobody in content": one.features[name] for name in _WITHOUT_NAMES & one.features.keys()}
            )
        _crossed(one, statement)
    return found


def _in_content(statement: Said, entities: Entities, candidate: Find) -> None:
    content = statement.attribution.content
    length = sum(span.end - span.start for span in content) or 1
    offset = seen = 0
    there: dict[tuple[str, ...], Candidate] = {}
    for span in content:
        for named in entities.within(span)[:_MOST_NAMES]:
            one = candidate(named.entity)
            if one is None:
                continue
            place = (offset + named.span.start - span.start) / length
            one.note("content")
            one.note("content early", 1.0 - place)
            one.note(f"content {named.naming}")
            one.note("content first", float(seen == 0))
            one.note("content start", float(named.phrase.start - span.start <= 4 and offset == 0))
            one.note("content short", min(1.0, 60 / length))
            for feature in _part(named.phrase, entities):
                one.note(f"content {feature}")
            one.features["content times"] = min(3.0, one.features.get("content times", 0.0) + 1.0)
            there[one.entity.key] = one
            seen += 1
        offset += span.end - span.start
    for one in there.values():
        one.note("content alone", float(len(there) == 1))
        one.note("content among many", float(len(there) > _MANY))
        if one.entity.kind == "country" and any(
            other is not one and other.entity.country == one.entity.country for other in there.values()
        ):
            one.note("content with its people")


def _part(phrase: Span, entities: Entities) -> Iterator[str]:
    """What the words beside a name in its sentence tell of its part there."""
    sentence = entities.sentence_at(phrase.start)
    if sentence is None:
        return
    start, end = sentence.range_of(phrase)
    at = start - 1
    if at >= 0 and sentence.folds[at] in _ARTICLES:
        at -= 1
    yield f"after {_SORTS.get(sentence.folds[at], 'a word') if at >= 0 else 'nothing'}"
    if end < len(sentence.words) and sentence.words[end] in _POSSESSIVE:
        yield "possessive"


def _beside_cue(statement: Said, entities: Entities, candidate: Find) -> None:
    """Those in the sentence of the cue who are neither source nor content: "told | reporters", "warned | China |
    against".
    """
    attribution = statement.attribution
    anchor = (attribution.cue or attribution.content)[0]
    sentence = entities.sentence_at(anchor.start)
    if sentence is None:
        return
    outside = (*attribution.source, *attribution.content)
    for named in entities.within(sentence.span)[:_MOST_NAMES]:
        if any(_overlap(named.phrase, span) for span in outside):
            continue
        one = candidate(named.entity)
        if one is None:
            continue
        one.note("sentence")
        gap = named.phrase.start - attribution.cue[-1].end if attribution.cue else -1
        if (attribution.cue and 0 <= named.phrase.start - attribution.cue[0].end <= 4) or 0 <= gap <= 4:
            one.note("addressee")
            one.note(f"addressee {named.entity.kind}")
        elif gap > 0:
            one.note("after cue")
        if named.naming == "adjective":
            one.note("sentence adjective")


def _through(statement: Said, entities: Entities) -> frozenset[Key]:
    """Firms by whose means it is said: "wrote on | Facebook"."""
    sentence = entities.sentence_at((statement.attribution.cue or statement.attribution.content)[0].start)
    named = entities.within(sentence.span)[:_MOST_NAMES] if sentence else ()
    return frozenset(
        one.entity.key
        for one in named
        if one.entity.type == "company" and sentence and _word_before(sentence, one.phrase) in {"on", "over", "via"}
    )


def _word_before(sentence: Sentence, phrase: Span) -> str:
    word, _ = sentence.range_of(phrase)
    return sentence.folds[word - 1] if word else ""


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _from_before(number: int, said: Sequence[Said], before: Sequence[Sequence[Entity]], candidate: Find) -> None:
    """Who spoke, or was the target, in the statement before, and in the one that reports it."""
    for distance in (1, 2):
        if number < distance:
            break
        earlier = said[number - distance]
        same = _share_a_speaker(said[number], earlier)
        for entity in earlier.who:
            _note(candidate, entity, f"spoke {distance} before")
        for entity in before[number - distance]:
            _note(candidate, entity, f"target {distance} before" + (", same speaker" if same else ""))
    for reporter in said[number].reporters[:1]:
        for entity in said[reporter].who:
            _note(candidate, entity, "reporter")
        if reporter < len(before):
            for entity in before[reporter]:
                _note(candidate, entity, "target of reporter")


def _share_a_speaker(one: Said, other: Said) -> bool:
    """Whether somebody speaks in both; whoever has no name counts as the same."""
    return not {speaker.name for speaker in one.speakers}.isdisjoint(speaker.name for speaker in other.speakers)


def _note(candidate: Find, entity: Entity, feature: str) -> None:
    one = candidate(entity)
    if one is not None:
        one.note(feature)


def _of_article(entities: Entities, candidate: Find) -> None:
    for entity in entities.leading:
        _note(candidate, entity, "leading")


_WITHOUT_NAMES = frozenset(
    {
        "leading", "spoke 1 before", "target 1 before",
        "target 1 before, same speaker", "target 2 before, same speaker",
        "sentence", "addressee", "reporter", "target of reporter", "lately", "abroad", "share", "pronoun",
        "kind country",
        "kind person", "sentence before", "after cue", "own state",
    }
)  # fmt: skip
"""Features that weigh otherwise when the content names nobody."""


def _lately(statement: Said, entities: Entities, candidate: Find) -> None:
    """Those who were named in the sentence before, and last of all before the statement."""
    start = min(
        part[0].start
        for part in (statement.attribution.source, statement.attribution.cue, statement.attribution.content)
        if part
    )
    here = entities.sentence_at(start)
    if here is None:
        return
    if here.number > 0:
        before = entities.sentences[here.number - 1]
        feature = "sentence before" if before.paragraph == here.paragraph else "paragraph before"
        for named in entities.within(before.span)[:_MOST_NAMES]:
            one = candidate(named.entity)
            if one is not None:
                one.note(feature)
    for named in entities.before(start, 3):
        _note(candidate, named.entity, "lately")


_PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "it": "thing", "its": "thing", "they": "many", "them":
    "many", "their": "many",
}  # fmt: skip


def _pronouns(statement: Said, entities: Entities, found: Mapping[tuple[str, ...], Candidate]) -> None:
    """Which candidates the content's pronouns could mean."""
    first = statement.attribution.content[0]
    sentence = entities.sentence_at(first.start)
    if sentence is None:
        return
    start, end = sentence.range_of(first)
    kinds = {_PRONOUNS[word] for word in sentence.folds[start : min(end, start + _MOST_NAMES)] if word in _PRONOUNS}
    for one in found.values():
        entity = one.entity
        if entity.kind == "person" and (("m" in kinds and entity.sex != "f") or ("f" in kinds and entity.sex != "m")):
            one.note("pronoun")
            one.note(
                "pronoun, target before",
                one.features.get("target 1 before", 0.0) + one.features.get("target 1 before, same speaker", 0.0),
            )
        if entity.kind in {"country", "organisation"} and "thing" in kinds:
            one.note("pronoun it")
        if entity.kind in {"group", "country"} and "many" in kinds:
            one.note("pronoun they")


def _general(one: Candidate, statement: Said, speaks_for: Set[str], entities: Entities) -> None:
    """What the candidate is, whatever its place."""
    entity, features = one.entity, one.features
    is_state, in_content = entity.kind == "country", "content" in features
    own_state = entity.country is not None and entity.country in speaks_for
    abroad = bool(entity.country) and not own_state
    features[f"kind {entity.kind}"] = 1.0
    if own_state:
        features["own state" if is_state else "own people"] = 1.0
    if abroad and speaks_for:
        features["abroad"] = 1.0
    if share := entities.share(entity):
        features["share"] = share
    if in_content:
        features[f"{statement.act}, in content"] = 1.0
        features[f"{entity.kind}, in content"] = 1.0
        if own_state and is_state:
            features["own state, in content"] = 1.0
    if abroad and "leading" in features:
        features["abroad, leading"] = 1.0
    if entity.type == "media":
        features["media"] = 1.0


_BY_ACT = (
    "content first", "content start", "content early", "content alone", "content possessive", "content after by",
    "content after against", "addressee", "sentence", "target 1 before", "target 1 before, same speaker",
    "spoke 1 before", "leading",
)  # fmt: skip
_BY_SPEAKER = ("content", "leading", "own state", "target 1 before, same speaker")


def _crossed(one: Candidate, statement: Said) -> None:
    """What a place weighs depends on the act, on the candidate's kind and on the speaker's."""
    features = one.features
    speaker = statement.speakers[0].kind if statement.speakers else "nobody"
    for name in _BY_ACT:
        if value := features.get(name):
            features[f"{statement.act}: {name}"] = value
            features[f"{one.entity.kind}: {name}"] = value
    for name in _BY_SPEAKER:
        if value := features.get(name):
            features[f"by {speaker}: {name}"] = value
