"""What the statements around one tell of its act: its neighbours, and those that report it or that it reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from schemas.statement import Act

_WEIGHT = 1.5
_OF_SHARE = 4.5
_TELLING: tuple[Act, ...] = ("disapprove", "support", "accuse", "threaten", "appeal")
"""Acts whose share of an article tells what sort of article it is."""


def context_of(
    verdicts: Sequence[Act], sources: Sequence[str], reporters: Sequence[tuple[int, ...]]
) -> list[dict[str, float]]:
    """Features for each of an article's statements in the order of the text, by name.

    ``verdicts``: what the rules say of each; ``sources``: its source as written, empty where there is none;
    ``reporters``: numbers of the statements that report it, the innermost first.
    """
    found: list[dict[str, float]] = [{} for _ in verdicts]
    counts = Counter(verdicts)
    for number, verdict in enumerate(verdicts):
        here = found[number]
        if number:
            _neighbour(here, "before", verdicts[number - 1], sources[number] in ("", sources[number - 1]))
        if number + 1 < len(verdicts):
            _neighbour(here, "after", verdicts[number + 1], sources[number + 1] in ("", sources[number]))
        for reporter in reporters[number][:1]:
            here[f"reported by={verdicts[reporter]}"] = _WEIGHT
            found[reporter][f"reports={verdict}"] = _WEIGHT
        for act in _TELLING:
            here[f"share {act}"] = _OF_SHARE * (counts[act] - (act == verdict)) / len(verdicts)
    return found


def _neighbour(here: dict[str, float], where: str, verdict: Act, is_same_speaker: bool) -> None:
    here[f"{where}={verdict}"] = _WEIGHT
    if is_same_speaker:
        here[f"{where}, same speaker={verdict}"] = _WEIGHT
