"""Identifiers. The domain gets them passed in; only plumbing calls this."""

from __future__ import annotations

import secrets
from uuid import UUID, uuid5

import uuid_utils.compat

_DERIVED = UUID("0193a5d2-6c00-7000-8000-000000000000")


def new_id() -> UUID:
    """A UUID version 7: sorts by creation time, so that index pages stay warm, and tells no count."""
    return uuid_utils.compat.uuid7()


def derived_id(*parts: str) -> UUID:
    """The same parts always give the same id."""
    return uuid5(_DERIVED, "/".join(parts))


def new_code(letters: str, length: int) -> str:
    """A short code that people read out and nobody can foresee. It may have been given before."""
    return "".join(secrets.choice(letters) for _ in range(length))
