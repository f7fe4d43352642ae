"""That everybody can use the page: narrow, in the dark, with a keyboard, with a screen reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from schemas import Statement, TextSpan
from streams.web.feed import Feed
from tests.browser.answers import HEALTH, LETTER, OPENED, PICTURE
from tests.browser.conftest import PATIENCE, Open, answering, arrive
from tests.cli.examples import speaker, statement, target

expect.set_options(timeout=PATIENCE)

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
BODY = "Japan said the talks would go on. Korea agreed.\n\n" + "Nothing else was said that day. " * 30
VIEWS = {
    "live": ("", ".card"),
    "article": ("?view=article&article=1", ".body mark"),
    "picture": ("?view=picture", ".matrix a"),
    "health": ("?view=health&reason=not_json&letter=2:17", ".letter .hex"),
}


def spans(text: str) -> tuple[TextSpan, ...]:
    start = BODY.index(text)
    return (TextSpan(start=start, end=start + len(text), text=text),)


def said() -> tuple[Statement, ...]:
    japan = speaker("Japan", kind="country", role=None)
    korea = speaker("Korea", kind="country", role=None, country="KOR")
    talks, agreed = "the talks would go on", "agreed"
    return (
        statement(
            talks, start=BODY.index(talks), article_id="1", source=spans("Japan"), cue=spans("said"), speakers=(japan,)
        ),
        statement(
            agreed, start=BODY.index(agreed), article_id="1", source=spans("Korea"), act="pledge", speakers=(korea,)
        ),
        statement(
            "w" * 300,
            article_id="2",
            act="threaten",
            speakers=(speaker("N" * 80, role="minister " * 20),),
            targets=tuple(target(f"Target {number}") for number in range(12)),
        ),
    )


ANSWERS: dict[str, Any] = {
    "articles/*": {
        "article": {
            "id": "1", "title": "T" * 90, "url": "https://example.org/", "publisher": "A paper", "language": "en",
            "published_at": None, "body": BODY,
        },
        "sentences": [],
        "statements": [one.model_dump(mode="json") for one in said()[:2]],
    },
    "picture?*": PICTURE,
    "health": HEALTH,
    "dead-letters?*": {"dead_letters": [LETTER]},
    "dead-letters/*": OPENED,
}  # fmt: skip


async def shown(open_page: Open, server: str, feed: Feed, view: str, **how: Any) -> Page:
    """A view with something in it."""
    arrive(feed, *said())
    address, filled = VIEWS[view]
    page = await open_page(server, **how)
    for path, answer in ANSWERS.items():
        await answering(page, path, answer)
    await page.goto(server + address)
    await expect(page.locator(filled).first).to_be_visible()
    return page


@pytest.mark.parametrize("view", VIEWS)
async def test_at_375_pixels_nothing_is_cut_off(open_page: Open, server: str, feed: Feed, view: str) -> None:
    page = await shown(open_page, server, feed, view, width=375, height=740)
    wide = await page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth]")
    assert max(wide) <= 375
    # What is wider than the page has to lie in something that can be scrolled by itself.
    beyond = await page.evaluate(
        """() => [...document.querySelectorAll("main *, header *")].filter((one) =>
          one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scrolled, pre, svg, .chip")).length"""
    )
    assert beyond == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
async def test_axe_finds_nothing_to_mend(open_page: Open, server: str, feed: Feed, view: str, dark: bool) -> None:
    page = await shown(open_page, server, feed, view, dark=dark)
    await page.evaluate(AXE)
    await page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
    found = await page.evaluate("axe.run()")
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == []


async def test_the_dark_is_dark_and_can_be_chosen(open_page: Open, server: str, feed: Feed) -> None:
    page = await shown(open_page, server, feed, "live", dark=True)
    paper = "getComputedStyle(document.body).backgroundColor"
    assert await page.evaluate(paper) == "rgb(21, 24, 27)"
    button = page.get_by_role("button", name="Colours")
    await button.click()
    assert await page.evaluate(paper) == "rgb(251, 250, 246)"
    await button.click()
    await page.reload()
    await expect(button).to_have_text("dark")
    assert await page.evaluate(paper) == "rgb(21, 24, 27)"


async def test_the_first_stop_of_the_keyboard_skips_to_the_content(open_page: Open, server: str, feed: Feed) -> None:
    page = await shown(open_page, server, feed, "live")
    await page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the statements")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("selector", ["nav a", ".theme", ".pause", ".feed", ".chip input", ".card .badge", "select"])
async def test_what_has_the_focus_shows_it(open_page: Open, server: str, feed: Feed, selector: str) -> None:
    page = await shown(open_page, server, feed, "live")
    await page.keyboard.press("Tab")  # a keyboard is in use
    focused = page.locator(selector).first
    await focused.focus()
    ring = "(one) => getComputedStyle(one.matches('.chip input') ? one.nextElementSibling : one).outlineStyle"
    assert await focused.evaluate(ring) != "none"
