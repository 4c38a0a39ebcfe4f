"""A supplier's program that takes what it gets, and does a visit in one go as soon as it hears of it."""

from __future__ import annotations

import os
import threading

from supplierkit import Answer, Order, PlannedVisit, Supplier


class Electrician(Supplier):
    def receive_order(self, order: Order) -> Answer:
        return self.accept(order)

    def receive_visit(self, visit: PlannedVisit) -> Answer:
        threading.Thread(target=self._do, args=[visit], daemon=True).start()
        return self.accept(visit)

    def _do(self, visit: PlannedVisit) -> None:
        self.progress(visit, "start")
        self.complete(visit, note="Alle lampen vervangen.", cost_cents=1000)


if __name__ == "__main__":
    Electrician(os.environ["SUPPLIER_AMQP_URL"], os.environ["SUPPLIER_RECORD"]).run()
