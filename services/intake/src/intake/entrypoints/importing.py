"""Entry points for what other systems kept."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from intake.handlers import importing
from intake.messages import imports as messages
from intake.messages.shapes import read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class Importing:
    """A part of IntakeService: see there."""

    settings: Any
    work = WorkProvider(IntakeWork)

    @rpc("imports.run")
    def import_requests(self, call: Call, **command: Any) -> Answer:
        given = read(messages.ImportRequests, command)
        with self.work() as work:
            return importing.import_requests(work, self.settings.rules, messages.read_record, **given)
