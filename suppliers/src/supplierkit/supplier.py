"""The class to fill in."""

from __future__ import annotations

import logging
import signal
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from supplierkit.answering import Answering
from supplierkit.lines import Line, line_of
from supplierkit.orders import Answer, Order, moment
from supplierkit.record import Record
from supplierkit.visits import PlannedVisit

log = logging.getLogger("supplierkit")

Moment = datetime | str | None
About = Order | PlannedVisit | str  # an order, by its number too, or all orders of a visit
DONE_AT_THE_DESK = frozenset({"technically_complete", "checked", "administratively_complete"})


class Supplier:
    """Derive from it, fill in `receive_order` (and `cancel_order`), and call `run()`.

    `accept` and `refuse` inside `receive_order` are its answer; called later, from any thread, they tell the
    desk, as `progress` and `complete` do. All of these may be repeated without harm. They raise DeskError
    when the desk says no and DeskUnavailable when it cannot be reached for a minute.
    """

    def __init__(
        self,
        line: str | Line,
        record: str | Path = "orders.sqlite3",
        workers: int = 4,
        timeout: float = 5.0,
        keep_trying: float = 60.0,
    ) -> None:
        """`line` is the broker's address that the desk gave you, or a `supplierkit.webhooks.Webhooks`. Keep
        the `record` file: it is what keeps an order from being carried out twice.
        """
        self.line = line = line_of(line)
        self.user = line.user
        self._record = Record(line.record or record)
        self._answering = Answering(self, self._record)
        self._desk = line.desk(timeout, keep_trying)
        self._listener = line.listener(self._answering, workers)

    # --- to fill in ---------------------------------------------------------------------------------------

    def receive_order(self, order: Order) -> Answer | None:
        """Return `self.accept(order)`, `self.refuse(order, "why")`, or None: received, you will say later.

        The desk waits a few seconds for it. An exception is told to the desk, which tries again later.
        """
        return None

    def cancel_order(self, order_number: str, reason: str | None) -> bool | None:
        """The desk asks to stop. Return False when that is not possible any more; else you have stopped."""
        return True

    def remind_order(self, order_number: str, about: str, since: str) -> None:
        """The desk waits for a word of you: `about` is unanswered, unplanned, unstarted, no_show or wordless.

        Say how it stands with `accept`, `refuse`, `progress` or `complete`; to have heard it is no answer.
        """

    def receive_visit(self, visit: PlannedVisit) -> Answer | None:
        """The desk asks to do several of your orders in one go. Return `self.accept(visit)`,
        `self.refuse(visit, "why")`, or None: you have heard it.
        """
        return None

    # --- to tell the desk -----------------------------------------------------------------------------------

    def accept(self, order: About, planned_from: Moment = None, planned_until: Moment = None) -> Answer:
        """You take it. Times with a zone; they may also be told later: `progress(order, "schedule", ...)`."""
        answer = Answer("accepted", planned_from=moment(planned_from), planned_until=moment(planned_until))
        if not self._answering.answer(_about(order), answer):
            self._tell("accept", order, planned_from=answer.planned_from, planned_until=answer.planned_until)
        return answer

    def refuse(self, order: About, reason: str) -> Answer:
        """You do not take it, or hand it back before you begin."""
        answer = Answer("refused", reason)
        if not self._answering.answer(_about(order), answer):
            for number in _done(order, self._tell("refuse", order, reason=reason)):
                self._record.refused(number)
        return answer

    def progress(self, order: About, action: str, **details: Any) -> dict[str, Any]:
        """`schedule` (planned_from, planned_until), `propose` (windows), `start`, `pause`, `resume`,
        `ask_extra` (amount_cents, reason), `tick_stop` (stop, outcome, checklist, note),
        `not_carried_out` (reason).

        `ask_extra` says how much more than its limit an order costs, before you do it; the order waits, and
        its `extra_work` says what was decided. Then `resume`.

        `windows` are moments {"from", "until"} of which the customer chooses one; what became of it is in the
        order's `appointment`.
        A pause says why and who must act: pause={"reason": "material", "counterparty": "supplier"}; reasons
        are material, no_access, quote, other; counterparties requester, supplier, desk. `note` goes with all
        of them.
        """
        for name in ("planned_from", "planned_until"):
            if name in details:
                details[name] = moment(details[name])
        if "windows" in details:
            details["windows"] = [
                {name: moment(one[name]) for name in ("from", "until")} for one in details["windows"]
            ]
        return self._tell("progress", order, action=action, **details)

    def complete(
        self,
        order: About,
        note: str | None = None,
        cost_cents: int | None = None,
        evidence: list[str] | None = None,
        **record: Any,
    ) -> dict[str, Any]:
        """The work is done. `evidence`: numbers of reports, addresses of photos. `record`: `checklist` (which
        points of the order's are done, from 0; all that are not `optional`), `time` and `material`, each a
        list of lines. Of a visit: `all_points=True` instead, and hours, material and cost are divided over
        its orders; what came of each is in the answer's `outcomes`.
        """
        said = {"note": note, "cost_cents": cost_cents, "evidence": evidence, **record}
        told = self._tell("report_completion", order, **said)
        for number in _done(order, told):
            self._record.finished(number)
        return told

    def confirm_cancellation(self, order: Order | str) -> dict[str, Any]:
        """You have stopped, after all, though `cancel_order` said that you could not."""
        told = self._tell("confirm_cancellation", order)
        self._record.cancelled(_number(order))
        return told

    def look_up(self, order: Order | str) -> dict[str, Any]:
        """The order as the desk has it now. What it has as done is finished here, too: its word on the
        completion may have been lost.
        """
        found = self._tell("get_order", order)
        if found.get("state") in DONE_AT_THE_DESK:
            self._record.finished(_number(order))
        return found

    def unfinished(self) -> list[Order]:
        """What you took or received and have neither completed nor cancelled: for after a restart."""
        return self._record.unfinished()

    # --- to run ---------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Listen until `stop()`, SIGTERM or SIGINT; then end what is under way, within ten seconds."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: self.stop())
        try:
            self._listener.run()
        finally:
            self._desk.close()
            self._record.close()
            log.info("stopped")

    def stop(self) -> None:
        self._listener.stop()

    def _tell(self, method: str, order: About, **arguments: Any) -> dict[str, Any]:
        if isinstance(order, PlannedVisit):
            arguments["visit"] = order.version
        given = {name: value for name, value in arguments.items() if value is not None}
        answer: dict[str, Any] = self._desk.call(method, order_number=_number(order), **given)
        return answer


def _number(order: About) -> str:
    return order if isinstance(order, str) else order.number


def _about(order: About) -> str | PlannedVisit:
    return order if isinstance(order, PlannedVisit) else _number(order)


def _done(order: About, told: dict[str, Any]) -> list[str]:
    """For which orders the desk has done it, or had done it before."""
    if not isinstance(order, PlannedVisit):
        return [_number(order)]
    outcomes = told.get("outcomes") or ()
    return [str(each["order_number"]) for each in outcomes if each["outcome"] in ("done", "over")]
