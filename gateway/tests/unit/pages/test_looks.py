"""The house style: whatever colour an organisation has, its text can be read."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from gateway.pages.icons import PATHS
from gateway.pages.labels import TABLES
from gateway.pages.looks import (
    DARK_SURFACE,
    LIGHT_SURFACE,
    TEXT_CONTRAST,
    Looks,
    UnusableLooks,
    contrast,
    ink_on,
)
from gateway.pages.navigation import SITE, SUPPLIER, WORK

TOKENS = (files("gateway") / "static" / "css" / "tokens.css").read_text()
PAIRS = dict(re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", TOKENS))


def both(name: str) -> list[str]:
    return [part.strip() for part in PAIRS[name].split(",")]


@pytest.mark.parametrize(
    "colour", ["#ffe600", "#000000", "#ffffff", "#ff0000", "#0b5d63", "#7f7f7f", "#00ff00"]
)
def test_any_colour_becomes_one_that_can_be_read(colour: str) -> None:
    looks = Looks(colour=colour)
    assert contrast(looks.light, LIGHT_SURFACE) >= TEXT_CONTRAST
    assert contrast(looks.dark, DARK_SURFACE) >= TEXT_CONTRAST
    for shown in (looks.light, looks.dark):
        assert contrast(ink_on(shown), shown) >= TEXT_CONTRAST


def test_what_is_no_colour_is_refused_with_what_to_write() -> None:
    with pytest.raises(UnusableLooks, match="#0b5d63"):
        Looks(colour="teal").css()


@pytest.mark.parametrize("ink", ["ink", "ink-soft", "ink-faint", "info", "good", "warn", "bad", "wait"])
@pytest.mark.parametrize("surface", ["canvas", "surface", "sunken", "raised"])
def test_text_stands_out_from_every_surface(ink: str, surface: str) -> None:
    for text, under in zip(both(ink), both(surface), strict=True):
        assert contrast(text, under) >= TEXT_CONTRAST, (ink, surface, text, under)


@pytest.mark.parametrize("tone", ["info", "good", "warn", "bad", "wait"])
def test_status_stands_out_from_its_own_ground(tone: str) -> None:
    for text, under in zip(both(tone), both(f"{tone}-soft"), strict=True):
        assert contrast(text, under) >= TEXT_CONTRAST


def test_surfaces_are_those_that_the_house_colour_is_checked_against() -> None:
    assert both("surface") == [LIGHT_SURFACE, DARK_SURFACE]


def test_every_icon_that_is_named_is_drawn() -> None:
    named = {label.icon for table in TABLES.values() for label in table.values()}
    named |= {place.icon for places in (WORK, SITE, SUPPLIER) for place in places}
    assert named <= set(PATHS)
