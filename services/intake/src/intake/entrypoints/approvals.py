"""Entry points about the word of budget holders."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, every, rpc
from servicekit.logs import logger
from servicekit.storage import WorkProvider

from intake.handlers import approving
from intake.messages import requests as messages
from intake.messages.shapes import Nothing, OneRequest, read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]
log = logger("intake")


class Approvals:
    """A part of IntakeService: see there."""

    settings: Any
    work = WorkProvider(IntakeWork)

    @rpc("approvals.decide")
    def decide_approval(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return approving.decide_approval(
                work, self.settings.rules, **read(messages.DecideApproval, command)
            )

    @rpc("approvals.decide")
    def get_approval(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return approving.get_approval(work, **read(OneRequest, query))

    @rpc("approvals.decide")
    def list_approvals(self, call: Call, **query: Any) -> Answer:
        read(Nothing, query)
        with self.work() as work:
            return approving.list_approvals(work)

    @every(seconds=30, lease="intake.remind_approvers")
    def remind_approvers(self) -> None:
        """As with silent requests: each in a transaction of its own."""
        with self.work() as work:
            late = approving.to_remind(work, self.settings.closing_batch)
        for request_id in late:
            try:
                with self.work() as work:
                    approving.remind(work, self.settings.rules, request_id)
            except Exception as error:
                log.error("approvers were not reminded", request_id=str(request_id), exc_info=error)
