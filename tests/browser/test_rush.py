"""Two hundred statements a second: the page stays small, and the reader stays in charge of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Page, expect

from schemas import Statement
from streams.web.feed import Feed
from tests.browser.conftest import PATIENCE, Open, Shoot, arrive
from tests.cli.examples import speaker, statement

expect.set_options(timeout=PATIENCE)

A_SECOND = 200
SECONDS = 6
SHOWN = 200
ACTS = ("assert", "deny", "appeal", "pledge", "accuse")


def told(number: int) -> Statement:
    text = f"statement number {number} of a very busy day in which everybody had something to say about something"
    who = speaker(f"Speaker {number % 40}", country=("JPN", "PRK", "USA")[number % 3])
    return statement(text, article_id=str(number), speakers=(who,), act=ACTS[number % len(ACTS)])


@asynccontextmanager
async def rush(feed: Feed) -> AsyncIterator[asyncio.Task[None]]:
    """Statements as fast as that, from now on: done when all of them have come."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        begin = loop.time()
        for number in range(A_SECOND * SECONDS):
            arrive(feed, told(number))
            # Behind time nothing is waited for: a busy machine gets them in larger heaps, but as many a second.
            await asyncio.sleep(max(0, begin + number / A_SECOND - loop.time()))

    running = asyncio.create_task(run())
    try:
        yield running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def watch(page: Page) -> None:
    """Remembers the most cards that there ever were."""
    await page.evaluate(
        """() => {
          const feed = document.querySelector(".feed");
          window.most = 0;
          new MutationObserver(() => { window.most = Math.max(window.most, feed.childElementCount); })
            .observe(feed, { childList: true });
        }"""
    )


async def test_the_latest_are_shown_and_the_page_answers_meanwhile(
    open_page: Open, server: str, feed: Feed, shoot: Shoot
) -> None:
    page = await open_page(server)
    await expect(page.locator(".connection")).to_have_text("live")
    await watch(page)
    async with rush(feed) as running:
        await expect(page.locator(".card")).to_have_count(SHOWN)
        # In the middle of it the page answers: a filter is set, and something else is drawn.
        await page.get_by_label("Country").select_option("JPN")
        await expect(page.locator(".card").first.locator(".speakers .badge")).to_have_text("JPN")
        await page.get_by_label("Country").select_option("")
        await shoot(page, "rush")
        await running
    total = A_SECOND * SECONDS
    await expect(page.locator(".count")).to_have_text(f"{SHOWN} statements shown")
    await expect(page.locator(".card").first).to_contain_text(f"statement number {total - 1} ")
    assert await page.evaluate("window.most") <= SHOWN


async def test_a_pause_holds_while_they_rush_by(open_page: Open, server: str, feed: Feed) -> None:
    page = await open_page(server)
    await expect(page.locator(".connection")).to_have_text("live")
    async with rush(feed) as running:
        await expect(page.locator(".card").first).to_be_visible()
        await page.get_by_role("button", name="Pause").click()
        held = await page.locator(".card").first.get_attribute("data-id")
        words = await page.locator(".card .content").first.inner_text()
        await running
    # More of them, since on a busy machine the rush may be over before the click has been.
    total = A_SECOND * (SECONDS + 1)
    arrive(feed, *(told(number) for number in range(A_SECOND * SECONDS, total)))
    seen = int(words.split()[2]) + 1
    await expect(page.locator(".waits")).to_have_text(f"{total - seen:,} waiting")
    assert await page.locator(".card").first.get_attribute("data-id") == held
    await page.locator(".waits").click()
    await expect(page.locator(".card").first).to_contain_text(f"statement number {total - 1} ")
    await expect(page.locator(".card")).to_have_count(SHOWN)
    await expect(page.get_by_role("button", name="Go on")).to_be_visible()


async def test_who_reads_further_down_is_not_disturbed(open_page: Open, server: str, feed: Feed) -> None:
    arrive(feed, *(told(number) for number in range(50)))
    page = await open_page(server)
    await expect(page.locator(".card")).to_have_count(50)
    await page.locator(".card").nth(30).scroll_into_view_if_needed()
    arrive(feed, told(1000))
    await expect(page.locator(".waits")).to_have_text("1 waiting")
    await expect(page.locator(".card")).to_have_count(50)
    await page.evaluate("scrollTo(0, 0)")
    await expect(page.locator(".card")).to_have_count(51)


async def test_back_from_an_article_leads_to_the_statement_that_led_there(
    open_page: Open, server: str, feed: Feed
) -> None:
    arrive(feed, *(told(number) for number in range(50)))
    page = await open_page(server)
    left = page.locator(".card").nth(30)
    statement_id = await left.get_attribute("data-id")
    await left.locator(".read").click()
    await expect(page.locator(".state.failed")).to_be_visible()  # this server has no articles
    await page.go_back()
    back = page.locator(f'.card[data-id="{statement_id}"]')
    await expect(back).to_be_focused()
    await expect(back).to_be_in_viewport()


async def test_older_ones_are_read_on_request_as_far_as_there_is_room(open_page: Open, server: str, feed: Feed) -> None:
    arrive(feed, *(told(number) for number in range(250)))
    page = await open_page(server)
    await expect(page.locator(".card")).to_have_count(100)
    await page.get_by_role("button", name="Older statements").click()
    await expect(page.locator(".card")).to_have_count(SHOWN)
    await expect(page.locator(".card").last).to_contain_text("statement number 50 ")
    await expect(page.get_by_role("button", name="Older statements")).to_be_hidden()
