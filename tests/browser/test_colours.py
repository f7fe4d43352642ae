"""Contrast, computed from the style sheets: 4.5 for text, 3 for what only has to be seen (WCAG 2 AA)."""

from __future__ import annotations

import re

import pytest

from tests.browser.colours import STYLES, colours, contrast, mixed

TEXT, SEEN = 4.5, 3.0
HUES = [f"hue-{number}" for number in range(1, 11)]
TONES = [f"tone-{number}" for number in range(1, 6)]
INKS = ["ink", "quiet", "link", "alarm"]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ink", [*INKS, *TONES, *HUES])
def test_every_ink_is_read_on_paper(ink: str, dark: bool) -> None:
    known = colours(dark)
    assert contrast(known[ink], known["paper"]) >= TEXT


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("alarm", "alarm-paper"),
        *[(ink, "fresh") for ink in ("ink", "quiet", "link", *TONES)],
        *[(ink, "raised") for ink in ("ink", "alarm", *TONES)],
    ],
)
def test_and_on_every_other_ground_that_it_stands_on(ink: str, ground: str, dark: bool) -> None:
    known = colours(dark)
    assert contrast(known[ink], known[ground]) >= TEXT


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("hue", HUES)
@pytest.mark.parametrize("part", ["content", "chosen content", "chosen source"])
def test_marked_text_is_read_in_every_speaker_s_colour(part: str, hue: str, dark: bool) -> None:
    known = colours(dark)
    share = {"content": 0.10, "chosen content": 0.24, "chosen source": 1.0}[part]
    ink = "paper" if part == "chosen source" else "ink"
    assert contrast(known[ink], mixed(known[hue], share, known["paper"])) >= TEXT


@pytest.mark.parametrize("share", ["10%", "24%"])
def test_those_shares_are_the_style_sheet_s(share: str) -> None:
    assert f"{share}, var(--paper)" in (STYLES / "article.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("line", ["edge", "focus", "bar"])
def test_what_marks_a_control_or_the_focus_is_seen(line: str, dark: bool) -> None:
    known = colours(dark)
    assert contrast(known[line], known["paper"]) >= SEEN


def test_no_other_style_sheet_has_colours_of_its_own() -> None:
    for sheet in STYLES.glob("*.css"):
        if sheet.name != "colours.css":
            assert not re.search(r"#[0-9a-f]{3,8}\b(?=[;, )])|\b(rgb|hsl)a?\(", sheet.read_text(encoding="utf-8")), (
                sheet.name
            )
