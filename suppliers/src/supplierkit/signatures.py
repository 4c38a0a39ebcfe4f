"""Whether a webhook comes from your desk: Standard Webhooks, by hand, since it is twenty lines."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Mapping

TOLERANCE_SECONDS = 300


class NotSigned(ValueError):
    """It is not from your desk, or too old to believe; the text says which."""


def key_of(secret: str) -> bytes:
    """Raises ValueError for what is no signing secret."""
    try:
        key = base64.b64decode(secret.strip().removeprefix("whsec_"), validate=True)
    except binascii.Error:
        key = b""
    if len(key) < 16:
        raise ValueError("a signing secret looks like whsec_ and 44 letters; the desk gave it to you")
    return key


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: float | None = None) -> None:
    """Raises NotSigned. `body` must be the bytes as they came: parse them afterwards."""
    given = {name.lower(): value for name, value in headers.items()}
    try:
        message_id, at, signatures = (given[f"webhook-{name}"] for name in ("id", "timestamp", "signature"))
    except KeyError as error:
        raise NotSigned(f"the header {error.args[0]} is missing") from error
    present = time.time() if now is None else now  # noqa: TID251  a supplier has no servicekit
    if not (at.isascii() and at.isdigit()) or abs(present - int(at)) > TOLERANCE_SECONDS:
        raise NotSigned("it was signed at another time; is your clock right?")
    signed = b".".join([message_id.encode(), at.encode(), body])
    expected = base64.b64encode(hmac.new(key_of(secret), signed, hashlib.sha256).digest())
    for one in signatures.split():
        version, _, signature = one.partition(",")
        if version == "v1" and hmac.compare_digest(signature.encode(), expected):
            return
    raise NotSigned("it is not signed with your secret")
