"""The page of a real worker that reads the project's own articles, from its first load on."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from schemas import Article
from streams.broker import embedded
from streams.cli.demo_worker import Worker, free_port, worker
from streams.cli.lag import lag
from streams.cli.seeds import seed_articles
from streams.pipeline.feed import feed
from streams.pipeline.settings import Settings, load
from streams.pipeline.topics import TABLE
from tests.browser.conftest import PATIENCE, Open, Shoot

expect.set_options(timeout=PATIENCE)

LEADERS = "Japanese, South Korean Leaders Hold Talks"


@dataclass
class Stage:
    """A worker on a broker in memory, which can be ended and started anew at the same address."""

    chosen: dict[str, Any]
    address: str

    @property
    def settings(self) -> Settings:
        return load(**self.chosen)

    @contextmanager
    def working(self) -> Iterator[Worker]:
        with worker(self.chosen) as running:
            yield running


@contextmanager
def staged() -> Iterator[Stage]:
    port = free_port(0)
    with embedded.cluster([topic.name(load()) for topic in TABLE]) as brokers:
        chosen: dict[str, Any] = {
            "brokers": brokers,
            "partitions": embedded.PARTITIONS,
            "create_topics": False,
            "store": "memory://",
            "web_enabled": True,
            "web_port": port,
            "commit_interval": 0.1,
        }
        yield Stage(chosen, f"http://127.0.0.1:{port}/")


async def read(settings: Settings, *articles: Article) -> None:
    """Returns when the worker has read them."""
    async with lag(settings) as workers:
        await feed(settings, articles)
        await workers.caught_up()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    """One that has read the project's articles."""
    with staged() as stage, stage.working() as running:
        await running.ready()
        await read(stage.settings, *seed_articles())
        yield stage


def cards(page: Page) -> Any:
    return page.locator(".card")


async def test_the_first_load_shows_the_latest_statements(stage: Stage, open_page: Open, shoot: Shoot) -> None:
    page = await open_page(stage.address)
    await expect(cards(page)).to_have_count(100)
    await expect(page.locator(".connection")).to_have_text("live")
    await expect(page.locator(".card .speakers .badge").first).to_have_text(re.compile("^[A-Z]{3}$"))
    await expect(page.locator(".card .act").first).to_have_text(re.compile(r"\ws"))
    await expect(page.locator("blockquote.direct > bdi").first).to_have_text(re.compile("^“.*”$"))
    await shoot(page, "live")


async def test_a_statement_arrives_without_being_asked_for(stage: Stage, open_page: Open, shoot: Shoot) -> None:
    page = await open_page(stage.address)
    await expect(cards(page)).to_have_count(100)
    await read(stage.settings, Article(title="Just in", body="France said it would recall its ambassador from Chad.\n"))
    await expect(cards(page).first).to_contain_text("Just in")
    await expect(cards(page).first).to_contain_text("recall its ambassador")
    await shoot(page, "live-arrival")


async def test_filters_combine_live_in_the_address_and_back_goes_back(
    stage: Stage, open_page: Open, shoot: Shoot
) -> None:
    page = await open_page(stage.address)
    await expect(cards(page)).to_have_count(100)
    await page.get_by_label("Country").select_option("PRK")
    await expect(page).to_have_url(re.compile(r"\?country=PRK$"))
    await expect(cards(page)).not_to_have_count(100)
    north = await cards(page).count()
    assert north > 0
    assert await cards(page).filter(has=page.locator(".speakers .badge", has_text="PRK")).count() == north

    await page.get_by_label("rejects").check(force=True)
    await expect(page).to_have_url(re.compile(r"\?country=PRK&act=reject$"))
    await expect(cards(page)).not_to_have_count(north)
    assert set(await page.locator(".card .act").all_inner_texts()) == {"rejects"}
    await shoot(page, "filters")

    await page.reload()
    await expect(page.get_by_label("Country")).to_have_value("PRK")
    await expect(page.get_by_label("rejects")).to_be_checked()
    await page.go_back()
    await expect(page.get_by_label("rejects")).not_to_be_checked()
    await expect(cards(page)).to_have_count(north)
    await page.go_back()
    await expect(cards(page)).to_have_count(100)


