"""From a call of the desk to the reply: decode, look in the record, ask the supplier's own code, remember."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from threading import Lock, local
from typing import Any, Protocol

from supplierkit.orders import Answer, Order
from supplierkit.record import CANCELLED, DONE, REFUSED, Record
from supplierkit.visits import PlannedVisit

log = logging.getLogger("supplierkit")

WORDS = ("received", "accepted", "refused")
LOCKS = 1024  # two orders that share one by chance only wait for each other


class Code(Protocol):
    """The part of a Supplier that its author fills in."""

    def receive_order(self, order: Order) -> Answer | None: ...

    def cancel_order(self, order_number: str, reason: str | None) -> bool | None: ...

    def remind_order(self, order_number: str, about: str, since: str) -> None: ...

    def receive_visit(self, visit: PlannedVisit) -> Answer | None: ...


class Answering:
    def __init__(self, code: Code, record: Record) -> None:
        self._code = code
        self._record = record
        self._now = local()
        self._locks = [Lock() for _ in range(LOCKS)]

    def reply_to(self, method: str, body: bytes | str) -> bytes:
        """The body of the reply: nameko's {"result", "error"}. Never raises."""
        try:
            return _wire(self.call(method, _arguments(body)))
        except Exception as error:
            log.exception("%s failed", method)
            return _wire(None, error)

    def answer(self, about: str | PlannedVisit, answer: Answer) -> bool:
        """Take it as the answer to the order or the visit that this thread deals with; False when it deals
        with none.
        """
        if getattr(self._now, "about", None) != about:
            return False
        self._now.answer = answer
        return True

    def call(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """The answer to a call of the desk. Raises what the supplier's own code raises."""
        if method == "receive_order":
            return self._receive(Order.from_wire(arguments.get("order")))
        if method == "cancel_order":
            return self._cancel(str(arguments["order_number"]), arguments.get("reason"))
        if method == "remind_order":
            about, since = (str(arguments.get(name) or "") for name in ("about", "since"))
            self._code.remind_order(str(arguments["order_number"]), about, since)
            return Answer("received").to_wire()
        if method == "receive_visit":
            return self._together(
                PlannedVisit.from_wire(arguments.get("order_number"), arguments.get("visit"))
            )
        raise LookupError(f"this supplier has no method '{method}'")

    def _receive(self, order: Order) -> dict[str, Any]:
        with self._one_at_a_time(order.number):
            order, before = self._record.begin(order)
            if before is not None:
                log.info("order %s came again; answered as before", order.number)
                return before
            answer = self._ask(order.number, lambda: self._code.receive_order(order))
            if answer.word not in WORDS:
                raise ValueError(f"'{answer.word}' is no answer to an order")
            wire = answer.to_wire()
            self._record.answered(order.number, wire)
            log.info("order %s: %s", order.number, wire["answer"])
            return wire

    def _together(self, visit: PlannedVisit) -> dict[str, Any]:
        answer = self._ask(visit, lambda: self._code.receive_visit(visit))
        if answer.word not in WORDS:
            raise ValueError(f"'{answer.word}' is no answer to a visit")
        if answer.word == "refused":
            for number in visit.numbers:
                self._record.refused(number)
        log.info("visit of %s: %s", ", ".join(visit.numbers) or visit.number, answer.word)
        return answer.to_wire()

    def _ask(self, about: str | PlannedVisit, ask: Callable[[], Answer | None]) -> Answer:
        self._now.about, self._now.answer = about, None
        try:
            returned = ask()
            return returned or self._now.answer or Answer("received")
        finally:
            self._now.about = None

    def _cancel(self, number: str, reason: str | None) -> dict[str, Any]:
        with self._one_at_a_time(number):
            stage = self._record.stage(number)
            if stage == DONE:
                return Answer("refused", "The work is done.").to_wire()
            told_before = stage in (CANCELLED, REFUSED)
            if not told_before and self._code.cancel_order(number, reason) is False:
                return Answer("refused", "The supplier does not agree.").to_wire()
            self._record.cancelled(number)
            log.info("order %s: cancelled", number)
            return Answer("cancelled").to_wire()

    def _one_at_a_time(self, number: str) -> Lock:
        """A slow order that comes again waits until the first is answered, and gets the same answer."""
        return self._locks[hash(number) % LOCKS]


def _arguments(body: bytes | str) -> dict[str, Any]:
    arguments = json.loads(body)["kwargs"]
    if not isinstance(arguments, dict):
        raise ValueError("kwargs must be an object")
    return arguments


def _wire(result: Any, error: Exception | None = None) -> bytes:
    described = None
    if error is not None:
        name = type(error).__name__
        path = f"supplierkit.{name}"
        described = {"exc_type": name, "exc_path": path, "exc_args": [], "value": str(error)[:500]}
    return json.dumps({"result": result, "error": described}).encode()
