"""A desk to play with: no broker, no network, no installation. For tests of your own, and for `rehearse`.

from supplierkit.testing import PlayDesk, sample_order

def test_leaks_are_accepted():
    with PlayDesk(Plumber) as desk:
        assert desk.brings(sample_order(text="The tap leaks.")) == {"answer": "accepted"}
        desk.supplier.complete("SD-26-000001-1", cost_cents=9500)
        assert desk.state("SD-26-000001-1") == "technically_complete"
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Self

from supplierkit.answering import Answering
from supplierkit.errors import DeskError
from supplierkit.lines import Line
from supplierkit.playing import ACTIONS, NEEDED, NEXT
from supplierkit.supplier import Supplier
from supplierkit.waiting import Stopping

SAMPLE: dict[str, Any] = {
    "order_number": "SD-26-000001-1",
    "order_id": "0198a000-0000-7000-8000-000000000001",
    "offer": 1,
    "title": {"nl": "Storing verhelpen", "en": "Repair a fault"},
    "instructions": {"nl": "Meld u bij de receptie.", "en": "Report at the reception."},
    "remark": None,
    "checklist": [],
    "agreed_cents": None,
    "limit_cents": None,
    "lead_time": {"amount": 2, "unit": "working_days"},
    "issued_at": "2026-11-24T09:00:00Z",
    "kind": "fault",
    "priority": "P3",
    "summary": "De radiator blijft koud",
    "text": "De radiator in 3.12 blijft koud.",
    "received_at": "2026-11-24T08:55:00Z",
    "location": {"name": "3.12", "path": "De Sluis / 3 / 3.12"},
    "object": "Radiator bij het raam",
    "asset": {
        "asset_id": "0198a000-0000-7000-8000-00000000000a",
        "code": "RAD-3-12",
        "name": {"nl": "Radiator bij het raam", "en": "Radiator at the window"},
        "kind": "radiator",
        "warranty_until": "2027-06-30",
    },
    "answers": {"since": "gisteren"},
    "quantity": None,
    "wanted": None,
    "contact": {"name": "Sanne de Wit", "phone": "+31 20 000 1000"},
    "requested_for": None,
    "due_at": "2026-11-26T16:30:00Z",
}

VISIT_ID = "0198a000-0000-7000-8000-0000000000f1"


def sample_order(**changed: Any) -> dict[str, Any]:
    """An order as the desk sends it, with these fields changed."""
    return deepcopy(SAMPLE) | changed


@dataclass(frozen=True)
class Told:
    """What the supplier said by itself: the desk's word for it, of which order, with what."""

    action: str
    number: str
    details: dict[str, Any]