async def test_typing_into_one_filter_is_one_step_back(stage: Stage, open_page: Open) -> None:
    page = await open_page(stage.address)
    await expect(cards(page)).to_have_count(100)
    await page.get_by_label("Speaker").press_sequentially("koizumi", delay=200)
    await expect(page).to_have_url(re.compile(r"\?speaker=koizumi$"))
    names = await page.locator(".card .speakers").all_inner_texts()
    assert names
    assert all("Koizumi" in name for name in names)
    await page.go_back()
    await expect(page).to_have_url(stage.address)
    await expect(page.get_by_label("Speaker")).to_have_value("")


async def test_a_filter_lets_pass_what_arrives_and_holds_back_the_rest(stage: Stage, open_page: Open) -> None:
    page = await open_page(f"{stage.address}?q=zebra")
    await expect(page.get_by_text("None of the statements kept here is like that.")).to_be_visible()
    texts = ("Norway said the lion must go.\n", "Norway said the zebra may stay.\n")
    await read(stage.settings, *(Article(title="Zoo news", body=text) for text in texts))
    await expect(cards(page)).to_have_count(1)
    await expect(cards(page)).to_contain_text("zebra may stay")


async def test_a_pause_lets_statements_wait_and_counts_them(stage: Stage, open_page: Open, shoot: Shoot) -> None:
    page = await open_page(stage.address)
    await expect(cards(page)).to_have_count(100)
    await page.get_by_role("button", name="Pause").click()
    first = await cards(page).first.get_attribute("data-id")
    await read(stage.settings, Article(title="While you read", body="Spain said it would leave the treaty.\n"))
    await expect(page.locator(".waits")).to_have_text("1 waiting")
    await expect(page).to_have_title("(1) Who says what")
    assert await cards(page).first.get_attribute("data-id") == first
    await shoot(page, "paused")
    await page.get_by_role("button", name="Go on").click()
    await expect(cards(page).first).to_contain_text("While you read")
    await expect(page.locator(".waits")).to_be_hidden()


async def test_an_article_is_read_with_its_statements_in_place(stage: Stage, open_page: Open, shoot: Shoot) -> None:
    (article,) = (one for one in seed_articles() if one.title == LEADERS)
    page = await open_page(f"{stage.address}?q=Stalinist")
    await cards(page).first.get_by_role("link", name=LEADERS).click()
    await expect(page.locator(".body")).to_be_visible()
    assert await page.locator(".body").evaluate("(body) => body.textContent") == article.body
    chosen = page.locator(".body .chosen")
    assert await chosen.all_inner_texts() == ["The Stalinist state", "says", "all of them have died"]
    await expect(page.locator(".detail")).to_contain_text("North Korea")
    await shoot(page, "article")

    # "Officials say that ... Prime Minister Koizumi sought ...": one statement inside another.
    await page.locator(".body .piece", has_text="sought").hover()
    await expect(page.locator(".detail .who")).to_contain_text("Junichiro Koizumi")
    await page.locator(".body .piece", has_text="sought").click()
    await page.get_by_role("button", name="The statement around it").click()
    await expect(page.locator(".detail .who")).to_contain_text("Officials")
    await expect(page.locator(".body .piece.cue.chosen", has_text="sought")).to_be_visible()
    await shoot(page, "article-nested")
    await page.go_back()
    await expect(page).to_have_url(f"{stage.address}?q=Stalinist")


