"""Entry points about complaints, wishes, questions and faults, and how requests hang together."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from intake import kwis_messages, messages
from intake.handlers import informing, linking, prioritising
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class Kwis:
    """A part of IntakeService: see there."""

    settings: Any
    work = WorkProvider(IntakeWork)

    # --- how pressing --------------------------------------------------------------------------------------

    @rpc("requests.direct")
    def set_priority(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = messages.read(kwis_messages.SetPriority, command)
            return prioritising.set_priority(work, self.settings.rules, **given)

    @rpc("priorities.read")
    def get_priority_matrix(self, call: Call, **query: Any) -> Answer:
        messages.read(messages.Nothing, query)
        with self.work() as work:
            return prioritising.get_matrix(work)

    @rpc("priorities.write")
    def set_priority_matrix(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return prioritising.set_matrix(work, **messages.read(kwis_messages.SetMatrix, command))

    # --- how they hang together ----------------------------------------------------------------------------

    @rpc("requests.direct")
    def post_update(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return informing.post_update(work, **messages.read(kwis_messages.PostUpdate, command))

    @rpc("requests.triage")
    def link_requests(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return linking.link_requests(work, **messages.read(kwis_messages.LinkRequests, command))

    @rpc("requests.triage")
    def unlink_requests(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = messages.read(kwis_messages.UnlinkRequests, command)
            return linking.unlink_requests(work, self.settings.rules, **given)
