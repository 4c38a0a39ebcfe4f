"""What a supplier's user may write, as the rule says; that RabbitMQ keeps it is tested elsewhere."""

from __future__ import annotations

import re
import uuid

import pytest
from deskcli.broker_layout import SUPPLIER_ROUTING_KEYS


@pytest.mark.parametrize("key", ["desk.accept", "desk.report_completion", str(uuid.UUID(int=7))])
def test_a_supplier_calls_the_desk_and_answers_it(key: str) -> None:
    assert re.search(SUPPLIER_ROUTING_KEYS, key)


@pytest.mark.parametrize(
    "key",
    ["", "#", "*", "supplier_other.receive_order", "intake.get_request", "desk.", "xdesk.accept", "desk.a.b"],
)
def test_a_supplier_writes_to_nobody_else(key: str) -> None:
    assert not re.search(SUPPLIER_ROUTING_KEYS, key)
