"""A worker as a process of its own, with the null extractor: ``python -m tests.kafka.null_worker``."""

from __future__ import annotations

import sys

from streams.errors import StatementsError
from streams.pipeline.app import create_app
from streams.pipeline.running import run
from streams.pipeline.settings import load
from streams.web.serving import serve
from tests.kafka.null_extractor import NullExtractor

if __name__ == "__main__":
    try:
        sys.exit(run(serve(create_app(load(), NullExtractor)), loglevel="warn"))
    except StatementsError as error:
        sys.exit(f"{type(error).__name__}: {error}")
