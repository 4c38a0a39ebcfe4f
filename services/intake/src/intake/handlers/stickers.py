"""The sticker on an object: whoever scans it reads what it is, and what is known to be wrong with it."""

from __future__ import annotations

from typing import Any

from servicekit.errors import NotFound

from intake.domain.proposing.duplicates import MOST, Duplicate, Known
from intake.handlers.proposing import SHARED, duplicate_view, is_open_to
from intake.storage.asset_requests import open_about
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]


def get_sticker(work: IntakeWork, code: str) -> View:
    """What anybody reads who stands before it: name and place, not its warranty or supplier. Raises NotFound,
    also for one that is gone.
    """
    row = work.assets.by_code([code]).get(code)
    if row is None or row.withdrawn:
        raise NotFound("no_such_asset", "There is no such object.")
    place = {"location_id": row.location_id, "name": row.location_name, "path": row.path}
    asset = {name: getattr(row, name) for name in ("asset_id", "code", "name", "kind", "product")}
    known = [each for each in open_about(work.connection, row.asset_id) if _shown(work, each)]
    return {
        "asset": {**asset, "location": place},
        "known": [duplicate_view(work, Duplicate(each, 1.0, ())) for each in known[:MOST]],
    }


def _shown(work: IntakeWork, known: Known) -> bool:
    """What goes along with another is told by that one."""
    return is_open_to(work, known.requester) or (known.kind in SHARED and known.follows is None)
