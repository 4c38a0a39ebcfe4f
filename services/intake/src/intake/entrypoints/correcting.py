"""Entry points about putting right what went wrong."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.schemas import Days
from servicekit.storage import WorkProvider
from servicekit.worktime.period import Period

from intake.handlers import correcting, corrections
from intake.messages import corrections as messages
from intake.messages.shapes import Nothing, read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class Correcting:
    """A part of IntakeService: see there."""

    settings: Any
    work = WorkProvider(IntakeWork)

    @rpc("corrections.make")
    def correct_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = read(messages.CorrectRequest, command)
            return correcting.correct_request(work, self.settings.rules, **given)

    @rpc("corrections.make")
    def preview_correction(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            given = read(messages.PreviewCorrection, query)
            return correcting.preview_correction(work, self.settings.rules, **given)

    @rpc("corrections.read")
    def list_corrections(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return corrections.list_corrections(work, **read(messages.ListCorrections, query))

    @rpc("corrections.read")
    def list_correction_causes(self, call: Call, **query: Any) -> Answer:
        read(Nothing, query)
        with self.work() as work:
            return corrections.list_causes(work)

    @rpc("corrections.causes")
    def save_correction_causes(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return corrections.save_causes(work, **read(messages.SaveCauses, command))

    @rpc("figures.read")
    def count_corrections(self, call: Call, **query: Any) -> Answer:
        days = Days().load(query)
        with self.work() as work:
            return corrections.count_corrections(work, Period(**days, zone=self.settings.zone))
