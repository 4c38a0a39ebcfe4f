"""The supplier itself: what it answers, and what it does then."""

from __future__ import annotations

import threading

from supplierkit import Answer, Order, Supplier

from demo_supplier.foreman import Foreman
from demo_supplier.settings import Settings


class VonkVal(Supplier):
    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.amqp_url, record=settings.record)
        self._settings = settings
        self._closing = threading.Event()
        self._foreman = Foreman(self, settings.step_seconds)

    def receive_order(self, order: Order) -> Answer | None:
        mode = self._settings.mode
        self._closing.wait(self._settings.answer_seconds)
        if mode == "silent":
            self._closing.wait()
            raise RuntimeError("stopped before there was an answer")
        if mode == "fail":
            raise RuntimeError("our planning system is out of order")
        if mode == "refuse":
            return self.refuse(order, "Geen monteur beschikbaar. / No mechanic is available.")
        if mode == "manual" or self._closing.is_set():
            return None
        self._foreman.take(order.number)
        return self.accept(order)

    def cancel_order(self, order_number: str, reason: str | None) -> bool:
        return True  # the foreman asks the desk before every step, and finds that there is nothing more to do

    def run(self) -> None:
        if self._settings.mode != "manual":
            for order in self.unfinished():
                self._foreman.take(order.number)
        self._foreman.start()
        super().run()

    def stop(self) -> None:
        self._closing.set()
        self._foreman.stop()
        super().stop()
