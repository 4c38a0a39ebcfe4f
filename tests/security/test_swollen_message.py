"""A message that is announced far too large fills the broker's memory: whoever sends it is let go, and the
desk works on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from dispatch.admission import Admission, _relief_of
from dispatch.channels.broker_admin import BrokerAdminAway, admin_on
from dispatch.settings import DispatchSettings
from dispatch.testing import SuppliersBroker, suppliers_broker
from servicekit.amqp.topology import declare_rpc_queue
from servicekit.testing.probes import until

from .conftest import HONEST, HOSTILE, KABEL, VONK, Desk, Program, connected

MEMORY = 350_000_000  # of this broker
SWOLLEN = Path(__file__).parent / "swollen.py"


@pytest.fixture(scope="module")
def broker() -> Iterator[SuppliersBroker]:
    """A small one of its own."""
    with suppliers_broker(MEMORY) as made:
        with connected(made.suppliers) as desk:
            channel = desk.channel()
            for name in ("desk", HOSTILE, HONEST):
                declare_rpc_queue(channel, name)
        yield made


@pytest.fixture
def settings(settings: DispatchSettings, broker: SuppliersBroker) -> DispatchSettings:
    return replace(settings, broker_admin_url=broker.admin_url)


def is_out_of_memory(broker: SuppliersBroker) -> bool | None:
    """None: it does not say at the moment."""
    try:
        return broker.admin.is_out_of_memory()
    except BrokerAdminAway:
        return None


def test_it_is_let_go_and_the_second_time_kept_out(desk: Desk, broker: SuppliersBroker) -> None:
    admission = Admission(desk.work, desk.settings)
    relief = _relief_of(admin_on(broker.admin_url, "suppliers"))
    hostile, honest = (
        admission.invite(provider.provider_id)["credential"]["url"] for provider in (VONK, KABEL)
    )
    for standing in ("granted", "suspended"):
        command = [sys.executable, "-P", str(SWOLLEN), hostile, str(3 * MEMORY // 1_000_000)]
        # Some ignore that they are let go, and send on for half a minute: RabbitMQ throws it away.
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as swollen:
            until(lambda: is_out_of_memory(broker) is True, 60)
            until(lambda: is_out_of_memory(broker) is False, 80)
            swollen.kill()
        until(lambda: HOSTILE in relief._caught)  # the desk has seen it too
        until(lambda wanted=standing: admission.look(VONK.provider_id)["standing"] == wanted)
    assert admission.look(KABEL.provider_id)["standing"] == "granted"
    with connected(honest) as connection:
        own = {"order_number": desk.order_of(KABEL)["number"]}
        assert Program(connection).ask("get_order", own, user_id=HONEST)["error"] is None
