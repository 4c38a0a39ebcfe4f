"""From a POST to the supplier's own code and back, through a real server on this machine."""

from __future__ import annotations

import http.client
import io
import json
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook
from supplierkit import Answer, Order, Supplier
from supplierkit.webhooks import Webhooks, wsgi

SECRET = "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU="
ORDER = {
    "order_number": "SD-26-000001-1",
    "order_id": "a",
    "offer": 1,
    "title": {"nl": "Lunch", "en": "Lunch"},
}
ABOUT = {"order_number": "SD-26-000001-1", "order_id": "a", "version": 1}


class Kitchen(Supplier):
    def __init__(self, line: Webhooks, record: Path) -> None:
        super().__init__(line, record=record, workers=2)
        self.seen: list[Order] = []
        self.stopped: list[tuple[str, str | None]] = []
        self.behave: Callable[[Order], Answer | None] = self.accept

    def receive_order(self, order: Order) -> Answer | None:
        self.seen.append(order)
        return self.behave(order)

    def cancel_order(self, order_number: str, reason: str | None) -> bool:
        self.stopped.append((order_number, reason))
        return True


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
    return found


@pytest.fixture
def kitchen(port: int, tmp_path: Path) -> Iterator[Kitchen]:
    line = Webhooks("http://127.0.0.1:1", token="sdp_x", secret=SECRET, port=port)
    kitchen = Kitchen(line, tmp_path / "record.sqlite3")
    running = threading.Thread(target=kitchen.run)
    running.start()
    wait_for(port)
    yield kitchen
    kitchen.stop()
    running.join(10)
    assert not running.is_alive()


def wait_for(port: int) -> None:
    for _ in range(100):
        try:
            ask(port, "GET")
            break
        except OSError:
            time.sleep(0.02)


def ask(port: int, verb: str = "POST", body: bytes = b"", **headers: str) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(verb, "/any/path", body, {n.replace("_", "-"): v for n, v in headers.items()})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def signed(message: Any, secret: str = SECRET) -> tuple[bytes, dict[str, str]]:
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    at = datetime.now(UTC)  # noqa: TID251  the server looks at the real time
    return body, {
        "webhook_id": "key",
        "webhook_timestamp": str(int(at.timestamp())),
        "webhook_signature": Webhook(secret).sign("key", at, body.decode()),
    }


def post(port: int, message: Any, secret: str = SECRET) -> tuple[int, Any]:
    body, headers = signed(message, secret)
    return ask(port, "POST", body, **headers)


def order(**changed: Any) -> dict[str, Any]:
    return {"type": "work_order.issued", "data": {**ABOUT, "order": {**ORDER, **changed}}}


CANCELLATION = {"type": "work_order.cancellation_requested", "data": {**ABOUT, "reason": "withdrawn"}}


def test_an_order_is_answered_once(kitchen: Kitchen, port: int) -> None:
    assert post(port, order()) == (200, {"answer": "accepted"})
    assert post(port, order()) == (200, {"answer": "accepted"})
    assert [one.number for one in kitchen.seen] == [ORDER["order_number"]]


def test_nothing_means_received(kitchen: Kitchen, port: int) -> None:
    kitchen.behave = lambda order: None
    assert post(port, order()) == (200, {"answer": "received"})


def test_a_cancellation_reaches_the_code(kitchen: Kitchen, port: int) -> None:
    post(port, order())
    assert post(port, CANCELLATION) == (200, {"answer": "cancelled"})
    assert kitchen.stopped == [("SD-26-000001-1", "withdrawn")]
    assert kitchen.unfinished() == []


def test_an_exception_is_told_in_words_and_the_order_may_come_again(kitchen: Kitchen, port: int) -> None:
    def fail(order: Order) -> Answer | None:
        raise RuntimeError("our oven is broken")

    kitchen.behave = fail
    assert post(port, order()) == (500, {"detail": "our oven is broken"})
    kitchen.behave = kitchen.accept
    assert post(port, order()) == (200, {"answer": "accepted"})
    assert kitchen.seen[-1].begun_before


