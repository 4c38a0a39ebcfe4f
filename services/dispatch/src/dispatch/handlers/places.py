"""What intake tells of places."""

from __future__ import annotations

from typing import Any

from dispatch.handlers.planning import plan_routed_again
from dispatch.storage.unit_of_work import DispatchWork


def locations_saved(work: DispatchWork, fact: dict[str, Any]) -> None:
    """Rules and providers name places; a request that waited for a rule may be planned now."""
    heard = [(place["location_id"], place["path"]) for place in fact["locations"]]
    work.routing.hear_places(heard, fact["saved_at"])
    plan_routed_again(work)
