"""Who does something, as signed by the gateway and checked by every service.

A signed actor is a short-lived token in the header of each message. Services trust the signature, never
the sender.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

import deskcontracts
from itsdangerous import BadSignature, URLSafeSerializer

from servicekit.errors import Forbidden, Unauthenticated

LIFETIME_SECONDS = 300


@dataclass(frozen=True)
class Actor:
    """`kind` is person, program, service or supplier; `id` is the account's (or the service's name)."""

    kind: str
    id: str
    name: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    person_id: str | None = None
    provider_id: str | None = None
    language: str = "nl"

    def can(self, permission: str) -> bool:
        """Raises KeyError for a permission that is not in contracts/permissions.json: that is a fault of
        ours.
        """
        return self.kind == "service" or not self.roles.isdisjoint(deskcontracts.permissions()[permission])

    def require(self, permission: str) -> None:
        if not self.can(permission):
            raise Forbidden("forbidden", f"Your role does not include '{permission}'.")

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "roles": sorted(self.roles)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Actor:
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        return cls(**{**known, "roles": frozenset(known.get("roles", ()))})


def service_actor(name: str) -> Actor:
    """The actor of a service's own doing: timers, and reactions to facts."""
    return Actor(kind="service", id=name, name=name)


class Signer:
    """Signs actors and checks the signature. One secret per installation, shared by gateway and services."""

    def __init__(self, secret: str) -> None:
        self._serializer = URLSafeSerializer(secret, salt="servicekit.actor")
        # Signing costs more than looking up; both are bounded and keyed by everything that matters.
        self._sign = lru_cache(maxsize=2048)(self._sign_until)
        self._load = lru_cache(maxsize=2048)(self._load_signed)

    def sign(self, actor: Actor) -> str:
        """A token that is good for at least half of LIFETIME_SECONDS from now."""
        half = LIFETIME_SECONDS // 2
        return self._sign(actor, (int(time.time()) // half + 2) * half)

    def verify(self, token: str | None) -> Actor:
        """Raises Unauthenticated when it is missing, forged or expired."""
        if not token:
            raise Unauthenticated("unauthenticated", "The message carries no signed actor.")
        actor, expires = self._load(token)
        if expires < time.time():
            raise Unauthenticated("expired", "The signed actor has expired; sign in again.")
        return actor

    def _sign_until(self, actor: Actor, expires: int) -> str:
        signed = self._serializer.dumps([actor.to_dict(), expires])
        return signed.decode() if isinstance(signed, bytes) else signed

    def _load_signed(self, token: str) -> tuple[Actor, int]:
        try:
            data, expires = self._serializer.loads(token)
            return Actor.from_dict(data), int(expires)
        except (BadSignature, TypeError, ValueError, KeyError) as error:
            raise Unauthenticated("unauthenticated", "The signed actor is not valid.") from error
