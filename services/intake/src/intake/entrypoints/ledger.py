"""Entry points about the counter: keys, badges, loans, parcels, what was found, visitors."""

from __future__ import annotations

from functools import partial
from typing import Any

from servicekit.entrypoints import Call, every, rpc
from servicekit.logs import logger
from servicekit.storage import WorkProvider

from intake.handlers import ledger, ledger_items, ledger_losses, ledger_telling
from intake.messages import ledger as messages
from intake.messages.requests import ReceiveRequest
from intake.messages.shapes import Nothing, read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]
BATCH = 200
Doing = partial[Any]
log = logger("intake")


class Ledger:
    """A part of IntakeService: see there."""

    work = WorkProvider(IntakeWork)
    settings: Any

    # --- items ---------------------------------------------------------------------------------------------

    @rpc("ledger.keep")
    def list_counter_items(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return ledger_items.list_items(work, **read(messages.ListItems, query))

    @rpc("ledger.keep")
    def get_counter_item(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return ledger_items.get_item(work, **read(messages.OneItem, query))

    @rpc("ledger.keep")
    def find_counter_item(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return ledger_items.find_item(work, **read(messages.FindItem, query))

    @rpc("ledger.scan")
    def find_counter_tag(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return ledger_items.find_tag(work, **read(messages.FindItem, query))

    @rpc("ledger.keep")
    def add_counter_item(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return ledger_items.add_item(work, **read(messages.AddItem, command))

    @rpc("ledger.keep")
    def change_counter_item(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return ledger_items.change_item(work, **read(messages.ChangeItem, command))

    @rpc("ledger.keep")
    def hand_out_item(self, call: Call, **command: Any) -> Answer:
        given = read(messages.HandOut, command)
        with self.work() as work:
            return ledger.hand_out_item(work, self.settings.receipts, **given)

    # --- entries -------------------------------------------------------------------------------------------

    @rpc("ledger.keep")
    def get_counter(self, call: Call, **query: Any) -> Answer:
        read(Nothing, query)
        with self.work() as work:
            return ledger.get_counter(work)

    @rpc("ledger.keep")
    def list_counter_entries(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return ledger.list_entries(work, **read(messages.ListEntries, query))

    @rpc("ledger.keep")
    def get_counter_entry(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return ledger.get_entry(work, **read(messages.OneEntry, query))

    @rpc("ledger.keep")
    def get_counter_signature(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return ledger.get_signature(work, **read(messages.OneSignature, query))

    @rpc("ledger.keep")
    def find_counter_people(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return ledger.find_people(work, **read(messages.FindPeople, query))

    @rpc("ledger.keep")
    def receive_parcel(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return ledger.receive_parcel(work, **read(messages.ReceiveParcel, command))

    @rpc("ledger.keep")
    def keep_found(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return ledger.keep_found(work, **read(messages.KeepFound, command))

    @rpc("ledger.keep")
    def welcome_visitor(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return ledger.welcome_visitor(work, **read(messages.WelcomeVisitor, command))

    @rpc("ledger.keep")
    def announce_visitor(self, call: Call, **command: Any) -> Answer:
        given = read(messages.AnnounceVisitor, command)
        with self.work() as work:
            return ledger.announce_visitor(work, self.settings.zone, own=False, **given)

    @rpc("ledger.keep")
    def act_on_counter_entry(self, call: Call, **command: Any) -> Answer:
        given = read(messages.ActOnEntry, command)
        with self.work() as work:
            return ledger.act_on_entry(work, self.settings.receipts, **given)

    @rpc("ledger.keep")
    def report_counter_loss(self, call: Call, **command: Any) -> Answer:
        given = read(messages.ChangeEntry, command)
        settings, whole = self.settings, partial(read, ReceiveRequest)
        with self.work() as work:
            return ledger_losses.report_loss(work, settings.rules, settings.receipts, whole, **given)

    # --- one's own -----------------------------------------------------------------------------------------

    @rpc("ledger.own")
    def list_own_counter_entries(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return ledger.list_own_entries(work, **read(messages.ListOwnEntries, query))

    @rpc("ledger.own")
    def announce_own_visitor(self, call: Call, **command: Any) -> Answer:
        given = read(messages.AnnounceOwnVisitor, command)
        with self.work() as work:
            return ledger.announce_visitor(work, self.settings.zone, own=True, **given)

    @rpc("ledger.own")
    def cancel_own_visitor(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return ledger.cancel_visit(work, **read(messages.ChangeEntry, command))

    # --- timers --------------------------------------------------------------------------------------------

    @every(seconds=30, lease="intake.keep_counter")
    def keep_counter(self) -> None:
        """Each entry in a transaction of its own: one that fails holds up no other."""
        with self.work() as work:
            late = ledger_telling.to_remind(work, BATCH)
            doing: list[Doing] = [partial(ledger_telling.remind, entry_id=each) for each in late]
            nobody = ledger_telling.not_come(work, BATCH)
            doing += [partial(ledger_telling.close_not_come, entry_id=each) for each in nobody]
            doing.append(partial(ledger_telling.forget, most=BATCH))
        for each in doing:
            try:
                with self.work() as work:
                    each(work)
            except Exception as error:
                log.error("something at the counter was not done", error=error, **each.keywords)
