"""The demo as people start it: its own process, its own broker, its own worker."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from schemas import Article
from streams.cli.demo import again
from streams.cli.main import status

DEMO = (sys.executable, "-m", "streams", "demo", "--web-port", "0")
WITHIN = 240


def test_twenty_articles_go_through_in_the_order_of_their_dates(tmp_path: Path) -> None:
    told = subprocess.run([*DEMO, "--once"], cwd=tmp_path, capture_output=True, text=True, timeout=WITHIN, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    days = re.findall(r"^(\d{4}-\d\d-\d\d)  \S", told.stdout, flags=re.MULTILINE)
    assert days == sorted(days)
    assert "2004-12-17  Japanese, South Korean Leaders Hold Talks" in told.stdout
    assert "in this process's memory" in " ".join(told.stdout.split())
    summary = re.search(
        r"^20 articles, (\d+) statements, (\d+) of them between states, 0 dead", told.stdout, re.MULTILINE
    )
    assert summary
    assert int(summary[1]) > int(summary[2]) > 0


@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGTERM])
def test_it_leaves_nothing_running_behind(ended_by: signal.Signals, tmp_path: Path) -> None:
    with subprocess.Popen(
        DEMO, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as demo:
        assert demo.stdout is not None
        assert demo.stderr is not None
        while "2004-11-13" not in (line := demo.stdout.readline()):
            assert line, demo.stderr.read()
        demo.send_signal(ended_by)
        _, errors = demo.communicate(timeout=WITHIN)
        assert (demo.returncode, errors) == (0, "")
        assert group_is_empty(demo.pid)


def group_is_empty(group: int) -> bool:
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_live_demo_goes_on_with_articles_of_their_own_that_keep_their_dates() -> None:
    articles = [Article(body=body, published_at=datetime(2004, 12, 17, tzinfo=UTC)) for body in ("a", "b")]
    following = list(islice(again(articles), 4))
    assert [article.body for article in following] == ["a", "b", "a", "b"]
    assert len({article.id for article in [*articles, *following]}) == 6
    assert {article.published_at for article in following} == {articles[0].published_at}


def test_a_live_demo_that_ends_at_once_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert status(["demo", "--live", "--once"]) == 2
    assert "choose one" in capsys.readouterr().err
