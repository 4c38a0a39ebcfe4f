"""Words and numbers that the rows share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

# method, path, body, role, target, the arguments that the service gets
Row = tuple[str, str, Any, str, str, dict[str, Any]]

AN_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
OTHER_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d02"
MOMENT = "2026-12-01T10:00:00Z"
WHEN = datetime(2026, 12, 1, 10, tzinfo=UTC)
TEXT = {"nl": "Lamp", "en": "Lamp"}
AN_ASSET = {"code": "LIFT-1", "name": TEXT, "kind": "lift", "locationKey": "sluis",
            "warrantyUntil": "2028-01-31"}  # fmt: skip
