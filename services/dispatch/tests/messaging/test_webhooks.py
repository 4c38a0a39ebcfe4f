"""From a commit to a supplier's HTTP server and back: real sockets, real signatures, every kind of server."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import eventlet
import pytest
import sqlalchemy as sa
from dispatch import heard
from dispatch.domain.supplier_access import invited
from dispatch.domain.webhook_secrets import signing_secrets
from dispatch.handlers import planning
from dispatch.handlers.acting import redeliver_work_order
from dispatch.service import DispatchService
from dispatch.storage.delivery_tables import supplier_access
from servicekit.testing.probes import until

from ..samples import NOW, WEBHOOK, closed, product, step  # noqa: TID252  own samples
from .conftest import Running
from .kitchen import Behaviour, Kitchen, in_turn, reply, says

MASTER = "master secret of this test"
ACCEPTED = {"answer": "accepted"}
Cook = Callable[[Behaviour], Kitchen]


@pytest.fixture
def cook(running: Running) -> Iterator[Cook]:
    """cook(behaviour) opens a kitchen and starts dispatch; Lepel & Lade is let in, and gets the orders."""
    kitchens: list[Kitchen] = []

    def open_(behaviour: Behaviour, let_in: bool = True) -> Kitchen:
        kitchen = Kitchen(signing_secrets(MASTER, WEBHOOK.provider_id, 1)[0], behaviour)
        kitchens.append(kitchen)
        with running.work() as work:
            work.providers.save(replace(WEBHOOK, address=kitchen.url), work.now)
            work.products.save(product(step("lunch", WEBHOOK.slug)))
            if let_in:
                access = invited(WEBHOOK.provider_id, None, None, NOW, "Karin")
                work.connection.execute(sa.insert(supplier_access).values(**vars(access)))
        targets = [f"127.0.0.1:{kitchen.port}"]
        running.settings = replace(
            running.settings, webhook_master_secret=MASTER, webhook_allowed_targets=targets
        )
        running.start(DispatchService)
        return kitchen

    yield open_
    for kitchen in kitchens:
        kitchen.close()


def failed(running: Running) -> Any:
    return running.order()["delivery"]["state"] == "failed"


def redeliver(running: Running) -> None:
    with running.work() as work:
        redeliver_work_order(work, running.order()["work_order_id"])


def test_an_order_is_posted_and_accepted_with_its_plan(running: Running, cook: Cook) -> None:
    kitchen = cook(says(200, ACCEPTED | {"planned_from": "2026-11-24T11:00:00+01:00"}))
    running.request()
    order = running.becomes("accepted")
    ((key, message),) = kitchen.heard
    assert key.startswith(order["number"])
    assert message["type"] == "work_order.issued"
    assert message["data"]["order_id"] == str(order["work_order_id"])
    assert message["data"]["order"]["contact"]["name"]
    assert order["planned_from"].isoformat() == "2026-11-24T10:00:00+00:00"


def test_a_withdrawal_is_posted_with_a_key_of_its_own(running: Running, cook: Cook) -> None:
    kitchen = cook(in_turn(says(200, ACCEPTED), says(200, {"answer": "cancelled"})))
    running.request()
    running.becomes("accepted")
    with running.work() as work:
        planning.request_closed(work, heard.RequestClosed().load(closed()))
    running.becomes("cancelled")
    assert kitchen.heard[1][1]["data"]["reason"] == "request_withdrawn"
    assert len(set(kitchen.keys)) == 2


def hang(_: Kitchen, handler: BaseHTTPRequestHandler, __: dict[str, Any]) -> None:
    eventlet.sleep(60)


def hang_up(_: Kitchen, handler: BaseHTTPRequestHandler, __: dict[str, Any]) -> None:
    # A close alone waits for the files that are made of the connection, and they stay open.
    handler.connection.shutdown(socket.SHUT_RDWR)


def drip(_: Kitchen, handler: BaseHTTPRequestHandler, __: dict[str, Any]) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    for _second in range(60):
        handler.wfile.write(b"x")
        eventlet.sleep(0.1)


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        (hang, "no_answer"),
        (hang_up, "no_answer"),
        (drip, "no_answer"),
        (says(200, b"<html>welcome</html>"), "garbage"),
        (says(200, {"answer": "perhaps"}), "garbage"),
        (says(200, b"x" * 100_000), "garbage"),
        (says(302, b"", location="http://127.0.0.1:1/"), "error"),
        (says(401), "error"),
        (says(404, b"<h1>canary-page</h1>", content_type="text/html"), "error"),
        (says(500, {"detail": "our kitchen is on fire"}, content_type="application/json"), "error"),
        (says(503), "busy"),
    ],
    ids=["silent", "hangs up", "drips", "page", "word", "large", "redirect", "401", "404", "500", "503"],
)
def test_what_is_no_answer_is_tried_again_and_then_waits_visibly_to_be_repaired(
    running: Running, cook: Cook, behaviour: Behaviour, outcome: str
) -> None:
    if behaviour in (hang, drip):
        running.settings = replace(running.settings, delivery_timeout=1.0)
    kitchen = cook(behaviour)
    running.request()
    until(lambda: failed(running))
    assert running.attempts() == [outcome] * 3
    assert running.order()["state"] == "issued"
    assert len(set(kitchen.keys)) == 1
    assert "canary" not in running.order()["delivery"]["error"]
    kitchen.behaviour = says(200, ACCEPTED)
    redeliver(running)
    running.becomes("accepted")
    assert running.history() == ["delivery_failed", "redeliver", "accept"]


def test_gone_means_gone_at_once(running: Running, cook: Cook) -> None:
    kitchen = cook(says(410))
    running.request()
    until(lambda: failed(running))
    assert (running.attempts(), len(kitchen.heard)) == (["gone"], 1)


def test_who_asks_for_time_gets_it(running: Running, cook: Cook) -> None:
    kitchen = cook(in_turn(says(429, retry_after="2"), says(200, ACCEPTED)))
    running.request()
    running.becomes("accepted")
    first, second = kitchen.heard_at
    assert second - first > 1.9  # by our own delays it would have been asked again long before
    assert running.attempts() == ["busy", "accepted"]


def test_who_was_not_let_in_gets_nothing_and_the_desk_reads_what_to_do(
    running: Running, cook: Callable[..., Kitchen]
) -> None:
    kitchen = cook(says(200, ACCEPTED), let_in=False)
    running.request()
    until(lambda: failed(running))
    assert "invite it" in running.order()["delivery"]["error"]
    assert kitchen.heard == []


def test_nobody_there_shows_and_is_repaired(running: Running, cook: Cook) -> None:
    kitchen = cook(says(200, ACCEPTED))
    kitchen.close()
    running.request()
    until(lambda: failed(running))
    assert running.attempts() == ["away"] * 3


def test_a_private_address_is_not_posted_to_whatever_the_database_says(running: Running, cook: Cook) -> None:
    kitchen = cook(says(200, ACCEPTED))
    with running.work() as work:
        other = f"http://127.0.0.2:{kitchen.port}/orders"
        work.providers.save(replace(WEBHOOK, address=other), work.now)
    running.request()
    until(lambda: failed(running))
    assert (running.attempts(), kitchen.heard) == (["not_set_up"], [])


def test_a_reply_that_was_lost_on_the_way_does_not_order_twice(running: Running, cook: Cook) -> None:
    """It took the order and hung up: the same key comes again, and it answers as before."""
    books: set[str] = set()

    def once(kitchen: Kitchen, handler: BaseHTTPRequestHandler, message: dict[str, Any]) -> None:
        known = message["data"]["order_number"] in books
        books.add(message["data"]["order_number"])
        if not known:
            hang_up(kitchen, handler, message)
            return
        reply(handler, 200, ACCEPTED)

    kitchen = cook(once)
    running.request()
    running.becomes("accepted")
    assert (len(books), len(set(kitchen.keys)), len(kitchen.heard)) == (1, 1, 2)
    assert running.history() == ["accept"]


def test_an_answer_that_comes_after_the_withdrawal_changes_nothing(running: Running, cook: Cook) -> None:
    def late(kitchen: Kitchen, handler: BaseHTTPRequestHandler, message: dict[str, Any]) -> None:
        if "cancellation" in message["type"]:
            return reply(handler, 200, {"answer": "cancelled"})
        with running.work() as work:
            planning.request_closed(work, heard.RequestClosed().load(closed()))
        return reply(handler, 200, ACCEPTED)

    cook(late)
    running.request()
    running.becomes("cancelled")
    assert running.history() == ["cancel", "confirm_cancellation"]


def test_a_slow_kitchen_leaves_room_for_others(running: Running, cook: Cook) -> None:
    """It answers nobody before all have come."""

    def wait_for_all(kitchen: Kitchen, *given: Any) -> None:
        until(lambda: len(set(kitchen.keys)) == 8)
        says(200, ACCEPTED)(kitchen, *given)

    kitchen = cook(wait_for_all)
    for number in range(8):
        running.request(f"r{number}")
    until(lambda: all(one["state"] == "accepted" for one in running.orders()))
    assert len(kitchen.keys) == 8


def test_no_secret_and_no_page_lands_in_the_logs(
    running: Running, cook: Cook, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        kitchen = cook(says(500, b"canary-page", content_type="text/plain"))
        running.request()
        until(lambda: failed(running))
    written = caplog.text + "".join(capsys.readouterr())
    assert "canary" not in written
    assert kitchen.secret.removeprefix("whsec_") not in written
    assert MASTER not in written
