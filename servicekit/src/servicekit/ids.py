"""Identifiers. The domain gets them passed in; only plumbing calls this."""

from __future__ import annotations

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A UUID version 7: sorts by creation time, so that index pages stay warm, and tells no count."""
    return uuid_utils.compat.uuid7()
