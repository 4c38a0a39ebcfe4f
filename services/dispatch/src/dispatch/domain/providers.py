"""Who carries out work: a team of our own, or a supplier."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    TEAM = "team"
    SUPPLIER = "supplier"


class Means(StrEnum):
    """How an order reaches its provider."""

    NONE = "none"  # it stands in the team's work list
    PORTAL = "portal"  # it stands in the supplier's work list
    RPC = "rpc"  # called over the broker
    WEBHOOK = "webhook"  # posted to its address over HTTP


# Orders are brought to these; to the others they only show.
CALLED = frozenset({Means.RPC, Means.WEBHOOK})


@dataclass(frozen=True)
class Provider:
    """`address`: with `rpc` the supplier's service and user on the broker, with `webhook` where to post."""

    provider_id: UUID
    slug: str
    name: str
    kind: Kind
    delivery: Means
    address: str | None = None

    @property
    def is_called(self) -> bool:
        return self.delivery in CALLED

    def as_fact(self) -> dict[str, object]:
        """As it stands in events."""
        return {"provider_id": self.provider_id, "slug": self.slug, "name": self.name, "kind": self.kind}
