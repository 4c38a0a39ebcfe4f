"""The supplier itself: what it answers, and what it does then."""

from __future__ import annotations

import threading

from supplierkit import Answer, Order, Supplier

from demo_supplier.foreman import Foreman
from demo_supplier.settings import Settings

SILENCE_SECONDS = 0.5


class VonkVal(Supplier):
    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.amqp_url, record=settings.record)
        self._settings = settings
        self._closing = threading.Event()
        self._foreman = Foreman(self, settings.step_seconds)

    def receive_order(self, order: Order) -> Answer | None:
        mode = self._settings.mode_now()
        self._closing.wait(self._settings.answer_seconds)
        if mode == "silent":
            self._keep_silent()
            raise RuntimeError("there was no answer")
        if mode == "fail":
            raise RuntimeError("our planning system is out of order")
        if mode == "refuse":
            return self.refuse(order, "Geen monteur beschikbaar. / No mechanic is available.")
        if mode == "manual" or self._closing.is_set():
            return None
        self._foreman.take(order.number)
        return self.accept(order)

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
