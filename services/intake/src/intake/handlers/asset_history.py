"""What an object has been through: faults and cost per year."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from intake.domain.rules import Rules
from intake.handlers.assets import to_see
from intake.storage.asset_requests import per_year
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]
FIGURES = ("faults", "requests", "cost_cents")


def get_asset_history(work: IntakeWork, rules: Rules, asset_id: UUID) -> View:
    """The newest year first; a year without any request is left out."""
    to_see(work, asset_id)
    years = per_year(work.connection, asset_id, rules.zone)
    return {
        "years": [{"year": row.year, **{name: getattr(row, name) for name in FIGURES}} for row in years],
        "total": {name: sum(getattr(row, name) for row in years) for name in FIGURES},
    }
