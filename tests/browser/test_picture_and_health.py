"""The picture and the worker's health, from answers that the test chooses."""

from __future__ import annotations

import re
from typing import Any

from playwright.async_api import Page, expect

from streams.web.feed import Feed
from tests.browser.answers import BYTES, HEALTH, LETTER, OPENED, PICTURE
from tests.browser.conftest import PATIENCE, Open, answering, arrive
from tests.cli.examples import speaker, statement

expect.set_options(timeout=PATIENCE)


async def opened(open_page: Open, server: str, view: str, picture: Any = PICTURE, health: Any = HEALTH) -> Page:
    page = await open_page(server)
    for path, answer in {
        "picture?*": picture,
        "health": health,
        "dead-letters?*": {"dead_letters": [LETTER]},
        "dead-letters/*": OPENED,
    }.items():
        await answering(page, path, answer)
    await page.get_by_role("link", name=view).click()
    return page


async def test_in_the_matrix_rows_speak_about_columns_and_colours_tell_how(open_page: Open, server: str) -> None:
    page = await opened(open_page, server, "Picture")
    dots = page.locator(".matrix a")
    await expect(dots).to_have_count(3)
    japan = page.get_by_role(
        "link", name="Japan about North Korea: 12 statements, rather conflictual (appeals 8, demands 4)"
    )
    korea = page.get_by_role("link", name="South Korea about North Korea: 3 statements, cooperative (pledges 3)")
    (large, small) = [await one.locator("circle").evaluate("(dot) => dot.r.baseVal.value") for one in (japan, korea)]
    assert large > small
    fills = [await one.locator("circle").get_attribute("fill") for one in (japan, korea)]
    assert fills == ["var(--tone-2)", "var(--tone-5)"]
    await page.get_by_text("In words").click()
    await expect(page.locator(".told li")).to_have_count(3)


async def test_a_dot_leads_to_what_that_state_says(open_page: Open, server: str, feed: Feed) -> None:
    arrive(feed, statement("one", article_id="1"), statement("two", article_id="2", speakers=(speaker(country="KOR"),)))
    page = await opened(open_page, server, "Picture")
    await page.get_by_role("link", name=re.compile("^Japan about")).focus()
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(r"/\?country=JPN$"))
    await expect(page.locator(".card")).to_have_count(1)


async def test_a_window_is_chosen_and_stays_in_the_address(open_page: Open, server: str) -> None:
    page = await opened(open_page, server, "Picture")
    async with page.expect_request(re.compile(r"/api/picture\?window=hour&by=arrival&diplomatic=1$")):
        await page.get_by_label("hour").check(force=True)
        await page.get_by_label("between states only").check()
    await expect(page).to_have_url(re.compile(r"view=picture&window=hour&diplomatic=1$"))


async def test_a_window_without_statements_says_so(open_page: Open, server: str) -> None:
    nothing = {**PICTURE, "pairs": [], "acts": [], "speakers": [], "statements": 0, "articles": 0}
    page = await opened(open_page, server, "Picture", picture=nothing)
    await expect(page.locator(".state.empty")).to_contain_text("Nothing was said in this window.")


async def test_of_very_many_states_the_most_frequent_are_drawn_and_the_others_told(
    open_page: Open, server: str
) -> None:
    codes = [f"{first}{second}A" for first in "ABCDE" for second in "ABCDEFGHIJ"]
    pairs = [{**PICTURE["pairs"][0], "speaker": code, "target": "USA", "count": at} for at, code in enumerate(codes, 1)]
    page = await opened(open_page, server, "Picture", picture={**PICTURE, "pairs": pairs})
    await expect(page.locator(".matrix a")).to_have_count(20)
    await expect(page.locator(".matrix figcaption")).to_contain_text(
        "Of 50 states that speak and 1 that are spoken of, the 20 most frequent."
    )


async def test_health_tells_what_waits_where_and_why(open_page: Open, server: str) -> None:
    page = await opened(open_page, server, "Health")
    await expect(page.locator(".verdict")).to_contain_text("stalled")
    await expect(page.locator(".verdict")).to_contain_text("news.articles 2 has not moved for 64 s")
    articles = page.get_by_role("row", name=re.compile("^news.articles 406 400 6 0 1 2 3$"))
    await expect(articles).to_be_visible()
    await expect(page.locator(".figures")).to_contain_text("231 ms")
    await expect(page.get_by_role("row", name="a 127.0.0.1 news.articles 0 1")).to_be_visible()
    await expect(page.get_by_role("row", name="b 127.0.0.2 nothing")).to_be_visible()
    await expect(page.get_by_role("row", name=re.compile(r"never news\.articles\[2\]$"))).to_be_visible()


async def test_a_dead_letter_is_opened_down_to_its_bytes(open_page: Open, server: str) -> None:
    page = await opened(open_page, server, "Health")
    await page.get_by_role("button", name="not json").click()
    await page.get_by_role("button", name="news.articles 2:17").click()
    await expect(page).to_have_url(re.compile(r"view=health&reason=not_json&letter=2%3A17$"))
    opened_one = page.get_by_role("button", name="news.articles 2:17")
    await expect(opened_one).to_have_attribute("aria-pressed", "true")
    shown = await opened_one.evaluate("(one) => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]")
    assert shown == ["rgb(251, 250, 246)", "rgb(29, 35, 41)"]  # while the pointer is still on it
    letter = page.locator(".letter")
    await expect(letter.locator(".text")).to_have_text("<script>not jsonU+202E</script>")
    await expect(letter.locator(".hex")).to_contain_text(BYTES[:16].hex(" "))
    assert await letter.locator("script").count() == 0
    await page.go_back()
    await expect(letter).to_have_count(0)


async def test_without_dead_letters_there_is_nothing_to_open(open_page: Open, server: str) -> None:
    page = await opened(open_page, server, "Health", health={**HEALTH, "dead_letters": {"total": 0, "by_reason": []}})
    await expect(page.locator(".letters")).to_contain_text("Everything that came could be taken.")
