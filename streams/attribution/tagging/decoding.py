"""From the networks' probabilities to cues, and each cue's own source and content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from streams.attribution.tagging.session import Floats

Group = tuple[int, ...]
"""Numbers of consecutive words."""

Relate = Callable[[Sequence[Group]], Floats]

B_SOURCE, I_SOURCE, B_CONTENT, I_CONTENT = 1, 2, 3, 4
_FORBIDDEN = -1e9
_CUES_TOUCH = -3.0
"""Log odds of a cue right after another: what looks so is one cue nearly always ("had" + "claimed")."""
_CUE_STEP = np.array([[0, 0, _FORBIDDEN], [0, _CUES_TOUCH, 0], [0, _CUES_TOUCH, 0]], dtype=np.float32)
_OWN_STEP = np.zeros((5, 5), dtype=np.float32)
_OWN_STEP[[0, 3, 4], I_SOURCE] = _FORBIDDEN
_OWN_STEP[[0, 1, 2], I_CONTENT] = _FORBIDDEN


@dataclass(frozen=True)
class Decoding:
    """Settings, chosen by cross-validation on ``statements-train``.

    ``cue_bias`` (nats) favours beginning a cue, so that doubtful ones reach the relation network, which verifies them;
    ``begin_penalty`` and ``source_bias`` (nats) keep sources and contents whole. Two statements are one when their
    contents' IoU exceeds ``same_content``, unless one is reported in the other's or each has a source of its own.
    """

    cue_bias: float = 0.7
    begin_penalty: float = 1.0
    source_bias: float = 0.7
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


def best_paths(logs: Floats, step: Floats, start: Floats) -> npt.NDArray[np.int64]:
    """Viterbi: the likeliest label sequence for each row of ``logs`` ``(rows, words, labels)``."""
    rows, size, _ = logs.shape
    best = logs[:, 0] + start
    back = np.zeros((size, rows, logs.shape[2]), dtype=np.int64)
    for at in range(1, size):
        reached = best[:, :, None] + step
        back[at] = reached.argmax(1)
        best = reached.max(1) + logs[:, at]
    paths = np.zeros((rows, size), dtype=np.int64)
    paths[:, -1] = best.argmax(1)
    every = np.arange(rows)
    for at in range(size - 1, 0, -1):
        paths[:, at - 1] = back[at, every, paths[:, at]]
    return paths


def groups(labels: Sequence[int], begin: int) -> tuple[Group, ...]:
    """The stretches of words labelled ``begin`` and then ``begin + 1``."""
    found: list[list[int]] = []
    open_ = False
    for number, label in enumerate(labels):
        if label == begin or (label == begin + 1 and not open_):
            found.append([number])
            open_ = True
        elif label == begin + 1:
            found[-1].append(number)
        else:
            open_ = False
    return tuple(tuple(group) for group in found)


def cues_of(probabilities: Floats, settings: Decoding) -> tuple[Group, ...]:
    """Stretches of words that may be a cue."""
    logs = np.log(probabilities + 1e-9)
    logs[:, 1] += settings.cue_bias
    start = np.array([0, 0, _FORBIDDEN], dtype=np.float32)
    return groups(best_paths(logs[None], _CUE_STEP, start)[0].tolist(), 1)


def _mean(values: Floats, content: Sequence[Group]) -> float:
    return float(values[[number for group in content for number in group]].mean())


def candidates(cue_probabilities: Floats, relate: Relate, settings: Decoding) -> list[Candidate]:
    """Every attribution that the networks see in a window, not yet weighed against each other."""
    cues = cues_of(cue_probabilities, settings)
    logs = relate([*cues, ()])
    penalty = np.array([0, settings.begin_penalty, -settings.source_bias, settings.begin_penalty, 0], dtype=np.float32)
    start = np.array([0, 0, _FORBIDDEN, 0, _FORBIDDEN], dtype=np.float32) - penalty
    paths = best_paths(logs, _OWN_STEP - penalty, start)
    found: list[Candidate] = []
    for row, path in enumerate(paths):
        labels = path.tolist()
        source, content = groups(labels, B_SOURCE), groups(labels, B_CONTENT)
        said = np.exp(logs[row, :, B_CONTENT]) + np.exp(logs[row, :, I_CONTENT])
        if row < len(cues):
            if content:
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