def test_who_has_not_our_secret_is_turned_away_and_nothing_is_read(kitchen: Kitchen, port: int) -> None:
    status, answer = post(port, order(), secret="whsec_" + "A" * 43 + "=")
    assert (status, kitchen.seen) == (401, [])
    assert "secret" in answer["detail"]
    assert ask(port, "POST", json.dumps(order()).encode())[0] == 401


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"nonsense",
        [],
        {},
        {"type": "work_order.issued"},
        {"type": "other", "data": {}},
        {"type": [], "data": {}},
    ],
)
def test_what_is_no_message_is_said_to_be_none(kitchen: Kitchen, port: int, message: Any) -> None:
    assert post(port, message)[0] == 400
    assert kitchen.seen == []


def test_an_order_that_is_none_is_a_fault_that_is_told(kitchen: Kitchen, port: int) -> None:
    assert post(port, {"type": "work_order.issued", "data": {"order": 5}})[0] == 500


def test_a_large_body_is_not_read(kitchen: Kitchen, port: int) -> None:
    assert ask(port, "POST", b"", Content_Length=str(10**9))[0] == 413
    assert ask(port, "POST", b"", Content_Length="many")[0] == 411


def test_when_all_hands_are_busy_the_desk_is_asked_to_come_back(kitchen: Kitchen, port: int) -> None:
    free = threading.Event()
    kitchen.behave = lambda order: kitchen.accept(order) if free.wait(10) else None
    busy = [
        threading.Thread(target=post, args=(port, order(order_number=f"SD-26-00000{n}-1"))) for n in (1, 2)
    ]
    for thread in busy:
        thread.start()
    while len(kitchen.seen) < 2:
        time.sleep(0.01)
    assert post(port, order(order_number="SD-26-000003-1"))[0] == 503
    free.set()
    for thread in busy:
        thread.join()
    assert post(port, order(order_number="SD-26-000003-1"))[0] == 200


def test_a_signal_that_another_thread_takes_stops_it_too(port: int, tmp_path: Path) -> None:
    kitchen = Kitchen(Webhooks("http://127.0.0.1:1", token="sdp_x", secret=SECRET, port=port), tmp_path / "r")
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def stop() -> None:
        wait_for(port)
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
        time.sleep(5)  # the thread that took it is alive: nothing else wakes the one that waits

    threading.Thread(target=stop, daemon=True).start()
    try:
        kitchen.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_person_who_looks_sees_what_it_is(kitchen: Kitchen, port: int) -> None:
    assert "orders" in ask(port, "GET")[1]["detail"]


def test_it_may_stand_in_a_server_of_ones_own(tmp_path: Path) -> None:
    kitchen = Kitchen(Webhooks("http://127.0.0.1:1", token="x", secret=SECRET), tmp_path / "record.sqlite3")
    application = wsgi(kitchen)
    body, headers = signed(order())
    environ: dict[str, Any] = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    environ |= {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    said: list[str] = []
    answer = b"".join(application(environ, lambda status, headers: said.append(status)))
    assert (said[0][:3], json.loads(answer)) == ("200", {"answer": "accepted"})
    application(environ | {"REQUEST_METHOD": "GET"}, lambda status, headers: said.append(status))
    assert said[1].startswith("405")
    kitchen._record.close()


def test_a_supplier_of_the_broker_has_no_webhooks(tmp_path: Path) -> None:
    supplier = Supplier("amqp://supplier_x:y@localhost/suppliers", record=tmp_path / "record.sqlite3")
    with pytest.raises(ValueError, match="Webhooks"):
        wsgi(supplier)
    supplier._record.close()


@pytest.mark.parametrize("line", ["https://desk.example.org", "localhost"])
def test_an_address_that_is_none_of_the_brokers_says_what_to_give(line: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Webhooks"):
        Supplier(line, record=tmp_path / "record.sqlite3")
