"""Letting suppliers in, shutting them out, and saying how it stands. The answers hold no secret."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import Invalid, NotFound

from dispatch.domain import supplier_access as rules
from dispatch.domain.providers import Kind, Provider
from dispatch.domain.supplier_access import Access, Standing
from dispatch.storage.unit_of_work import DispatchWork

_SHOWN = ("generation", "granted_at", "granted_by", "revoked_at", "revoked_by")


def invite(work: DispatchWork, provider_id: UUID, password_hash: str | None) -> tuple[Provider, Access]:
    """`password_hash` of those that are called over the broker; others need none there."""
    provider, before = _locked(work, provider_id)
    kept = password_hash if provider.is_called else None
    access = rules.invited(provider_id, before, kept, work.now, _name(work))
    work.access.save(access)
    return provider, access


def revoke(work: DispatchWork, provider_id: UUID) -> tuple[Provider, Access]:
    provider, before = _locked(work, provider_id)
    access = rules.revoked(before, work.now, _name(work))
    work.access.save(access)
    return provider, access


def resume(work: DispatchWork, provider_id: UUID) -> tuple[Provider, Access]:
    provider, before = _locked(work, provider_id)
    access = rules.resumed(before)
    work.access.save(access)
    return provider, access


def suspend(work: DispatchWork, user: str, reason: str) -> bool:
    """Keep a broker user out because of what it does. False: it is not in, or nobody manages its access."""
    provider = work.providers.by_address(user)
    found = work.access.lock(provider.provider_id) if provider else None
    if found is None or found[1] is None or not found[1].is_open:
        return False
    work.access.save(rules.suspended(found[1], work.now, reason))
    return True


def supplier(work: DispatchWork, provider_id: UUID) -> tuple[Provider, Access | None]:
    """NotFound for what is no supplier."""
    provider = work.providers.find(provider_id)
    if provider is None or provider.kind is not Kind.SUPPLIER:
        raise NotFound("supplier_not_found", "There is no such supplier.")
    return provider, work.access.get(provider_id)


def list_suppliers(work: DispatchWork) -> dict[str, Any]:
    """All of them: there are tens, not thousands."""
    return {"items": [view(*one) for one in work.access.suppliers()], "next_cursor": None}


def view(provider: Provider, access: Access | None) -> dict[str, Any]:
    standing = access.standing if access else Standing.NEVER
    shut = access is None or standing is Standing.REVOKED
    return {
        "provider_id": provider.provider_id,
        "slug": provider.slug,
        "name": provider.name,
        "delivery": provider.delivery,
        "address": provider.address,
        "standing": standing,
        **{name: getattr(access, name) if access else None for name in _SHOWN},
        "suspended_at": None if shut else access.suspended_at,  # type: ignore[union-attr]
        "suspended_reason": None if shut else access.suspended_reason,  # type: ignore[union-attr]
        "last_seen_at": access.seen_at if access else None,
    }


def _locked(work: DispatchWork, provider_id: UUID) -> tuple[Provider, Access | None]:
    found = work.access.lock(provider_id)
    if found is None:
        raise NotFound("supplier_not_found", "There is no such supplier.")
    if found[0].kind is not Kind.SUPPLIER:
        raise Invalid("not_a_supplier", "Teams work with accounts of their own; only suppliers are invited.")
    return found


def _name(work: DispatchWork) -> str:
    return work.actor.name or work.actor.id
