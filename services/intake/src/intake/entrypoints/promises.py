"""Entry points about what requesters are promised."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, every, rpc
from servicekit.logs import logger
from servicekit.storage import WorkProvider

from intake.handlers import pledging
from intake.messages import promises as messages
from intake.messages.shapes import read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]
log = logger("intake")


class Promises:
    """A part of IntakeService: see there."""

    settings: Any
    work = WorkProvider(IntakeWork)

    @rpc("requests.direct")
    def make_promise(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return pledging.make_promise(work, **read(messages.MakePromise, command))

    @rpc("requests.read_all")
    def list_promises(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return pledging.list_promises(work, **read(messages.ListPromises, query))

    @every(seconds=30, lease="intake.note_missed_promises")
    def note_missed_promises(self) -> None:
        """As with silent requests: each in a transaction of its own."""
        with self.work() as work:
            late = pledging.passed(work, self.settings.closing_batch)
        for request_id in late:
            try:
                with self.work() as work:
                    pledging.note_missed(work, request_id)
            except Exception as error:
                log.error("a missed promise was not noted", request_id=str(request_id), exc_info=error)
