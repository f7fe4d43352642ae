"""From the networks' probabilities to cues, and each cue's own source and content."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from streams.attribution.tagging.session import Floats

Group = tuple[int, ...]
"""Numbers of consecutive words."""

Relate = Callable[[Sequence[Group]], Floats]

B_SOURCE, I_SOURCE, B_CONTENT, I_CONTENT = 1, 2, 3, 4
CUES_TOUCH = -3.0
"""Log odds of a cue right after another: what looks so is one cue nearly always ("had" + "claimed")."""
_NEVER = -1e9
_STRETCHES = {begin: re.compile(rb"[%c%c]%c*" % (begin, begin + 1, begin + 1)) for begin in (1, B_SOURCE, B_CONTENT)}
"""What begins with a label or the one after it and goes on with that, in labels as bytes."""


@dataclass(frozen=True)
class Decoding:
    """Settings, chosen by cross-validation on ``statements-train``.

    ``cue_bias`` (nats) favours beginning a cue, so that doubtful ones reach the relation network, which verifies them;
    ``quoted_cue_bias`` (nats) favours whatever may be a cue inside a quotation: PolNeAR, which taught most of what the
    networks know, marks a sixth of what our definition has there;
    ``begin_penalty`` and ``source_bias`` (nats) keep sources and contents whole. A cue without a source gets the best
    one there is if that is at most ``source_slack`` (nats) less likely than none. Two statements are one when their
    contents' IoU exceeds ``same_content``, unless one is reported in the other's or each has a source of its own.
    """

    cue_bias: float = 0.7
    quoted_cue_bias: float = 1.5
    begin_penalty: float = 1.0
    source_bias: float = 0.7
    source_slack: float = 1.5
    same_content: float = 0.7
    least_words_without_cue: int = 4


@dataclass(frozen=True)
class Candidate:
    """One attribution in word numbers, and what the networks thought of its parts, each a probability in [0, 1]."""

    cue: tuple[Group, ...]
    source: tuple[Group, ...]
    content: tuple[Group, ...]
    cue_probability: float
    content_probability: float

    @property
    def score(self) -> float:
        """What candidates are ranked by."""
        return self.cue_probability * self.content_probability

    @cached_property
    def content_words(self) -> frozenset[int]:
        """Numbers of all words of the content."""
        return frozenset(number for group in self.content for number in group)


def cue_path(logs: Floats) -> list[int]:
    """Viterbi: the likeliest of the sequences of O, B, I over ``logs`` ``(words, 3)`` in which I follows B or I.

    A loop over plain numbers, since arrays of three take ten times as long.
    """
    if not (size := _telling(logs)):
        return [0] * len(logs)
    (out, begun, _), *rest = logs[:size].tolist()
    inside = _NEVER
    steps = []
    for o, b, i in rest:
        cue, in_cue = (begun, 1) if begun >= inside else (inside, 2)
        any_, before = (out, 0) if out >= cue else (cue, in_cue)
        new, before_new = (out, 0) if out >= cue + CUES_TOUCH else (cue + CUES_TOUCH, in_cue)
        steps.append((before, before_new, in_cue))
        out, begun, inside = any_ + o, new + b, cue + i
    return _path((out, begun, inside), steps) + [0] * (len(logs) - size)


def own_path(logs: Floats) -> list[int]:
    """The same over O, B/I-source, B/I-content ``(words, 5)``, in which each I follows B or I of its own kind."""
    if not (size := _telling(logs)):
        return [0] * len(logs)
    (out, source_begun, _, content_begun, _), *rest = logs[:size].tolist()
    in_source = in_content = _NEVER
    steps = []
    for o, b_source, i_source, b_content, i_content in rest:
        source, of_source = (source_begun, B_SOURCE) if source_begun >= in_source else (in_source, I_SOURCE)
        content, of_content = (content_begun, B_CONTENT) if content_begun >= in_content else (in_content, I_CONTENT)
        any_, before = (out, 0) if out >= source else (source, of_source)
        if content > any_:
            any_, before = content, of_content
        steps.append((before, before, of_source, before, of_content))
        out, source_begun, content_begun = any_ + o, any_ + b_source, any_ + b_content
        in_source, in_content = source + i_source, content + i_content
    return _path((out, source_begun, in_source, content_begun, in_content), steps) + [0] * (len(logs) - size)


def _telling(logs: Floats) -> int:
    """How many words there are up to the last for which anything is likelier than O.

    Whatever the labels before, O costs nothing more after them, so that all that follows is O in the likeliest
    sequence.
    """
    telling = np.flatnonzero(logs.argmax(1))
    return int(telling[-1]) + 1 if len(telling) else 0


def _path(ends: Sequence[float], steps: Sequence[Sequence[int]]) -> list[int]:
    """Labels from the scores of the last word's, and for each word after the first, what came before each label."""
    label = max(range(len(ends)), key=ends.__getitem__)
    path = [label]
    for step in reversed(steps):
        label = step[label]
        path.append(label)
    return path[::-1]


