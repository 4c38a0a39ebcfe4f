"""Files in a conversation: how many there may be, and how they stand on the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from intake.domain.errors import Wrong
from intake.domain.values import Attachment

MOST_AT_ONCE = 5
MOST_PER_REQUEST = 50


def attached(files: Sequence[Attachment]) -> dict[str, Any]:
    """What a line of the timeline says of the files that came with it; nothing when there are none."""
    return {"attachments": [file.line for file in files]} if files else {}


def check_room(already: int, more: int) -> None:
    """Raises Wrong when a request would get more files than anybody reads."""
    if already + more > MOST_PER_REQUEST:
        text = f"This request has {already} files; there can be {MOST_PER_REQUEST}. Leave some out."
        raise Wrong("too_many_files", text, {"attachments": [text]})
