"""Entry points about confidential requests."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, on_event, rpc
from servicekit.messages import Message
from servicekit.storage import WorkProvider

from intake.handlers import confiding
from intake.messages import confiding as messages
from intake.messages.shapes import Nothing, read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class Confiding:
    """A part of IntakeService: see there."""

    work = WorkProvider(IntakeWork)

    @rpc("requests.direct")
    def confide_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return confiding.confide(work, **read(messages.Confide, command))

    @on_event("dispatch.order_opened")
    def order_opened(self, message: Message) -> None:
        with self.work() as work:
            confiding.order_opened(work, messages.OrderOpened().load(message.data))

    @rpc("requests.read_all")
    def list_confidants(self, call: Call, **query: Any) -> Answer:
        read(Nothing, query)
        with self.work() as work:
            return confiding.list_confidants(work)

    @rpc("confidants.write")
    def save_confidants(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = read(messages.SaveConfidants, command)
            return confiding.save_confidants(work, **given)
