"""Entry points about confidential requests."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from intake import confiding_messages, messages
from intake.handlers import confiding
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class Confiding:
    """A part of IntakeService: see there."""

    work = WorkProvider(IntakeWork)

    @rpc("requests.direct")
    def confide_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return confiding.confide(work, **messages.read(confiding_messages.Confide, command))

    @rpc("requests.read_all")
    def list_confidants(self, call: Call, **query: Any) -> Answer:
        messages.read(messages.Nothing, query)
        with self.work() as work:
            return confiding.list_confidants(work)

    @rpc("confidants.write")
    def save_confidants(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = messages.read(confiding_messages.SaveConfidants, command)
            return confiding.save_confidants(work, **given)
