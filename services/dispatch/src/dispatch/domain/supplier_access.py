"""Whether a supplier's program may come in: granted, renewed, suspended, revoked.

Each credential belongs to a generation. A renewal gives the next; a revocation burns one that nobody was
ever given, so that "this generation and the one before" (what signatures of webhooks overlap with) never
reaches back over it.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dispatch.domain.errors import NotGranted, NotSuspended

SALT_BYTES = 4


class Standing(StrEnum):
    NEVER = "never"
    GRANTED = "granted"
    SUSPENDED = "suspended"  # it did harm: kept out until somebody of the desk lets it in again
    REVOKED = "revoked"


SHUT_OUT = {
    Standing.NEVER: "{name} has not been invited yet; invite it, then deliver again.",
    Standing.SUSPENDED: "{name} is suspended; resume its access, then deliver again.",
    Standing.REVOKED: "The access of {name} was revoked; invite it again, or give the order to another.",
}


@dataclass(frozen=True)
class Access:
    """`password_hash` as RabbitMQ keeps it; None for those that are not called over the broker."""

    provider_id: UUID
    generation: int
    password_hash: str | None
    granted_at: datetime
    granted_by: str
    revoked_at: datetime | None = None
    revoked_by: str | None = None
    suspended_at: datetime | None = None
    suspended_reason: str | None = None
    seen_at: datetime | None = None

    @property
    def standing(self) -> Standing:
        if self.revoked_at is not None:
            return Standing.REVOKED
        return Standing.SUSPENDED if self.suspended_at is not None else Standing.GRANTED

    @property
    def is_open(self) -> bool:
        return self.standing is Standing.GRANTED


def why_shut_out(name: str, access: Access | None) -> str | None:
    """Why nothing can be brought to this supplier, and what to do; None when it is let in."""
    if access is not None and access.is_open:
        return None
    return SHUT_OUT[access.standing if access else Standing.NEVER].format(name=name)


def invited(
    provider_id: UUID, before: Access | None, password_hash: str | None, now: datetime, by: str
) -> Access:
    """Let in, or let in again, with credentials of the next generation; what was before no longer holds."""
    generation = before.generation + 1 if before else 1
    seen_at = before.seen_at if before else None
    return Access(provider_id, generation, password_hash, now, by, seen_at=seen_at)


def revoked(access: Access | None, now: datetime, by: str) -> Access:
    """Shut out; a second time changes nothing. Raises NotGranted when it was never let in."""
    if access is None:
        raise NotGranted("This supplier was never given access.")
    if access.standing is Standing.REVOKED:
        return access
    burnt = access.generation + 1
    return replace(access, generation=burnt, password_hash=None, revoked_at=now, revoked_by=by)


def suspended(access: Access, now: datetime, reason: str) -> Access:
    """Keep out for now, with the same credentials; the first reason stands."""
    if not access.is_open:
        return access
    return replace(access, suspended_at=now, suspended_reason=reason)


def resumed(access: Access | None) -> Access:
    """Let in again with the credentials that it has. Raises NotSuspended."""
    if access is None or access.standing is not Standing.SUSPENDED:
        raise NotSuspended("This supplier is not suspended.")
    return replace(access, suspended_at=None, suspended_reason=None)


def password_hash(password: str, salt: bytes) -> str:
    """RabbitMQ's salted SHA-256. Good enough for what has 192 random bits; not for passwords of people."""
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
