"""Who carries out work."""

from __future__ import annotations

import re
from typing import Any

from servicekit.errors import Conflict, Invalid
from servicekit.outbound.targets import TargetRefused, Targets

from dispatch.domain.providers import Kind, Means, Provider
from dispatch.handlers import views
from dispatch.handlers.planning import BATCH, plan_again
from dispatch.storage.unit_of_work import DispatchWork

PUBLIC_ONLY = Targets()
# What an address looks like, per means of delivery.
ADDRESSES = {
    Means.NONE: ("", "There is none: orders stand in the work list."),
    Means.PORTAL: ("", "There is none: orders stand in the work list."),
    Means.RPC: ("supplier_[a-z0-9_]{1,60}", "The supplier's user on the broker, such as supplier_vonk_val."),
    Means.WEBHOOK: (r".+", "Where orders are to be posted, such as https://orders.example.com/desk."),
}


def save_provider(
    work: DispatchWork,
    slug: str,
    name: str,
    kind: Kind,
    delivery: Means,
    address: str | None = None,
    targets: Targets = PUBLIC_ONLY,
) -> dict[str, Any]:
    """New, or changed when the slug is known. Requests that waited for it are planned at once.

    `targets` says where may be posted; what the name in an address leads to is looked at on each delivery.
    """
    _check(kind, delivery, address, targets)
    if address:
        holder = work.providers.by_address(address)
        if holder is not None and holder.slug != slug:
            raise Conflict("address_taken", f"'{address}' belongs to {holder.name} already.")
    provider = Provider(work.new_id(), slug, name, kind, delivery, address)
    saved = work.providers.save(provider, work.now)
    plan_again(work, work.processes.waiting(BATCH))
    return views.provider(saved)


def _check(kind: Kind, delivery: Means, address: str | None, targets: Targets) -> None:
    if kind is Kind.TEAM and delivery is not Means.NONE:
        raise Invalid("invalid", "A team has a work list.", {"delivery": ["Must be 'none' for a team."]})
    if kind is Kind.SUPPLIER and delivery is Means.NONE:
        raise Invalid("invalid", "How does it get its orders?", {"delivery": ["Needed for a supplier."]})
    form, says = ADDRESSES[delivery]
    if not re.fullmatch(form, address or ""):
        raise Invalid("invalid", "The address does not fit the delivery.", {"address": [says]})
    if delivery is Means.WEBHOOK:
        try:
            targets.check(address or "")
        except TargetRefused as refused:
            raise Invalid("invalid", "We do not post there.", {"address": [str(refused)]}) from refused
