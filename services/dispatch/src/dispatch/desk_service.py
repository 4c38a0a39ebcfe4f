"""What suppliers may call, on their own vhost of the broker: `desk.accept`, `desk.report_completion` ...

The caller is the broker's validated user, never something in the body. Every method is safe to repeat.
"""

from __future__ import annotations

from typing import Any, cast

from servicekit.concurrency import Stop
from servicekit.entrypoints import Call, background, every, rpc
from servicekit.service import BareService
from servicekit.storage.provider import WorkProvider

from dispatch import messages
from dispatch.admission import Admission
from dispatch.domain.work_order_states import Action
from dispatch.door_guard import DoorGuard
from dispatch.errors import ERRORS
from dispatch.handlers.evidence import told_with_files
from dispatch.handlers.supplier_desk import order_of_supplier, told_by_supplier
from dispatch.settings import DispatchSettings
from dispatch.storage.unit_of_work import DispatchWork
from dispatch.supplier_door import door_of


class DeskForSuppliers(BareService):
    name = "desk"
    errors = ERRORS
    producer = "dispatch"
    amqp_setting = "suppliers_amqp_url"
    authenticate = "broker_user"
    door = door_of
    work = WorkProvider(DispatchWork)

    @rpc()
    def accept(self, call: Call, **said: Any) -> dict[str, Any]:
        return self._told(call, Action.ACCEPT, messages.AcceptOrder().load(said))

    @rpc()
    def refuse(self, call: Call, **said: Any) -> dict[str, Any]:
        return self._told(call, Action.REFUSE, messages.RefuseOrder().load(said))

    @rpc()
    def progress(self, call: Call, **said: Any) -> dict[str, Any]:
        loaded = messages.ReportProgress().load(said)
        return self._told(call, loaded.pop("action"), loaded)

    @rpc()
    def report_completion(self, call: Call, **said: Any) -> dict[str, Any]:
        loaded = messages.ReportCompletion().load(said)
        with self.work() as work:
            receipts = cast(DispatchSettings, self.settings).receipts
            return told_with_files(work, receipts, call.actor.id, action=Action.COMPLETE, **loaded)

    @rpc()
    def confirm_cancellation(self, call: Call, **said: Any) -> dict[str, Any]:
        return self._told(call, Action.CONFIRM_CANCELLATION, messages.OrderNumber().load(said))

    @rpc()
    def get_order(self, call: Call, **said: Any) -> dict[str, Any]:
        with self.work() as work:
            return order_of_supplier(work, call.actor.id, **messages.OrderNumber().load(said))

    @background
    def guard_the_door(self, stop: Stop) -> None:
        settings = cast(DispatchSettings, self.settings)
        DoorGuard(door_of(settings), Admission(self.work, settings)).run(stop)

    @every(seconds=10)
    def note_who_was_seen(self) -> None:
        if heard := door_of(self.settings).take_seen():
            with self.work() as work:
                work.access.seen(heard, work.now)

    def _told(self, call: Call, action: Action, said: dict[str, Any]) -> dict[str, Any]:
        with self.work() as work:
            return told_by_supplier(work, call.actor.id, action=action, **said)