def groups(labels: Sequence[int], begin: int) -> tuple[Group, ...]:
    """The stretches of words labelled ``begin`` and then ``begin + 1``."""
    return tuple(tuple(range(*found.span())) for found in _STRETCHES[begin].finditer(bytes(labels)))


def with_quoted(probabilities: Floats, quoted: Sequence[bool], settings: Decoding) -> Floats:
    """``probabilities`` of O, B, I of a cue, those of the words inside a quotation (``quoted``) shifted to our rate."""
    raised = probabilities.copy()
    raised[np.array(quoted), 1:] *= np.float32(np.exp(settings.quoted_cue_bias))
    return np.asarray(raised / raised.sum(1, keepdims=True), dtype=np.float32)


def cues_of(probabilities: Floats, settings: Decoding) -> tuple[Group, ...]:
    """Stretches of words that may be a cue."""
    logs = np.log(probabilities + 1e-9)
    logs[:, 1] += settings.cue_bias
    return groups(cue_path(logs), 1)


def likeliest_source(logs: Floats, labels: Sequence[int], slack: float) -> tuple[Group, ...]:
    """The words without a label whose log odds of being a source are best, none if these are below ``-slack``."""
    best = -slack
    found: tuple[Group, ...] = ()
    inside, start = _NEVER, 0
    for number, ((out, begin, go_on, *_), label) in enumerate(zip(logs.tolist(), labels, strict=True)):
        if label:
            inside = _NEVER
            continue
        inside += go_on - out
        if begin - out >= inside:
            inside, start = begin - out, number
        if inside > best:
            best, found = inside, (tuple(range(start, number + 1)),)
    return found


def _mean(values: Floats, content: Sequence[Group]) -> float:
    return float(values[[number for group in content for number in group]].mean())


def candidates(cue_probabilities: Floats, relate: Relate, settings: Decoding) -> list[Candidate]:
    """Every attribution that the networks see in a window, not yet weighed against each other."""
    cues = cues_of(cue_probabilities, settings)
    logs = relate([*cues, ()])
    penalty = np.array([0, settings.begin_penalty, -settings.source_bias, settings.begin_penalty, 0], dtype=np.float32)
    found: list[Candidate] = []
    for row, own in enumerate(logs - penalty):
        labels = own_path(own)
        source, content = groups(labels, B_SOURCE), groups(labels, B_CONTENT)
        if not content:
            continue
        said = np.exp(logs[row, :, B_CONTENT]) + np.exp(logs[row, :, I_CONTENT])
        if row < len(cues):
            source = source or likeliest_source(own, labels, settings.source_slack)
            sure = float((1 - cue_probabilities[list(cues[row]), 0]).mean())
            found.append(Candidate((cues[row],), source, content, sure, _mean(said, content)))
        else:
            found += [Candidate((), _beside(group, source), (group,), 1.0, _mean(said, [group])) for group in content]
    return found


def _beside(content: Group, sources: Sequence[Group]) -> tuple[Group, ...]:
    """The source that stands right before or after a content without a cue ("Clinton: ...")."""
    near = [s for s in sources if 0 < content[0] - s[-1] <= 2 or 0 < s[0] - content[-1] <= 2]
    return tuple(near[:1])


def _same(one: Candidate, other: Candidate, limit: float) -> bool:
    """Whether both tell the same content of the same speaker; one reported within the other's is another statement."""
    words, others = one.content_words, other.content_words
    if len(words & others) <= limit * len(words | others):
        return False
    if one.cue and other.cue and one.source and other.source and not _meet(one.source, other.source):
        return False
    return not (_within(one.cue, others) or _within(other.cue, words))


def _meet(one: tuple[Group, ...], other: tuple[Group, ...]) -> bool:
    words = {number for group in one for number in group}
    return any(number in words for group in other for number in group)


def _within(cue: tuple[Group, ...], words: frozenset[int]) -> bool:
    return bool(cue) and all(number in words for group in cue for number in group)


def select(found: Sequence[Candidate], settings: Decoding) -> list[Candidate]:
    """The best of candidates that tell the same content; without a cue only what no other statement holds."""
    kept: list[Candidate] = []
    for candidate in sorted(found, key=lambda c: -c.score):
        words = candidate.content_words
        if any(_same(candidate, other, settings.same_content) for other in kept):
            continue
        if not candidate.cue and (
            len(words) < settings.least_words_without_cue or any(words & other.content_words for other in kept)
        ):
            continue
        kept.append(candidate)
    return sorted(kept, key=lambda c: c.content)
