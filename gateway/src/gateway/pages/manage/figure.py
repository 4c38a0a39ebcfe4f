"""One number of the dashboard."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One number with what it means. `spark` are the points of a small line."""

    name: str
    value: str
    about: str
    href: str
    tone: str = ""
    spark: str = ""
