"""The secrets with which webhooks are signed: derived from one master secret, so that none is stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
from uuid import UUID

PREFIX = "whsec_"  # of Standard Webhooks; what follows is 32 bytes in base64
PURPOSE = b"servicedesk webhook signing secret v1"


def signing_secrets(master: str, provider_id: UUID, generation: int) -> list[str]:
    """Those that a supplier may check with, newest first: its own generation and the one before.

    Sign with all of them, so that a supplier that has not yet taken over a renewed secret is not cut off.
    A revocation skips a generation that nobody was ever given (`dispatch.domain.supplier_access`), so that
    what comes after it shares no secret with what was before. Raises ValueError without a master secret, or
    for a generation that was never given out.
    """
    if not master:
        raise ValueError("there is no master secret for webhooks")
    if generation < 1:
        raise ValueError("nothing was given out yet")
    return [_secret(master, provider_id, number) for number in (generation, generation - 1) if number >= 1]


def _secret(master: str, provider_id: UUID, generation: int) -> str:
    message = PURPOSE + provider_id.bytes + generation.to_bytes(8, "big")
    derived = hmac.new(master.encode(), message, hashlib.sha256).digest()
    return PREFIX + base64.b64encode(derived).decode()
