"""The page's arithmetic, asked in the browser: the modules that know nothing of the page."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from schemas.statement import PLOVER_AND_CAMEO
from streams.web.picture import SCALE
from tests.browser.conftest import Open


async def asked(page: Page, module: str, expression: str, argument: Any = None) -> Any:
    """What ``expression`` gives, in which ``it`` is the module and ``given`` the argument."""
    script = f"async (given) => {{ const it = await import('/static/{module}'); return {expression}; }}"
    return await page.evaluate(script, argument)


@pytest.mark.parametrize(
    ("text", "start", "end", "found"),
    [
        ("plain", 1, 3, "la"),
        ("a\U0001f1ef\U0001f1f5b", 3, 4, "b"),  # each letter of a flag is two UTF-16 units
        ("\U0001f600", 0, 1, "\U0001f600"),
        ("e\u0301x", 1, 3, "\u0301x"),  # a combining mark is a code point of its own
        ("", 0, 0, ""),
    ],
)
async def test_offsets_are_code_points(
    open_page: Open, server: str, text: str, start: int, end: int, found: str
) -> None:
    page = await open_page(server)
    assert text[start:end] == found
    expression = "it.slicer(given.text).slice(given.start, given.end)"
    told = await asked(page, "pieces.js", expression, {"text": text, "start": start, "end": end})
    assert told == found


def spans(*pairs: tuple[int, int]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in pairs]


async def test_nested_and_overlapping_spans_cut_a_text_into_pieces_with_the_inner_statement_last(
    open_page: Open, server: str
) -> None:
    statements = [
        {"statement_id": "inner", "reported_by": "outer", "source": spans((4, 6)), "cue": [], "content": spans((6, 9))},
        {
            "statement_id": "outer",
            "reported_by": None,
            "source": spans((0, 2)),
            "cue": spans((2, 3)),
            "content": spans((4, 8)),
        },
    ]
    page = await open_page(server)
    found = await asked(page, "pieces.js", "it.pieces(10, given)", statements)
    assert [
        (piece["start"], piece["end"], [(c["statement"], c["part"]) for c in piece["covers"]]) for piece in found
    ] == [
        (0, 2, [(1, "source")]),
        (2, 3, [(1, "cue")]),
        (3, 4, []),
        (4, 6, [(1, "content"), (0, "source")]),
        (6, 8, [(1, "content"), (0, "content")]),
        (8, 9, [(0, "content")]),
        (9, 10, []),
    ]


async def test_statements_that_report_each_other_do_not_hang_it(open_page: Open, server: str) -> None:
    ring = [
        {"statement_id": name, "reported_by": other, "source": [], "cue": [], "content": spans((0, 1))}
        for name, other in (("a", "b"), ("b", "a"))
    ]
    page = await open_page(server)
    assert len(await asked(page, "pieces.js", "it.pieces(1, given)", ring)) == 1


async def test_a_feed_knows_each_statement_once_and_counts_what_it_had_to_let_go(open_page: Open, server: str) -> None:
    page = await open_page(server)
    expression = """(() => {
      const feed = new it.Feed(2);
      const arrive = (id) => feed.arrive({ statement_id: id });
      const told = [arrive("1"), arrive("1"), arrive("2"), arrive("3"), feed.waiting];
      return [...told, feed.take().map((one) => one.statement_id), feed.waiting, arrive("3"), arrive("1")];
    })()"""
    assert await asked(page, "feed.js", expression) == [True, False, True, True, 3, ["3", "2"], 0, False, True]


@pytest.mark.parametrize(
    "search",
    [
        "?",
        "?country=PRK&act=deny&act=reject&kind=direct&diplomatic=1",
        "?view=article&article=a%26b&statement=c",
        "?view=picture&window=hour",
        "?q=%22six-way%22+talks",
    ],
)
async def test_an_address_is_read_and_written_as_it_was(open_page: Open, server: str, search: str) -> None:
    page = await open_page(server)
    assert await asked(page, "address.js", "it.written(it.read(given))", search) == search


async def test_an_address_with_nonsense_is_the_first_page(open_page: Open, server: str) -> None:
    page = await open_page(server)
    assert await asked(page, "address.js", "it.written(it.read(given))", "?view=__proto__&x=1&diplomatic=yes") == "?"


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("http://example.org/", "http://example.org/"),
        ("javascript:alert(1)", None),
        (" java\tscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org/", None),
        ("file:///etc/passwd", None),
        ("", None),
        (None, None),
    ],
)
async def test_only_web_addresses_become_links(
    open_page: Open, server: str, url: str | None, followed: str | None
) -> None:
    page = await open_page(server)
    assert await asked(page, "text.js", "it.followable(given)", url) == followed


@pytest.mark.parametrize(
    ("kind", "texts", "quoted"),
    [
        ("direct", ['"We will,"', '"return."'], ["“We will,”", "“return.”"]),
        ("direct", ["war on Church"], ["“war on Church”"]),  # inside a quotation of somebody else's
        ("direct", ["„Nie wieder“"], ["“Nie wieder”"]),
        ("mixed", ['that "all is well"'], ['that "all is well"']),
        ("indirect", ["all of them\n  have died"], ["all of them have died"]),
    ],
)
async def test_a_direct_statement_stands_in_one_kind_of_marks(
    open_page: Open, server: str, kind: str, texts: list[str], quoted: list[str]
) -> None:
    statement = {"kind": kind, "content": [{"text": text} for text in texts]}
    page = await open_page(server)
    assert await asked(page, "quotation.js", "it.quotedTexts(given)", statement) == quoted


async def test_the_page_colours_every_act_by_the_worker_s_scale(open_page: Open, server: str) -> None:
    page = await open_page(server)
    assert set(SCALE) == set(PLOVER_AND_CAMEO)
    acts = await asked(page, "words.js", "it.ACTS")
    by_scale = {act: await asked(page, "words.js", "it.toneOf(given)", weight) for act, weight in SCALE.items()}
    assert {act: told["tone"] for act, told in acts.items()} == by_scale


async def test_bytes_are_shown_sixteen_a_line(open_page: Open, server: str) -> None:
    page = await open_page(server)
    told = await asked(page, "letters.js", "it.dump(given)", (b"not json \xff\n" + b"x" * 8).hex())
    assert told.split("\n") == [
        "000000  6e 6f 74 20 6a 73 6f 6e 20 ff 0a 78 78 78 78 78  not json ··xxxxx",
        "000010  78 78 78                                         xxx",
    ]
