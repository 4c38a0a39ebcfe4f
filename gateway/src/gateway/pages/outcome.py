"""What a page function answers: something to show, where to go, or a file to keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Response


@dataclass(frozen=True)
class Show:
    """A template with its values. When the browser asks for a part of the page (htmx), only the block of that
    name is rendered; `blocks` maps the id of an element to the block that fills it.
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Go:
    """See other. `said` is a sentence for the next page, already in the visitor's language."""

    to: str
    said: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class File:
    """Something to keep. `name` is what it is called when saved."""

    body: bytes
    media_type: str
    name: str


# A whole answer: a file that is kept elsewhere and sent piece by piece.
Outcome = Show | Go | File | Response
