"""Who calls: the check that every call passes. One look at two primary keys, or none when it was looked up
just now."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from servicekit.actor import Actor
from servicekit.clock import SystemClock
from servicekit.errors import Unauthenticated

from gateway.storage.accounts import Tokens, holder_of, token_hash

# How long another replica may still believe in a session that was ended here.
REMEMBER_SECONDS = 3.0
REMEMBER_AT_MOST = 2048


class Gate:
    def __init__(self, engine: sa.Engine) -> None:
        # A single read needs no transaction around it: begin and rollback would cost two more journeys.
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._remembered: dict[bytes, tuple[float, Actor, datetime]] = {}
        self._clock = SystemClock()

    @staticmethod
    def token_of(environ: dict[str, Any]) -> str:
        """The bearer token of the request. Raises Unauthenticated when there is none."""
        scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > 200:
            raise Unauthenticated(
                "sign_in_first", "Send a token in the header Authorization: Bearer <token>."
            )
        return token.strip()

    def actor_of(self, token: str) -> Actor:
        """Whose token this is. Raises Unauthenticated for one that is unknown, expired or ended."""
        hashed = token_hash(token)
        remembered = self._remembered.get(hashed)
        if remembered and remembered[0] > time.monotonic() and remembered[2] > self._clock.now():
            return remembered[1]
        with self._engine.connect() as connection:
            found = holder_of(connection, hashed)
        if found is None:
            self._remembered.pop(hashed, None)
            raise Unauthenticated("token_invalid", "This token is not valid (any more). Sign in again.")
        self._remember(hashed, found)
        return found[0]

    def end(self, token: str) -> None:
        """Sign out: at once in this process, within REMEMBER_SECONDS in every other."""
        hashed = token_hash(token)
        with self._engine.connect() as connection:
            Tokens(connection).remove(hashed)
        self._remembered.pop(hashed, None)

    def forget(self) -> None:
        """Look everybody up anew: tokens of others were ended."""
        self._remembered.clear()

    def _remember(self, hashed: bytes, found: tuple[Actor, datetime]) -> None:
        if len(self._remembered) >= REMEMBER_AT_MOST:
            self._remembered.pop(next(iter(self._remembered)))
        self._remembered.pop(hashed, None)
        self._remembered[hashed] = (time.monotonic() + REMEMBER_SECONDS, found[0], found[1].astimezone(UTC))
