"""Addresses to answer a mail at, from which the mail that is answered can be told: `desk+TOKEN@example.org`.

The token is the id of that mail and a part of its signature: 48 hex digits, since a local part has 64 places
at most and some servers write it in small letters.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from uuid import UUID

_TOKEN = re.compile(r"\+([0-9a-f]{32})([0-9a-f]{16})@", re.IGNORECASE)


def make(keys: Sequence[str], address: str, message_id: UUID) -> str:
    """`keys`: the first signs."""
    local, _at, domain = address.partition("@")
    return f"{local}+{message_id.hex}{_signature(keys[0], message_id)}@{domain}"


def read(keys: Sequence[str], text: str) -> UUID | None:
    """The mail that is answered, of the first such address in `text` that we signed; with any of the keys."""
    for found in _TOKEN.finditer(text):
        message_id = UUID(found[1])
        if any(hmac.compare_digest(_signature(key, message_id), found[2].lower()) for key in keys):
            return message_id
    return None


def _signature(key: str, message_id: UUID) -> str:
    derived = hmac.digest(key.encode(), b"servicekit.reply_addresses", hashlib.sha256)
    return hmac.digest(derived, message_id.bytes, hashlib.sha256)[:8].hex()
