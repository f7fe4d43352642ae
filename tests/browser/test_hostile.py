"""What strangers write is text: it runs nothing, leads nowhere, and reorders nothing around it."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, expect

from streams.web.feed import Feed
from tests.browser.conftest import PATIENCE, Open, Shoot, answering, arrive
from tests.cli.examples import speaker, statement, target

expect.set_options(timeout=PATIENCE)

MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"
OVERRIDE = "North \u202eaeroK\u202c Korea"
ZERO_WIDTH = "Ja\u200bpan"
ARTICLE = '"><script>/../&x=1#'
HOSTILE = statement(
    f'{MARKUP} "><svg onload=alert(3)>',
    speakers=(speaker(OVERRIDE, role="<i>minister</i>", mention=MARKUP, resolution="epithet"),),
    targets=(target(ZERO_WIDTH, "JPN"),),
    article_title=f"{MARKUP}\u2066title",
    article_url="javascript:alert(4)",
    article_id=ARTICLE,
    publisher='" onmouseover="alert(5)',
)
ADDED = "img, main script, svg, i, b, [onerror], [onload], [onmouseover]"


def dialogs(page: Page) -> list[str]:
    """Fills with what scripts say."""
    said: list[str] = []

    async def heard(dialog: Any) -> None:
        said.append(dialog.message)
        await dialog.dismiss()

    page.on("dialog", heard)
    return said


async def test_in_a_card_markup_is_text_and_controls_are_seen(
    open_page: Open, server: str, feed: Feed, shoot: Shoot
) -> None:
    page = await open_page(server)
    said = dialogs(page)
    arrive(feed, HOSTILE)
    card = page.locator(".card")
    await expect(card.locator(".content")).to_contain_text(MARKUP)
    await expect(card.locator(".office")).to_contain_text("<i>minister</i>")
    await expect(card.locator(".name")).to_have_text("North U+202EaeroKU+202C Korea")
    await expect(card.locator(".particulars")).to_contain_text("JaU+200Bpan")
    text = await card.evaluate("(card) => card.textContent")
    assert not set(text) & set("\u202e\u202c\u200b\u2066")
    assert await card.locator(ADDED).count() == 0
    assert said == []
    await shoot(page, "hostile")


async def test_a_script_s_address_is_no_link_and_a_web_address_tells_nobody_where_one_came_from(
    open_page: Open, server: str, feed: Feed
) -> None:
    page = await open_page(server)
    arrive(feed, HOSTILE, statement("second", article_id="2", article_url="https://example.org/2"))
    original = page.locator(".card .original")
    await expect(original).to_have_count(1)
    assert await original.get_attribute("href") == "https://example.org/2"
    assert await original.get_attribute("rel") == "noopener noreferrer"
    hrefs = await page.eval_on_selector_all("a", "(links) => links.map((link) => link.protocol)")
    assert set(hrefs) == {"http:", "https:"}


async def test_every_name_has_its_own_direction_of_writing(open_page: Open, server: str, feed: Feed) -> None:
    page = await open_page(server)
    arrive(feed, statement(speakers=(speaker("محمود عباس", country="PSE"),), article_title="رام الله"))
    name = page.locator(".card bdi.name")
    await expect(name).to_have_text("محمود عباس")
    assert await name.evaluate("(name) => getComputedStyle(name).unicodeBidi") == "isolate"
    assert await page.locator(".card footer bdi").first.inner_text() == "رام الله"


async def test_in_an_article_markup_is_text_too(open_page: Open, server: str) -> None:
    content = HOSTILE.content[0].text
    body = f"{content} said {OVERRIDE}.\n\n{MARKUP}"
    article = {
        "id": ARTICLE, "title": HOSTILE.article_title, "url": "javascript:alert(4)", "publisher": MARKUP,
        "language": "en", "published_at": None, "body": body,
    }  # fmt: skip
    page = await open_page(server)
    said = dialogs(page)
    await answering(
        page, "articles/**", {"article": article, "sentences": [], "statements": [HOSTILE.model_dump(mode="json")]}
    )
    await page.goto(f"{server}?view=article&article=x")
    await expect(page.locator(".body mark").first).to_have_text(content)
    await expect(page.locator(".body")).to_contain_text("North U+202EaeroKU+202C Korea")
    await expect(page.locator("h1")).to_contain_text("<script>alert(2)</script>")
    assert await page.locator("main").locator(ADDED).count() == 0
    assert await page.get_by_text("original").count() == 0
    assert said == []


async def test_an_article_s_id_leads_to_that_article_whatever_is_in_it(
    open_page: Open, server: str, feed: Feed
) -> None:
    page = await open_page(server)
    arrive(feed, HOSTILE)
    async with page.expect_request(lambda request: "/api/articles/" in request.url) as asked:
        await page.locator(".card .read").click()
    assert (await asked.value).url.endswith("/api/articles/%22%3E%3Cscript%3E%2F..%2F%26x%3D1%23")


async def test_markup_in_the_address_is_text_as_well(open_page: Open, server: str) -> None:
    page = await open_page(f"{server}?q=%3Cscript%3Ealert(1)%3C/script%3E&country=%3Cb%3E")
    said = dialogs(page)
    await expect(page.get_by_label("Text")).to_have_value("<script>alert(1)</script>")
    await expect(page.get_by_role("alert").filter(has_text="That did not work.")).to_be_visible()
    assert said == []
