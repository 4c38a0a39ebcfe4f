"""What a supplier's user may write, as the rule says; that RabbitMQ keeps it is in tests/security."""

from __future__ import annotations

import re
import uuid

import pytest
from dispatch.domain.supplier_rights import ROUTING_KEYS, permission


@pytest.mark.parametrize("key", ["desk.accept", "desk.report_completion", str(uuid.UUID(int=7))])
def test_a_supplier_calls_the_desk_and_answers_it(key: str) -> None:
    assert re.search(ROUTING_KEYS, key)


@pytest.mark.parametrize(
    "key",
    ["", "#", "*", "supplier_other.receive_order", "intake.get_request", "desk.", "xdesk.accept", "desk.a.b"],
)
def test_a_supplier_writes_to_nobody_else(key: str) -> None:
    assert not re.search(ROUTING_KEYS, key)


def test_a_supplier_reads_its_own_queue_and_not_that_of_one_whose_name_begins_alike() -> None:
    read = permission("supplier_vonk")["read"]
    assert re.search(read, "rpc-supplier_vonk")
    assert not re.search(read, "rpc-supplier_vonk_val")
    assert not re.search(read, "rpc-desk")
