"""How the providers do: what they have in hand, and how they dealt with what they were asked in a period."""

from __future__ import annotations

from typing import Any

from servicekit.worktime.period import Period

from dispatch.storage.unit_of_work import DispatchWork

NOTHING = {
    "open": 0, "late": 0, "failed": 0, "issued": 0, "refused": 0, "accepted": 0, "seconds_to_accept": None,
    "completed": 0, "not_at_once": 0, "hand_overs": 0,
}  # fmt: skip


def get_figures(work: DispatchWork, period: Period) -> dict[str, Any]:
    """Per provider, by name. `late`: open, and past the end of its plan. The rest but `failed` (deliveries
    that wait to be repaired) is of orders issued in the period; `not_at_once` of those completed,
    `hand_overs` how often they went on to a colleague or another team.
    """
    found: dict[Any, dict[str, Any]] = {}
    for rows in (work.figures.open(work.now), work.figures.failed(), work.figures.issued(period)):
        for row in rows:
            found.setdefault(row.provider_id, {}).update(row._mapping)
    return {
        "providers": [
            {
                **NOTHING,
                **found.get(provider.provider_id, {}),
                "provider_id": provider.provider_id,
                "slug": provider.slug,
                "name": provider.name,
                "kind": provider.kind,
            }
            for provider in work.figures.providers()
        ]
    }
