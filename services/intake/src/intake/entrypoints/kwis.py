"""Entry points about complaints, wishes, questions and faults, and how requests hang together."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.schemas import Days
from servicekit.storage import WorkProvider
from servicekit.worktime.period import Period

from intake.handlers import (
    complaining,
    danger_routes,
    incidents,
    informing,
    linking,
    prioritising,
    wishing,
)
from intake.messages import kwis as messages
from intake.messages.shapes import Nothing, read
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
            given = read(messages.SetPriority, command)
            return prioritising.set_priority(work, self.settings.rules, **given)

    @rpc("priorities.read")
    def get_priority_matrix(self, call: Call, **query: Any) -> Answer:
        read(Nothing, query)
        with self.work() as work:
            return prioritising.get_matrix(work)

    @rpc("priorities.write")
    def set_priority_matrix(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return prioritising.set_matrix(work, **read(messages.SetMatrix, command))

    @rpc("routing.read")
    def get_danger_route(self, call: Call, **query: Any) -> Answer:
        read(Nothing, query)
        with self.work() as work:
            return danger_routes.get_route(work, self.settings.rules)

    @rpc("routing.write")
    def set_danger_route(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = read(messages.SetDangerRoute, command)
            return danger_routes.set_route(work, self.settings.rules, **given)

    # --- how they hang together ----------------------------------------------------------------------------

    @rpc("requests.direct")
    def post_update(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return informing.post_update(work, **read(messages.PostUpdate, command))

    @rpc("requests.triage")
    def link_requests(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return linking.link_requests(work, **read(messages.LinkRequests, command))

    @rpc("requests.triage")
    def unlink_requests(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = read(messages.UnlinkRequests, command)
            return linking.unlink_requests(work, self.settings.rules, **given)

    # --- complaints ----------------------------------------------------------------------------------------

    @rpc("requests.direct")
    def acknowledge_complaint(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = read(messages.Acknowledge, command)
            return complaining.acknowledge_complaint(work, **given)

    @rpc("requests.direct")
    def find_cause(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return complaining.find_cause(work, **read(messages.FindCause, command))

    @rpc("requests.direct")
    def remedy_complaint(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = read(messages.Remedy, command)
            return complaining.remedy_complaint(work, self.settings.rules, **given)

    @rpc("requests.direct")
    def settle_complaint(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return complaining.settle_complaint(work, **read(messages.Settle, command))

    @rpc("requests.direct")
    def note_attempt(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = read(messages.Attempt, command)
            return complaining.note_attempt(work, self.settings.rules, **given)

    @rpc("complaints.close")
    def close_unheard(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = read(messages.CloseUnheard, command)
            return complaining.close_unheard(work, self.settings.rules, **given)

    @rpc("requests.direct")
    def chain_complaint(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return complaining.chain_complaint(work, **read(messages.Chain, command))

    @rpc("figures.read")
    def get_complaint_figures(self, call: Call, **query: Any) -> Answer:
        days = Days().load(query)
        with self.work() as work:
            return complaining.get_complaint_figures(work, Period(**days, zone=self.settings.zone))

    # --- major incidents -----------------------------------------------------------------------------------

    @rpc("requests.triage")
    def open_incident(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return incidents.open_incident(work, **read(messages.OpenIncident, command))

    @rpc("requests.triage")
    def gather_requests(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return incidents.gather_requests(work, **read(messages.GatherRequests, command))

    @rpc("requests.direct")
    def tell_incident(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return incidents.tell_incident(work, **read(messages.TellIncident, command))

    @rpc("requests.triage")
    def split_from_incident(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = read(messages.SplitFromIncident, command)
            return incidents.split_from_incident(work, **given)

    @rpc("requests.triage")
    def close_incident(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = read(messages.TellIncident, command)
            return incidents.close_incident(work, self.settings.rules, **given)

    @rpc("requests.read_all")
    def get_incident(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return incidents.get_incident(work, **read(messages.OneIncident, query))

    @rpc("requests.read_all")
    def list_incidents(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return incidents.list_incidents(work, **read(messages.ListIncidents, query))

    # --- wishes --------------------------------------------------------------------------------------------

    @rpc("requests.triage")
    def file_wish(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return wishing.file_wish(work, self.settings.rules, **read(messages.FileWish, command))

    @rpc("wishes.decide")
    def decide_theme(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return wishing.decide_theme(work, self.settings.rules, **read(messages.DecideTheme, command))

    @rpc("requests.read_all")
    def list_themes(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return wishing.list_themes(work, **read(messages.ListThemes, query))

    @rpc("requests.read_all")
    def get_theme(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return wishing.get_theme(work, **read(messages.OneTheme, query))

    @rpc("requests.create")
    def list_wishes(self, call: Call, **query: Any) -> Answer:
        read(Nothing, query)
        with self.work() as work:
            return wishing.list_wishes(work)

    @rpc("requests.create")
    def wish_too(self, call: Call, **command: Any) -> Answer:
        given = read(messages.OneTheme, command)
        with self.work() as work:
            return wishing.wish_too(work, self.settings.rules, self.settings.receipts, **given)