class PlayDesk:
    """Brings orders to a supplier and listens to what it says; refuses what the real desk would refuse.

    `make` gets a line and answers your supplier: your class will do, if it is made from a line alone. Its
    record is a file that is thrown away.
    """

    def __init__(self, make: Callable[[Line], Supplier]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="supplierkit-")
        self._lock = Lock()
        self._states: dict[str, str] = {}
        self._orders: dict[str, dict[str, Any]] = {}
        self._visit: list[str] = []
        self._version = 0
        self.told: list[Told] = []
        try:
            self.supplier = make(_PlayLine(self, Path(self._folder.name) / "orders.sqlite3"))
        except BaseException:
            self._folder.cleanup()
            raise

    def brings(self, order: dict[str, Any] | None = None, **changed: Any) -> dict[str, Any]:
        """Deliver an order; answers what goes back. Raises what the supplier's code raises."""
        order = (order or sample_order()) | changed
        number = order["order_number"]
        with self._lock:
            self._orders[number] = order
            if self._states.get(number, "refused") == "refused":
                self._states[number] = "issued"
        answer = self._call("receive_order", order=order)
        moved = {"accepted": "accept", "refused": "refuse"}.get(answer["answer"])
        with self._lock:
            if moved and moved in NEXT[self._states[number]]:
                self._states[number] = NEXT[self._states[number]][moved]
        return answer

    def cancels(self, number: str, reason: str | None = "request_withdrawn") -> dict[str, Any]:
        """Ask to stop; answers what goes back."""
        with self._lock:
            if self._states.get(number) not in ("technically_complete", "cancelled"):
                self._states[number] = "cancellation_requested"
        answer = self._call("cancel_order", order_number=number, reason=reason)
        if answer["answer"] == "cancelled":
            self._states[number] = "cancelled"
        return answer

    def reminds(self, number: str, about: str, since: str) -> dict[str, Any]:
        """Ask for a word about an order; answers what goes back."""
        return self._call("remind_order", order_number=number, about=about, since=since)

    def plans_visit(self, *numbers: str, note: str | None = None) -> dict[str, Any]:
        """Ask to do these orders in one go; answers what goes back."""
        with self._lock:
            self._version += 1
            self._visit = list(numbers)
        orders = [{"order_number": number, "title": self._orders[number]["title"]} for number in numbers]
        visit = {"visit_id": VISIT_ID, "version": self._version, "note": note, "orders": orders}
        answer = self._call("receive_visit", order_number=numbers[0], visit=visit)
        moved = {"accepted": "accept", "refused": "refuse"}.get(answer["answer"])
        with self._lock:
            for number in numbers if moved else ():
                self._states[number] = NEXT[self._states[number]].get(str(moved), self._states[number])
        return answer

    def crashes_after(self, order: dict[str, Any]) -> None:
        """As if its program had begun with this order and died: the record knows, nobody else does."""
        from supplierkit.orders import Order

        self.supplier._record.begin(Order.from_wire(_plain(order)))

    def state(self, number: str) -> str | None:
        """The order's state at this desk; None for one that it never brought."""
        return self._states.get(number)

    def close(self) -> None:
        self.supplier.stop()
        self.supplier._record.close()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- what the supplier calls ----------------------------------------------------------------------------

    def hear(self, method: str, order_number: str, **details: Any) -> dict[str, Any]:
        action = details.pop("action", None) or ACTIONS[method]
        with self._lock:
            if order_number not in self._orders:
                raise DeskError("work_order_not_found", "You have no order with this number.")
            if (version := details.pop("visit", None)) is not None:
                return self._move_all(action, order_number, version, details)
            if method != "get_order":
                self._move(action, order_number, details)
            return self._orders[order_number] | {"state": self._states[order_number]}

    def _move_all(self, action: str, number: str, version: int, details: dict[str, Any]) -> dict[str, Any]:
        """Of each order of the visit; one that is not so far is left out, as the desk does."""
        if number not in self._visit:
            raise DeskError("no_visit", "This order is in no visit (any more).")
        if version != self._version:
            raise DeskError("stale", "Orders joined or left this visit meanwhile; read it again.")
        able = [each for each in self._visit if action in NEXT[self._states[each]]]
        for each in able:
            self._move(action, each, details)
        outcomes = [
            {"order_number": each, "outcome": "done" if each in able else "later", "text": None}
            for each in self._visit
        ]
        return {**self._orders[number], "state": self._states[number], "outcomes": outcomes}

    def _move(self, action: str, number: str, details: dict[str, Any]) -> None:
        told = Told(action, number, _plain(details))
        state = self._states[number]
        heard = any((one.action, one.number) == (action, number) for one in self.told)
        if action not in NEXT[state]:
            if heard:
                return
            raise DeskError("action_not_allowed", f"An order that is '{state}' cannot '{action}'.")
        needed = NEEDED.get(action)
        if needed and not details.get(needed):
            raise DeskError("missing_detail", f"'{action}' needs '{needed}'.")
        self.told.append(told)
        self._states[number] = NEXT[state][action]

    def _call(self, method: str, **arguments: Any) -> dict[str, Any]:
        answering = self.supplier._answering
        return _plain(answering.call(method, _plain(arguments)))


class _PlayLine:
    user = "rehearsal"

    def __init__(self, desk: PlayDesk, record: Path) -> None:
        self._desk = desk
        self.record: str | Path | None = record

    def desk(self, timeout: float, keep_trying: float) -> _PlayClient:
        return _PlayClient(self._desk)

    def listener(self, answering: Answering, workers: int) -> _PlayListener:
        return _PlayListener()


class _PlayClient:
    def __init__(self, desk: PlayDesk) -> None:
        self._desk = desk

    def call(self, method: str, **arguments: Any) -> Any:
        return self._desk.hear(method, **arguments)

    def close(self) -> None: ...


class _PlayListener:
    """`run()` of the supplier waits until it is stopped: orders come by `brings`."""

    def __init__(self) -> None:
        self._stopping = Stopping()

    def run(self) -> None:
        self._stopping.wait()

    def stop(self) -> None:
        self._stopping.say()


def _plain(value: Any) -> Any:
    """As it would be after a journey: JSON and nothing else."""
    return json.loads(json.dumps(value, default=_moment))


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"{type(value).__name__} cannot be sent")
