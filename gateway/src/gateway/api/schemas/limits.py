"""What an order may cost without anybody being asked."""

from __future__ import annotations

from gateway.api.schemas.base import Whole
from gateway.api.schemas.work_orders import CENTS, Remark


class Limit(Remark):
    limit_cents = Whole(0, CENTS, required=True, metadata={"description": "What it may cost unasked."})
