"""The house style: name, logo and one colour, from which the rest is made so that all text can be read.

Contrast is that of WCAG 2.2: 4.5 for text, 3 for the edges of what one operates.
"""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

TEXT_CONTRAST, EDGE_CONTRAST = 4.5, 3.0
# The surfaces that the colour stands on; the same as in static/css/tokens.css, which a test checks.
LIGHT_SURFACE, DARK_SURFACE = "#ffffff", "#1b1f1e"
STEP = 0.01
_HEX = re.compile(r"#[0-9a-f]{6}")

Rgb = tuple[float, float, float]


class UnusableLooks(ValueError):
    """The house style can't be used; the text says what to change."""


def parse(colour: str) -> Rgb:
    if not _HEX.fullmatch(colour):
        raise UnusableLooks(f"HOUSE_COLOUR is written like #0b5d63, not {colour!r}.")
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def hexadecimal(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)


def luminance(rgb: Rgb) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Between 1 and 21."""
    lighter, darker = sorted((luminance(parse(one)), luminance(parse(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, surface: str, wanted: float = TEXT_CONTRAST) -> str:
    """The colour itself, or the nearest of its hue that stands out enough from the surface."""
    darken = luminance(parse(surface)) > 0.4
    hue, light, saturation = colorsys.rgb_to_hls(*parse(colour))
    end = 0.0 if darken else 1.0
    while contrast(colour, surface) < wanted and light != end:
        light = max(end, light - STEP) if darken else min(end, light + STEP)
        colour = hexadecimal(colorsys.hls_to_rgb(hue, light, saturation))
    return colour


def ink_on(colour: str) -> str:
    """Black or white, whichever is read better on it."""
    return max(("#ffffff", "#0c0f0e"), key=lambda ink: contrast(ink, colour))


@dataclass(frozen=True)
class Looks:
    """`logo_file`: an SVG of the organisation; without it the first letter of its name stands in a tile."""

    name: str = "Servicedesk"
    colour: str = "#0b5d63"
    logo_file: str = ""

    @cached_property
    def light(self) -> str:
        return readable(self.colour, LIGHT_SURFACE)

    @cached_property
    def dark(self) -> str:
        return readable(self.colour, DARK_SURFACE, 7.0)

    def css(self) -> str:
        """The properties that the tokens are made from."""
        return (
            "@layer tokens{:root{"
            f"--house-light:{self.light};--house-light-ink:{ink_on(self.light)};"
            f"--house-dark:{self.dark};--house-dark-ink:{ink_on(self.dark)}"
            "}}"
        )

    @cached_property
    def logo(self) -> bytes:
        return Path(self.logo_file).read_bytes() if self.logo_file else self.icon

    @cached_property
    def icon(self) -> bytes:
        drawing = (files("gateway") / "static" / "icon.svg").read_text(encoding="utf-8")
        return drawing.replace("HOUSE", self.light).replace("INK", ink_on(self.light)).encode()
