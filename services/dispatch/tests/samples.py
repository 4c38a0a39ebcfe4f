"""Ready-made providers, products, facts and orders for tests."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import deskcontracts
from dispatch.domain.deliveries import Consignment, Errand
from dispatch.domain.products import Product, Step
from dispatch.domain.providers import Kind, Means, Provider
from dispatch.domain.supplier_access import Access
from dispatch.domain.work_order_states import State
from dispatch.domain.work_orders import WorkOrder
from servicekit.actor import Actor

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SPACE = UUID("01936e00-0000-7000-8000-000000000000")


def known_id(name: str) -> UUID:
    """The same name always gives the same identifier."""
    return uuid5(SPACE, name)


TEAM = Provider(known_id("huisdienst"), "huisdienst", "Huisdienst", Kind.TEAM, Means.NONE)
PORTAL = Provider(known_id("bezemwijs"), "bezemwijs", "Bezemwijs", Kind.SUPPLIER, Means.PORTAL)
RPC = Provider(known_id("vonk-val"), "vonk-val", "Vonk & Val", Kind.SUPPLIER, Means.RPC, "supplier_vonk_val")
WEBHOOK = Provider(
    known_id("lepel-lade"),
    "lepel-lade",
    "Lepel & Lade",
    Kind.SUPPLIER,
    Means.WEBHOOK,
    "https://orders.example.com/",
)
OTHER_RPC = Provider(known_id("kabel"), "kabel-co", "Kabel & Co", Kind.SUPPLIER, Means.RPC, "supplier_kabel")

AGENT = Actor("person", "amira", "Amira", frozenset({"agent"}))
OPERATOR = Actor("person", "olaf", "Olaf", frozenset({"operator"}))
OWNER = Actor("person", "lars", "Lars", frozenset({"product_owner"}))


def executor_of(provider: Provider) -> Actor:
    role = "team" if provider.kind is Kind.TEAM else "supplier"
    return Actor(
        "person", f"of-{provider.slug}", "Tom", frozenset({role}), provider_id=str(provider.provider_id)
    )


def step(key: str, provider: str = "huisdienst", *depends_on: str) -> Step:
    return Step(key, {"nl": f"Stap {key}", "en": f"Step {key}"}, provider, depends_on)


def product(*steps: Step, check: bool = False, name: str = "verhuizing") -> Product:
    return Product(known_id(name), 1, check, steps)


def order(
    key: str = "repair", state: State = State.ISSUED, provider: Provider = TEAM, **more: Any
) -> WorkOrder:
    made = WorkOrder(
        work_order_id=known_id(f"order {key}"),
        request_id=known_id("request"),
        number=f"SD-26-000123-{key}",
        round=1,
        step=key,
        title={"nl": key, "en": key},
        provider=provider,
        state=state,
        created_at=NOW,
    )
    return replace(made, **more)


def consignment(
    provider: Provider, errand: Errand = Errand.ORDER, access: Access | None = None
) -> Consignment:
    about = {"order_number": "SD-26-000123-1", "order_id": known_id("order"), "version": 1}
    if errand is Errand.ORDER:
        return Consignment(provider, access, errand, "SD-26-000123-1_1_0a1b2c3d", about, {"order": {}})
    told = {"order_number": "SD-26-000123-1", "reason": "withdrawn"}
    return Consignment(provider, access, errand, "SD-26-000123-1_2_0a1b2c3d", about, told)


def accepted(request: str = "request", product: str = "verhuizing", **more: Any) -> dict[str, Any]:
    """intake.request_accepted as its contract's example has it, for a product of `product()`."""
    fact = deepcopy(deskcontracts.example("intake.request_accepted"))
    fact["product"] |= {"product_id": str(known_id(product)), "version": 1}
    return fact | {"request_id": str(known_id(request)), "reference": f"SD-26-{number_of(request)}"} | more


def corrected(
    effect: str, request: str = "request", product: str | None = "verhuizing", **more: Any
) -> dict[str, Any]:
    """intake.request_corrected; `more` of its own fields, or of the correction's."""
    fact = deepcopy(deskcontracts.example("intake.request_corrected"))
    mine = {name: value for name, value in more.items() if name in fact["correction"]}
    fact["correction"] |= {"effect": effect, "correction_id": str(known_id("correction")), **mine}
    fact["product"] = (
        fact["product"] | {"product_id": str(known_id(product)), "version": 1} if product else None
    )
    which = {"request_id": str(known_id(request)), "reference": f"SD-26-{number_of(request)}"}
    return fact | which | {name: value for name, value in more.items() if name not in mine}


def reopened(request: str = "request", **more: Any) -> dict[str, Any]:
    fact = deepcopy(deskcontracts.example("intake.request_reopened"))
    return fact | {"request_id": str(known_id(request)), "reference": f"SD-26-{number_of(request)}"} | more


def closed(request: str = "request", resolution: str = "withdrawn", **more: Any) -> dict[str, Any]:
    fact = deepcopy(deskcontracts.example("intake.request_closed")) | {"resolution": resolution}
    return fact | {"request_id": str(known_id(request)), "reference": f"SD-26-{number_of(request)}"} | more


def number_of(request: str) -> str:
    return f"{known_id(request).int % 1_000_000:06d}"
