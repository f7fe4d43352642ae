"""Where a reader of the statements is: the next offset of each partition, written like ``0:17,1:4``.

A place in Kafka and not a number of this worker's, so that it means the same at every worker, and after a restart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Position = Mapping[int, int]
"""The next offset to read by partition; a partition that is not in it is read from its start."""

_WRITTEN = re.compile(r"\d{1,6}:\d{1,18}(,\d{1,6}:\d{1,18})*", re.ASCII)


def written(position: Position) -> str:
    """``position`` as text; the empty text for the very start."""
    return ",".join(f"{partition}:{offset}" for partition, offset in sorted(position.items()))


def read(text: str) -> Position | None:
    """The position that ``text`` writes, or None when it writes none."""
    if not text:
        return {}
    if not _WRITTEN.fullmatch(text):
        return None
    pairs = (pair.split(":") for pair in text.split(","))
    return {int(partition): int(offset) for partition, offset in pairs}
