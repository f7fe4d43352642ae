"""The style sheets' colours, and their contrast as WCAG 2 counts it."""

from __future__ import annotations

import re
from pathlib import Path

STYLES = Path(__file__).parents[2] / "streams" / "web" / "static" / "styles"
Rgb = tuple[float, float, float]
_VARIABLE = re.compile(r"--([a-z0-9-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\);")


def colours(dark: bool) -> dict[str, Rgb]:
    """Each variable of colours.css, in [0, 1]."""
    found = _VARIABLE.findall((STYLES / "colours.css").read_text(encoding="utf-8"))
    return {name: _rgb(both[dark]) for name, *both in found}


def mixed(over: Rgb, share: float, under: Rgb) -> Rgb:
    """``share`` of one colour in another, as color-mix(in srgb, ...) does it."""
    red, green, blue = (share * one + (1 - share) * other for one, other in zip(over, under, strict=True))
    return red, green, blue


def contrast(one: Rgb, other: Rgb) -> float:
    """From 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _rgb(text: str) -> Rgb:
    return int(text[:2], 16) / 255, int(text[2:4], 16) / 255, int(text[4:], 16) / 255


def _luminance(colour: Rgb) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
