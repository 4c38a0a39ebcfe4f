"""Entry points about complaints, wishes, questions and faults, and how requests hang together."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.schemas import Days
from servicekit.storage import WorkProvider
from servicekit.worktime.period import Period

from intake import kwis_messages, messages
from intake.handlers import complaining, incidents, informing, linking, prioritising, wishing
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

    # --- complaints ----------------------------------------------------------------------------------------

    @rpc("requests.direct")
    def acknowledge_complaint(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = messages.read(kwis_messages.Acknowledge, command)
            return complaining.acknowledge_complaint(work, **given)

    @rpc("requests.direct")
    def find_cause(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return complaining.find_cause(work, **messages.read(kwis_messages.FindCause, command))

    @rpc("requests.direct")
    def remedy_complaint(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = messages.read(kwis_messages.Remedy, command)
            return complaining.remedy_complaint(work, self.settings.rules, **given)

    @rpc("requests.direct")
    def settle_complaint(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return complaining.settle_complaint(work, **messages.read(kwis_messages.Settle, command))

    @rpc("requests.direct")
    def chain_complaint(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return complaining.chain_complaint(work, **messages.read(kwis_messages.Chain, command))

    @rpc("figures.read")
    def get_complaint_figures(self, call: Call, **query: Any) -> Answer:
        days = Days().load(query)
        with self.work() as work:
            return complaining.get_complaint_figures(work, Period(**days, zone=self.settings.zone))

    # --- major incidents -----------------------------------------------------------------------------------

    @rpc("requests.triage")
    def open_incident(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return incidents.open_incident(work, **messages.read(kwis_messages.OpenIncident, command))

    @rpc("requests.triage")
    def gather_requests(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return incidents.gather_requests(work, **messages.read(kwis_messages.GatherRequests, command))

    @rpc("requests.direct")
    def tell_incident(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return incidents.tell_incident(work, **messages.read(kwis_messages.TellIncident, command))

    @rpc("requests.triage")
    def split_from_incident(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = messages.read(kwis_messages.SplitFromIncident, command)
            return incidents.split_from_incident(work, **given)

    @rpc("requests.triage")
    def close_incident(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = messages.read(kwis_messages.TellIncident, command)
            return incidents.close_incident(work, self.settings.rules, **given)

    @rpc("requests.read_all")
    def get_incident(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return incidents.get_incident(work, **messages.read(kwis_messages.OneIncident, query))

    @rpc("requests.read_all")
    def list_incidents(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return incidents.list_incidents(work, **messages.read(kwis_messages.ListIncidents, query))

    # --- wishes --------------------------------------------------------------------------------------------

    @rpc("requests.triage")
    def file_wish(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return wishing.file_wish(work, **messages.read(kwis_messages.FileWish, command))

    @rpc("wishes.decide")
    def decide_theme(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return wishing.decide_theme(work, **messages.read(kwis_messages.DecideTheme, command))

    @rpc("requests.read_all")
    def list_themes(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return wishing.list_themes(work, **messages.read(kwis_messages.ListThemes, query))

    @rpc("requests.read_all")
    def get_theme(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return wishing.get_theme(work, **messages.read(kwis_messages.OneTheme, query))

    @rpc("requests.create")
    def list_wishes(self, call: Call, **query: Any) -> Answer:
        messages.read(messages.Nothing, query)
        with self.work() as work:
            return wishing.list_wishes(work)

    @rpc("requests.create")
    def wish_too(self, call: Call, **command: Any) -> Answer:
        given = messages.read(kwis_messages.OneTheme, command)
        with self.work() as work:
            return wishing.wish_too(work, self.settings.rules, self.settings.receipts, **given)
