"""Entry points for customers who look at work: decode, call a handler, answer."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage.provider import WorkProvider

from dispatch import commands
from dispatch.handlers import checks
from dispatch.storage.unit_of_work import DispatchWork


class Checking:
    """A part of DispatchService: see there."""

    work = WorkProvider(DispatchWork)

    @rpc("appointments.answer")
    def list_checks(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return checks.list_checks(work, **commands.ListChecks().load(query))

    @rpc("appointments.answer")
    def answer_check(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return checks.answer_check(work, **commands.AnswerCheck().load(command))
