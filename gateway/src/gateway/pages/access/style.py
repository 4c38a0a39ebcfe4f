"""The living style page: every part in every state, as the style sheets are now."""

from __future__ import annotations

from gateway.pages import labels
from gateway.pages.icons import PATHS
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.visit import Visit

pages = Pages()

COLOURS = (
    "canvas", "surface", "sunken", "raised", "line", "edge", "ink", "ink-soft", "ink-faint",
    "house", "house-soft", "info", "good", "warn", "bad", "wait", "focus",
)  # fmt: skip
TONES = ("neutral", "info", "good", "warn", "bad", "wait")


@pages.get("/style", PUBLIC)
def style(visit: Visit) -> Outcome:
    """Colours, type, icons, status, buttons, fields, lists, notices; empty, loading, wrong and very full."""
    return visit.show(
        "access/style.html", colours=COLOURS, tones=TONES, icons=sorted(PATHS), tables=labels.TABLES
    )
