"""What stands where there is nothing to show: not yet, not at all, not for now."""

from __future__ import annotations

import asyncio
import re

from aiohttp.test_utils import unused_port
from playwright.async_api import Route, expect

from streams.web.feed import Feed
from tests.browser.conftest import PATIENCE, Open, Shoot, answering, arrive, serve
from tests.cli.examples import speaker, statement

expect.set_options(timeout=PATIENCE)


async def test_before_the_first_statement_the_page_says_how_one_comes(
    open_page: Open, server: str, shoot: Shoot
) -> None:
    page = await open_page(server)
    await expect(page.locator(".state.empty")).to_contain_text("No statement yet.")
    await expect(page.locator(".connection")).to_have_text("live")
    await shoot(page, "empty")


async def test_filters_that_nothing_meets_can_be_cleared(open_page: Open, server: str, feed: Feed) -> None:
    arrive(feed, statement())
    page = await open_page(f"{server}?country=FRA&act=deny")
    await expect(page.locator(".state.empty")).to_contain_text("None of the statements kept here is like that.")
    await page.get_by_role("button", name="Clear the filters").click()
    await expect(page.locator(".card")).to_have_count(1)
    await expect(page.get_by_label("Country")).to_have_value("")


async def test_while_an_answer_is_on_its_way_the_page_says_so(
    open_page: Open, server: str, feed: Feed, shoot: Shoot
) -> None:
    arrive(feed, statement())
    page = await open_page(server)
    await expect(page.locator(".card")).to_have_count(1)
    may_go_on = asyncio.Event()

    async def held(route: Route) -> None:
        await may_go_on.wait()
        await route.continue_()

    await page.route("**/api/picture*", held)
    await page.get_by_role("link", name="Picture").click()
    await expect(page.locator(".state.loading")).to_be_visible()
    await shoot(page, "loading")
    may_go_on.set()
    await expect(page.locator(".state.loading")).to_have_count(0)


async def test_a_refusal_is_told_in_the_worker_s_words_and_can_be_tried_again(
    open_page: Open, server: str, feed: Feed, shoot: Shoot
) -> None:
    arrive(feed, statement())
    page = await open_page(server)
    await answering(page, "statements?limit=100*", {"error": "the worker has not reached the statements yet"}, 503)
    await page.reload()
    failed = page.locator(".state.failed")
    await expect(failed).to_contain_text("the worker has not reached the statements yet")
    # Once it is live the page asks again by itself, which must not happen between the refusal's end and the click.
    await expect(page.locator(".connection")).to_have_text("live")
    await expect(failed).to_be_visible()
    await shoot(page, "error")
    await page.unroute_all()
    await failed.get_by_role("button", name="Try again").click()
    await expect(page.locator(".card")).to_have_count(1)


async def test_an_answer_that_is_no_json_is_told_too(open_page: Open, server: str) -> None:
    page = await open_page(server)
    await page.route("**/api/health", lambda route: route.fulfill(status=502, body="<html>Bad Gateway</html>"))
    await page.get_by_role("link", name="Health").click()
    await expect(page.locator(".state.failed")).to_contain_text("The worker answered 502.")


async def test_a_page_that_was_opened_before_its_worker_was_ready_comes_to_life(
    open_page: Open, server: str, feed: Feed
) -> None:
    arrive(feed, statement())
    page = await open_page(server)
    await answering(page, "**", {"error": "not yet"}, 503)
    await page.reload()
    await expect(page.locator(".state.failed")).to_contain_text("not yet")
    await expect(page.locator(".banner")).to_be_visible()
    await page.unroute_all()
    await expect(page.locator(".card")).to_have_count(1)
    await expect(page.locator(".banner")).to_be_hidden()


async def test_a_reader_who_has_fallen_too_far_behind_gets_the_list_anew(open_page: Open) -> None:
    """The first worker goes; the one at its address has forgotten more than the reader has seen."""
    port = unused_port()
    first, second = Feed(), Feed(kept=2)
    for feed in (first, second):
        feed.opens({0: 0}, {0: 0})
    arrive(first, statement("seen", article_id="1"))
    arrive(second, *(statement(f"number {n}", article_id=str(n)) for n in range(1, 6)))
    old = await serve(first, port)
    page = await open_page(f"http://127.0.0.1:{port}/")
    await expect(page.locator(".card")).to_have_count(1)
    first.close()
    await old.close()
    await expect(page.locator(".banner")).to_be_visible()
    new = await serve(second, port)
    await expect(page.locator(".card .content")).to_have_text([re.compile("number 5"), re.compile("number 4")])
    second.close()
    await new.close()


async def test_who_cannot_be_told_is_shown_as_not_told(open_page: Open, server: str, feed: Feed) -> None:
    arrive(
        feed,
        statement("nobody", article_id="1", speakers=()),
        statement("he", article_id="2", speakers=(speaker(None, mention="he", resolution="unresolved"),)),
    )
    page = await open_page(server)
    await expect(page.locator(".card").first.locator(".name")).to_have_text("he")
    await expect(page.locator(".card").first.locator(".particulars")).to_contain_text("not told who")
    await expect(page.locator(".card").last.locator(".name")).to_have_text("nobody named")
