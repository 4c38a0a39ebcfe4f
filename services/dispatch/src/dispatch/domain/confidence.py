"""A confidential request: its words are for who carries it out. Everybody else gets a veil in their place."""

from __future__ import annotations

from typing import Any

Request = dict[str, Any]
# In every language.
VEIL = "Vertrouwelijk / Confidential"
WORDS: Request = {"summary": VEIL, "text": VEIL, "object": None, "answers": {}}
# Who it is about, and what was written about its work, says as much.
PEOPLE = ("contact", "said_by", "requested_for")
NOTED = ("note", "reason", "remark")
SEALED = "sealed"


def put_away(request: Request | None) -> Request | None:
    """Its words where only its executors look; of one that has been put away nothing changes."""
    if request is None or request.get(SEALED):
        return request
    return {**request, **WORDS, SEALED: {name: request.get(name) for name in WORDS}}


def for_executor(request: Request) -> Request:
    return {**request, **(request.get(SEALED) or {})}


def for_others(request: Request) -> Request:
    return {**request, **dict.fromkeys(PEOPLE)} if request.get(SEALED) else request
