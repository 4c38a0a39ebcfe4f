"""What an order may cost without anybody being asked."""

from __future__ import annotations

from gateway.api.schemas.base import Text, Whole
from gateway.api.schemas.work_orders import CENTS, Because, Remark


class Limit(Remark):
    limit_cents = Whole(0, CENTS, required=True, metadata={"description": "What it may cost unasked."})


class ExtraWork(Because):
    amount_cents = Whole(1, CENTS, required=True, metadata={"description": "How much more than the limit."})


class Granted(Remark):
    reason = Text(2000)
