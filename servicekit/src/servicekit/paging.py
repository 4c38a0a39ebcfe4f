"""Cursors for keyset pages: the sort values of the last row, opaque to the caller."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from servicekit import json
from servicekit.errors import Invalid

DEFAULT_LIMIT = 25
MAX_LIMIT = 100


def encode(position: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(position))).decode().rstrip("=")


def decode(cursor: str) -> list[Any]:
    """Raises Invalid for anything that `encode` did not make. Times come back as ISO text."""
    try:
        position = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise _invalid() from error
    if not isinstance(position, list):
        raise _invalid()
    return position


def _invalid() -> Invalid:
    return Invalid(
        "invalid_cursor", "Use the cursor of an earlier answer.", {"cursor": ["Not a cursor of this list."]}
    )
