"""Signing in and out, how one likes the pages, and the palette: what every visitor has."""

from gateway.pages.access import likings, palette, signing_in, style
from gateway.pages.page import Page

PAGES: list[Page] = [*signing_in.pages.all, *likings.pages.all, *palette.pages.all, *style.pages.all]
