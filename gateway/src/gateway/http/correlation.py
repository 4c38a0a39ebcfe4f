"""The id under which everything that one HTTP request causes can be found in all logs."""

from __future__ import annotations

import re

from servicekit import ids

HEADER = "X-Correlation-Id"

# Strict, because it goes into log lines and message headers.
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


def accept(given: str | None) -> str:
    """The caller's own id when it is well formed, else a new one."""
    if given and _WELL_FORMED.fullmatch(given):
        return given
    return ids.new_id().hex