async def test_with_the_keyboard_one_walks_from_statement_to_statement(stage: Stage, open_page: Open) -> None:
    page = await open_page(f"{stage.address}?q=Stalinist")
    await expect(cards(page).first).to_be_visible()
    await page.locator(".feed").focus()
    await page.keyboard.press("j")
    await expect(cards(page).first).to_be_focused()
    await cards(page).first.get_by_role("link", name=LEADERS).press("Enter")
    first = page.locator(".body [data-first]").first
    await first.focus()
    await expect(page.locator(".detail")).to_contain_text("The leaders of Japan and South Korea")
    await page.keyboard.press("j")
    await expect(page.locator(".detail .source")).to_have_text("Japan and South Korea")
    await page.keyboard.press("k")
    await expect(first).to_be_focused()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_the_picture_is_that_of_the_stream(stage: Stage, open_page: Open, shoot: Shoot, dark: bool) -> None:
    page = await open_page(f"{stage.address}?view=picture&by=published", height=1400, dark=dark)
    dot = page.get_by_role("link", name=re.compile(r"^North Korea about Japan: \d+ statements?, "))
    await expect(dot).to_be_visible()
    await expect(page.get_by_role("link", name=re.compile(r"^Junichiro Koizumi \(JPN\): \d+$"))).to_be_visible()
    await shoot(page, "picture-dark" if dark else "picture")
    await dot.click()
    await expect(page).to_have_url(f"{stage.address}?country=PRK")
    await expect(cards(page).first.locator(".speakers")).to_contain_text("PRK")


async def test_health_tells_how_the_worker_is_and_shows_what_it_could_not_take(
    stage: Stage, open_page: Open, shoot: Shoot
) -> None:
    await read(stage.settings, Article(title="Fremd", body="Der Minister sagte, man werde reden.\n" * 5, language="de"))
    page = await open_page(f"{stage.address}?view=health", height=1250)
    await expect(page.locator(".verdict .headline")).to_have_text(re.compile("idle|consuming"))
    await expect(page.get_by_role("row", name=re.compile(r"^news\.articles (\d+) \1 0 0 0 0 0$"))).to_be_visible()
    await page.get_by_role("button", name="unsupported language").click()
    await page.locator(".found button").first.click()
    await expect(page.locator(".letter .text")).to_contain_text("Der Minister sagte")
    await expect(page.locator(".letter .hex")).to_contain_text("7b 22")
    await shoot(page, "health")


@pytest.mark.parametrize(
    ("name", "address", "filled"),
    [
        ("live", "?country=PRK", ".card"),
        ("article", "", ".body .chosen"),
        ("picture", "?view=picture", ".matrix a"),
        ("health", "?view=health", ".figures"),
    ],
)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_all_of_it_can_be_read_on_a_telephone(
    stage: Stage, open_page: Open, shoot: Shoot, name: str, address: str, filled: str, dark: bool
) -> None:
    page = await open_page(f"{stage.address}{address or '?q=Stalinist'}", width=375, height=740, dark=dark)
    if name == "article":
        await cards(page).first.get_by_role("link", name=LEADERS).click()
    await expect(page.locator(filled).first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 375
    await shoot(page, f"{name}-375{'-dark' if dark else ''}")


async def test_in_the_dark_it_is_dark(stage: Stage, open_page: Open, shoot: Shoot) -> None:
    page = await open_page(stage.address, dark=True)
    await expect(cards(page).first).to_be_visible()
    ground = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", ground))) < 64
    await shoot(page, "live-dark")


async def test_an_article_that_nobody_has_is_not_here(stage: Stage, open_page: Open) -> None:
    page = await open_page(f"{stage.address}?view=article&article=nowhere")
    await expect(page.get_by_role("alert").filter(has_text="Not here.")).to_be_visible()


async def test_after_a_restart_the_page_goes_on_by_itself(open_page: Open, shoot: Shoot) -> None:
    with staged() as stage:
        with stage.working() as running:
            await running.ready()
            await read(stage.settings, Article(title="Before", body="Japan said talks would go on.\n"))
            page = await open_page(stage.address)
            await expect(cards(page)).to_have_count(1)
        await expect(page.get_by_role("alert")).to_contain_text("The worker does not answer.")
        await expect(page.locator(".connection")).to_have_text("no connection")
        await expect(cards(page)).to_have_count(1)
        await shoot(page, "disconnected")
        with stage.working() as running:
            await running.ready()
            await read(stage.settings, Article(title="After", body="China said it would take part.\n"))
            await expect(page.locator(".banner")).to_be_hidden()
            await expect(cards(page)).to_have_count(2)
            await expect(cards(page).first).to_contain_text("After")
            await expect(cards(page).last).to_contain_text("Before")
            await shoot(page, "reconnected")
