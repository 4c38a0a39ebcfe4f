"""Six lamps, one visit: over a real broker, with a supplier's program that answers once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from dispatch.handlers.visits import plan_visit
from dispatch.testing import SuppliersBroker
from servicekit.testing.probes import until

from .conftest import Running, supplier_environment

PROGRAM = Path(__file__).with_name("electrician.py")
LAMPS = [f"lamp {number}" for number in range(6)]


@pytest.fixture
def electrician(broker: SuppliersBroker, tmp_path: Path) -> Iterator[None]:
    environment = {**os.environ, **supplier_environment(broker, tmp_path)}
    process = subprocess.Popen([sys.executable, str(PROGRAM)], env=environment)
    yield
    process.kill()
    process.wait()


def test_one_word_of_the_supplier_completes_each_request_once(running: Running, electrician: None) -> None:
    running.settings = replace(running.settings, delivery_delays=[0.2, 0.4, *[0.5] * 60])
    running.start()
    for name in LAMPS:
        running.request(name)
    until(lambda: [order["state"] for order in running.orders()] == ["accepted"] * 6)
    with running.work() as work:
        plan_visit(work, [order["work_order_id"] for order in running.orders()])
    until(lambda: {order["state"] for order in running.orders()} == {"technically_complete"})
    orders = running.orders()
    assert sorted(order["cost_cents"] for order in orders) == [166, 166, 166, 166, 166, 170]
    assert len({order["request_id"] for order in orders}) == 6
    with running.work() as work:
        completed = [work.processes.lock(order["request_id"]).completed_round for order in orders]
    assert completed == [1] * 6
