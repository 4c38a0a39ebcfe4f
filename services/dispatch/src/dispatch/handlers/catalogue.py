"""What the catalogue tells."""

from __future__ import annotations

from typing import Any

from dispatch.domain.products import Product, Step
from dispatch.handlers.planning import BATCH, plan_again
from dispatch.storage.unit_of_work import DispatchWork

ABOUT = ("slug", "name", "category", "kind", "priority")  # what routing rules may look at


def product_published(work: DispatchWork, fact: dict[str, Any]) -> None:
    steps = tuple(Step.from_dict(step) for step in fact["process"]["steps"])
    about = {name: fact.get(name) for name in ABOUT}
    work.products.save(Product(fact["product_id"], fact["version"], fact["check_required"], steps, about))
    plan_again(work, work.processes.waiting_for(fact["product_id"], fact["version"], BATCH))


def product_withdrawn(work: DispatchWork, fact: dict[str, Any]) -> None:
    """Nothing new is planned with it by intake; what runs keeps it."""
    work.products.withdraw(fact["product_id"], fact["version"], fact["withdrawn_at"])
