"""The short form of ``make chaos``."""

from __future__ import annotations

from pathlib import Path

import pytest

from streams.broker import apache
from streams.broker.apache_cluster import Node
from tests.chaos.actions import SHORT
from tests.chaos.run import Plan, disturbed, imagined
from tests.kafka.conftest import JARS


@pytest.mark.kafka
async def test_nothing_is_lost_and_nothing_is_new_when_workers_and_the_broker_are_lost(
    kafka: apache.Running, tmp_path: Path
) -> None:
    nodes = (Node(kafka.home, kafka.port, JARS, properties={}, storage=None),)
    plan = Plan(articles=500, workers=2, actions=SHORT, rounds=1, seed=1)
    wanted = imagined(plan)
    assert [len(found.times) for found in wanted.values()] == [480, 480, 480, 480, 20]
    verdict = await disturbed(nodes, tmp_path, plan, wanted)
    assert verdict.is_kept, verdict
