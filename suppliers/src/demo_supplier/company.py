"""The supplier itself: what it answers, and what it does then. The same for any trade, over any line."""

from __future__ import annotations

import os
import threading

from supplierkit import Answer, Order, PlannedVisit, Supplier

from demo_supplier.foreman import Foreman
from demo_supplier.settings import CRASH, Settings
from demo_supplier.trade import CATERING, INSTALLATIONS

SILENCE_SECONDS = 0.5


class Company(Supplier):
    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.line, record=settings.record)
        self._settings = settings
        self._closing = threading.Event()
        # By broker comes Vonk & Val, by webhook Lepel & Lade.
        self._trade = INSTALLATIONS if isinstance(settings.line, str) else CATERING
        self._foreman = Foreman(self, settings.step_seconds, self._trade)

    def receive_order(self, order: Order) -> Answer | None:
        mode = self._settings.mode_now()
        self._closing.wait(self._settings.answer_seconds)
        if mode == "silent":
            self._keep_silent()
            raise RuntimeError("there was no answer")
        if mode == "fail":
            raise RuntimeError("our planning system is out of order")
        if mode == "refuse":
            return self.refuse(order, self._trade.refusal)
        if mode == "manual" or self._closing.is_set():
            return None
        if mode == CRASH:
            self._write_down_and_die(order)
        self._foreman.take(order.number)
        return self.accept(order)

    def receive_visit(self, visit: PlannedVisit) -> Answer | None:
        """One word for all of its orders; the foreman then sees to each that he does not have yet."""
        mode = self._settings.mode_now()
        if mode == "refuse":
            return self.refuse(visit, self._trade.refusal)
        if mode != "accept" or not visit.numbers:
            return None
        for number in visit.numbers:
            self._foreman.take(number)
        return self.accept(visit)

    def _keep_silent(self) -> None:
        """Until it is stopped, or told to behave otherwise."""
        while self._settings.mode_now() == "silent" and not self._closing.wait(SILENCE_SECONDS):
            pass

    def cancel_order(self, order_number: str, reason: str | None) -> bool:
        return True  # the foreman asks the desk before every step, and finds that there is nothing more to do

    def run(self) -> None:
        if self._settings.mode_now() != "manual":
            for order in self.unfinished():
                self._foreman.take(order.number)
        self._foreman.start()
        super().run()

    def stop(self) -> None:
        self._closing.set()
        self._foreman.stop()
        super().stop()

    def _write_down_and_die(self, order: Order) -> None:
        """The worst moment: the order is accepted in our books, and the desk will never hear that."""
        self._record.answered(order.number, Answer("accepted").to_wire())
        os._exit(70)
