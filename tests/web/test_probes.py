"""What a supervisor is told of a worker's progress."""

from __future__ import annotations

from aiohttp.test_utils import TestClient, TestServer

from streams.pipeline.app import create_app
from streams.pipeline.positions import Place
from streams.pipeline.settings import load
from streams.pipeline.watchdog import Standing, State
from streams.web.serving import PageWeb, serve
from tests.cli.examples import WordExtractor

PLACE = Place("news.articles", 2)


def state(**fields: object) -> State:
    standings = {PLACE: Standing(lag=3, quiet=0.0, mark=(1, 0))}
    return State(at=5.0, assigned=frozenset({PLACE}), standings=standings, **fields)  # type: ignore[arg-type]


async def ready(seen: State) -> tuple[int, dict[str, object]]:
    app = serve(create_app(load(), extractor=WordExtractor))
    app.watch.state = seen
    assert isinstance(app.web, PageWeb)
    async with TestClient(TestServer(await app.web.wsgi())) as client:
        answer = await client.get("/readyz")
        return answer.status, await answer.json()


async def test_a_worker_that_gets_on_is_ready() -> None:
    assert await ready(state(condition="consuming", reason=None, last_progress=4.0)) == (
        200,
        {
            "status": "consuming",
            "reason": None,
            "at": 5.0,
            "last_progress": 4.0,
            "assigned": ["news.articles[2]"],
            "stalled": [],
            "lag": {"news.articles[2]": 3},
        },
    )


async def test_a_stalled_worker_is_not_ready_and_says_why() -> None:
    status, told = await ready(state(condition="stalled", reason="no progress for 130 s", stalled=(PLACE,)))
    assert status == 503
    assert (told["reason"], told["stalled"]) == ("no progress for 130 s", ["news.articles[2]"])
