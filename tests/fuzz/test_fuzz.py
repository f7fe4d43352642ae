"""The short form of `make fuzz`, and the same properties on news put together from its own pieces."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.invariants import holds_when_extracted
from fuzz.networks import random_tagger
from fuzz.targets import TARGETS, article_of, input_of
from schemas import Article
from streams import knowledge
from streams.attribution.tagging.model import load_tagger
from streams.cli.seeds import seed_articles

ROOT = Path(__file__).parents[2]
PIECES = [
    "Koizumi", "Prime Minister Junichiro Koizumi", "North Korea", "both leaders", "She", "it", "the U.S.", "Mr. Roh",
    " said", " told reporters on Friday that ", " has called for ", ", he said.", " according to ", " denied ",
    "would ", "“", "”", '"', "'", "‘", "’s ", "(", ")", ", ", ". ", "\n", "\n\n", " ", "\u00a0", "- ", "—", "talks",
    "return to the table", "by January 31", "last year", "TOKYO, Dec. 17 (Reuters) — ", "By ", "\u0301", "\u202e",
    "😀", "\U00010348", "\ufeff", "\r\n", "0", "x" * 90,
]  # fmt: skip
BODIES = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), min_size=1, max_size=40).map("".join).filter(bool)
MOMENTS = (
    st.none()
    | st.datetimes(timezones=st.just(UTC))
    | st.sampled_from([datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
)


@given(body=BODIES, moment=MOMENTS, title=st.none() | st.text(max_size=30))
def test_whatever_a_tagger_sees_in_whatever_text_every_span_holds(
    body: str, moment: datetime | None, title: str | None
) -> None:
    holds_when_extracted(Article(body=body, published_at=moment, title=title), RANDOM, KNOWN)


@settings(max_examples=25)
@given(body=BODIES, moment=MOMENTS)
def test_whatever_the_shipped_tagger_reads_every_span_holds(body: str, moment: datetime | None) -> None:
    holds_when_extracted(Article(body=body, published_at=moment), SHIPPED, KNOWN)


RANDOM, SHIPPED, KNOWN = random_tagger(), load_tagger(None, 0.0), knowledge.load(None)


def test_the_random_tagger_finds_enough_to_be_worth_it() -> None:
    found = [holds_when_extracted(article, RANDOM, KNOWN) for article in seed_articles()[:3]]
    assert min(found) > 3


def test_an_input_stands_for_the_beginning_of_an_article() -> None:
    article = seed_articles()[0]
    back = article_of(input_of(article))
    assert back is not None
    assert article.body.startswith(back.body[:-1])
    assert back.date == article.date


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris runs on Linux only")
@pytest.mark.parametrize("target", TARGETS)
def test_a_share_of_the_guided_inputs_neither_crashes_nor_hangs(target: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fuzz", "--target", target, "--share", "0.01", "--keep", str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    tried = re.match(rf"{target}: (\d+) inputs in ", ended.stdout)
    assert tried is not None
    # The inputs to begin with are tried in any case.
    assert int(tried[1]) >= round(TARGETS[target].inputs * 0.01)
