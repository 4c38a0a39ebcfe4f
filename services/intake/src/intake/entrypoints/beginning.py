"""Entry points about what is begun on the site and finished by the desk."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, every, rpc
from servicekit.storage import WorkProvider

from intake.handlers import beginning
from intake.messages import begun as messages
from intake.messages.shapes import read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class Beginning:
    """A part of IntakeService: see there."""

    work = WorkProvider(IntakeWork)
    settings: Any

    @rpc("reports.begin")
    def begin_report(self, call: Call, **command: Any) -> Answer:
        given = read(messages.BeginReport, command)
        with self.work() as work:
            return beginning.begin_report(work, self.settings.receipts, **given)

    @rpc("reports.finish")
    def find_begun_report(self, call: Call, **query: Any) -> Answer:
        """That a code was wrong is kept although it is refused: so it is refused after the transaction."""
        given = read(messages.FindReport, query)
        with self.work() as work:
            found = beginning.find_report(work, **given)
        if found is None:
            raise beginning.unknown()
        return found

    @every(seconds=300, lease="intake.expire_begun_reports")
    def expire_begun_reports(self) -> None:
        with self.work() as work:
            beginning.expire_reports(work)
