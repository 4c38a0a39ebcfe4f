"""Against forms that other sites send in a visitor's name.

Three locks, each enough by itself where the browser plays along: SameSite cookies, the browser's word on
where a request comes from, and a mark in the form that belongs to this session (or, before sign-in, to this
browser).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from servicekit.errors import Forbidden


class ForeignForm(Forbidden):
    """Not sent by one of our own pages, or by one that was opened under another session."""


class Guard:
    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(b"forms\0" + secret.encode()).digest()

    def mark(self, bound_to: str) -> str:
        """Differs each time, so that compressing pages can't give it away."""
        salt = secrets.token_hex(8)
        return f"{salt}.{self._sign(salt, bound_to)}"

    def check(self, environ: dict[str, Any], mark: str, bound_to: str) -> None:
        """Raises ForeignForm."""
        salt, _, signature = mark.partition(".")
        right = hmac.compare_digest(self._sign(salt, bound_to), signature)
        if not right or not comes_from_us(environ):
            raise ForeignForm(
                "foreign_form", "This form was not sent from this session. Open the page again and repeat it."
            )

    def _sign(self, salt: str, bound_to: str) -> str:
        return hmac.new(self._key, f"{salt}\0{bound_to}".encode(), hashlib.sha256).hexdigest()


def comes_from_us(environ: dict[str, Any]) -> bool:
    """By the browser's own word. One that says nothing is left to the mark."""
    site = environ.get("HTTP_SEC_FETCH_SITE")
    if site not in (None, "same-origin", "none"):
        return False
    origin = environ.get("HTTP_ORIGIN")
    return origin is None or origin.partition("://")[2] == environ.get("HTTP_HOST")
