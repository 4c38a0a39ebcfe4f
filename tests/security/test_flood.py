"""A supplier that floods the desk is kept out within seconds; the calls of another get through meanwhile."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dispatch.admission import Admission
from dispatch.settings import DispatchSettings
from dispatch.testing import SuppliersBroker
from servicekit.testing.probes import PATIENCE_SECONDS, until
from supplierkit.desk import DeskClient

from .conftest import HONEST, HOSTILE, KABEL, VONK, Desk, Program, connected

FLOODER = Path(__file__).parent / "flooder.py"
MESSAGES, SECONDS = 5_000_000, 70.0  # what a flood may last at most; the seconds end it first
KEPT_OUT_SECONDS = 60.0  # seconds on a quiet machine
RATE = 5.0


@pytest.fixture
def settings(settings: DispatchSettings, broker: SuppliersBroker) -> DispatchSettings:
    return replace(settings, broker_admin_url=broker.admin_url, supplier_calls_per_second=RATE)


@pytest.fixture
def both(desk: Desk, broker: SuppliersBroker) -> Iterator[dict[str, str]]:
    """The addresses of both suppliers, let in by the desk itself."""
    admission = Admission(desk.work, desk.settings)
    yield {
        str(provider.address): admission.invite(provider.provider_id)["credential"]["url"]
        for provider in (VONK, KABEL)
    }
    for user in (HOSTILE, HONEST):
        broker.admin.remove(user)
        broker.let_in(user)


@pytest.fixture
def flood(both: dict[str, str]) -> Iterator[Callable[[str], subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []

    def start(how: str) -> subprocess.Popen[bytes]:
        arguments = [both[HOSTILE], how, str(MESSAGES), str(SECONDS)]
        process = subprocess.Popen(
            [sys.executable, "-P", str(FLOODER), *arguments], stderr=subprocess.DEVNULL
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def standing(desk: Desk) -> dict[str, Any]:
    return Admission(desk.work, desk.settings).look(VONK.provider_id)


@pytest.mark.parametrize("how", ["named", "unnamed"])
def test_a_flood_ends_and_another_is_answered_meanwhile(
    desk: Desk, broker: SuppliersBroker, both: dict[str, str], flood: Callable[[str], Any], how: str
) -> None:
    number = desk.order_of(KABEL)["number"]
    honest = DeskClient(both[HONEST], HONEST, timeout=3.0, keep_trying=KEPT_OUT_SECONDS)
    flooder, began, answered = flood(how), time.monotonic(), 0
    while flooder.poll() is None and standing(desk)["standing"] != "suspended":
        assert time.monotonic() - began < KEPT_OUT_SECONDS
        assert honest.call("get_order", order_number=number)["order_number"] == number
        answered += 1
        time.sleep(0.5)
    assert answered >= 1
    shown = standing(desk)
    assert (shown["standing"], bool(shown["suspended_reason"])) == ("suspended", True)
    until(lambda: standing(desk)["connections"] == 0, 60)  # one that ignores its end takes that long
    assert honest.call("get_order", order_number=number)["order_number"] == number
    honest.close()
    with connected(broker.suppliers) as connection:  # what is left of the flood would count as a new one
        channel = connection.channel()
        until(lambda: channel.queue_declare("rpc-desk", passive=True).message_count == 0)
    Admission(desk.work, desk.settings).resume(VONK.provider_id)
    with connected(both[HOSTILE]) as connection:
        program, own = Program(connection), {"order_number": desk.order_of(VONK)["number"]}
        until(lambda: program.ask("get_order", own)["error"] is None or time.sleep(1))


def test_who_calls_too_often_is_told_by_name_how_long_to_wait(desk: Desk, both: dict[str, str]) -> None:
    with connected(both[HOSTILE]) as connection:
        program = Program(connection)
        error = {"code": "not_found"}
        for _ in range(20):  # a busy machine may take them so slowly that they are not too many
            for _ in range(int(RATE * 4) + 20):
                program.send("get_order", {"order_number": "x"})
            error = program.ask("get_order", {"order_number": "x"})["error"]
            if error["code"] == "rate_limited":
                break
    assert (error["exc_type"], error["code"]) == ("RateLimited", "rate_limited")
    assert 0 < error["retry_after"] < 1


def test_the_kit_waits_and_tries_again(desk: Desk, both: dict[str, str]) -> None:
    number = desk.order_of(KABEL)["number"]
    kit = DeskClient(both[HONEST], HONEST, timeout=PATIENCE_SECONDS)
    began = time.monotonic()
    for _ in range(int(RATE * 4) + 10):
        assert kit.call("get_order", order_number=number)["order_number"] == number
    assert time.monotonic() - began > 1.0  # ten more than a burst, at five a second
    kit.close()
