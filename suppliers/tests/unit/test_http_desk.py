"""What a supplier says through the HTTP API, to a desk that answers as the test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from supplierkit import DeskError, DeskUnavailable
from supplierkit.http_desk import HttpDesk

NUMBER, ORDER_ID = "SD-26-000001-1", "0198a000-0000-7000-8000-000000000001"
SHOWN = {"workOrderId": ORDER_ID, "number": NUMBER, "state": "accepted", "plannedFrom": None, "version": 3}


class Api:
    """Answers in turn with (status, body); afterwards as a desk that has the order."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self.answers: list[tuple[int, Any]] = []
        self.found: list[Any] = [SHOWN]
        self.headers: dict[str, str] = {}

    def answer(self, verb: str, path: str) -> tuple[int, Any]:
        if self.answers:
            return self.answers.pop(0)
        if path.startswith("/v1/work-orders?"):
            return 200, {"items": self.found, "nextCursor": None}
        if ORDER_ID not in path:
            return 404, {"code": "work_order_not_found", "detail": "There is no such work order."}
        return 200, SHOWN


@pytest.fixture
def api() -> Iterator[Api]:
    api = Api()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            api.asked.append((self.command, self.path, json.loads(body) if body else None))
            api.headers = dict(self.headers.items())
            status, answer = api.answer(self.command, self.path)
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        api.url = f"http://127.0.0.1:{server.server_address[1]}"  # type: ignore[attr-defined]
        yield api
        server.shutdown()


@pytest.fixture
def desk(api: Api) -> HttpDesk:
    desk = HttpDesk(api.url, "sdp_token", timeout=2, keep_trying=1.5)  # type: ignore[attr-defined]
    desk.remember(NUMBER, ORDER_ID)
    return desk


PATH = f"/v1/work-orders/{ORDER_ID}"


@pytest.mark.parametrize(
    ("method", "arguments", "asked"),
    [
        ("accept", {"planned_from": "2026-11-24T09:00:00+00:00"},
         ("POST", f"{PATH}/accept", {"plannedFrom": "2026-11-24T09:00:00+00:00"})),
        ("refuse", {"reason": "vol"}, ("POST", f"{PATH}/refuse", {"reason": "vol"})),
        ("progress", {"action": "start"}, ("POST", f"{PATH}/start", {})),
        ("progress", {"action": "not_carried_out", "reason": "x"},
         ("POST", f"{PATH}/not-carried-out", {"reason": "x"})),
        ("progress", {"action": "pause", "pause": {"reason": "material", "counterparty": "supplier"}},
         ("POST", f"{PATH}/pause", {"pause": {"reason": "material", "counterparty": "supplier"}})),
        ("report_completion", {"cost_cents": 5, "evidence": ["bon"]},
         ("POST", f"{PATH}/complete", {"costCents": 5, "evidence": ["bon"]})),
        ("confirm_cancellation", {}, ("POST", f"{PATH}/confirm-cancellation", {})),
        ("get_order", {}, ("GET", PATH, None)),
    ],
)  # fmt: skip
def test_each_word_has_its_place_in_the_api(
    desk: HttpDesk, api: Api, method: str, arguments: dict[str, Any], asked: tuple[str, str, Any]
) -> None:
    shown = desk.call(method, order_number=NUMBER, **arguments)
    assert api.asked == [asked]
    assert api.headers["Authorization"] == "Bearer sdp_token"
    assert (shown["state"], shown["order_number"], shown["order_id"]) == ("accepted", NUMBER, ORDER_ID)
    assert "planned_from" in shown


def test_a_number_alone_is_looked_up_once(api: Api) -> None:
    desk = HttpDesk(api.url + "/v1/", "sdp_token")  # type: ignore[attr-defined]
    desk.call("accept", order_number=NUMBER)
    desk.call("get_order", order_number=NUMBER)
    assert [path for _, path, _ in api.asked] == [
        f"/v1/work-orders?number={NUMBER}", f"{PATH}/accept", PATH,
    ]  # fmt: skip


def test_a_number_that_the_desk_does_not_know_is_said_so(api: Api) -> None:
    api.found = []
    with pytest.raises(DeskError, match="no order") as refusal:
        HttpDesk(api.url, "t").call("accept", order_number="SD-26-999999-1")  # type: ignore[attr-defined]
    assert refusal.value.code == "work_order_not_found"


def test_after_the_desk_was_set_up_anew_the_new_order_is_found(api: Api, desk: HttpDesk) -> None:
    desk.remember(NUMBER, "0198a000-0000-7000-8000-00000000dead")
    assert desk.call("accept", order_number=NUMBER)["order_id"] == ORDER_ID


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_not_now_is_said_again(desk: HttpDesk, api: Api, status: int) -> None:
    api.answers = [(status, {"detail": "later"})]
    assert desk.call("accept", order_number=NUMBER)["state"] == "accepted"
    assert len(api.asked) == 2


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "token_invalid"), (403, "forbidden"), (409, "action_not_allowed"), (422, "invalid")],
)
def test_no_is_no(desk: HttpDesk, api: Api, status: int, code: str) -> None:
    api.answers = [(status, {"code": code, "detail": "No.", "errors": {"reason": ["Say why."]}})]
    with pytest.raises(DeskError, match="Say why") as refusal:
        desk.call("refuse", order_number=NUMBER)
    assert (refusal.value.code, len(api.asked)) == (code, 1)


@pytest.mark.parametrize("body", [b"<html>", b"", b"[]"])
def test_a_no_of_something_in_between_is_a_no_too(desk: HttpDesk, api: Api, body: bytes) -> None:
    api.answers = [(400, body)]
    with pytest.raises(DeskError):
        desk.call("accept", order_number=NUMBER)


def test_a_redirect_is_not_followed_with_our_token(desk: HttpDesk, api: Api) -> None:
    api.answers = [(302, {})]
    with pytest.raises(DeskError) as refusal:
        desk.call("accept", order_number=NUMBER)
    assert refusal.value.code == "http_302"


def test_nobody_there_is_said_after_a_while() -> None:
    with pytest.raises(DeskUnavailable):
        HttpDesk("http://127.0.0.1:1", "t", timeout=0.5, keep_trying=0.5).call("accept", order_number=NUMBER)


@pytest.mark.parametrize("url", ["", "desk.example.org", "ftp://desk.example.org", "https://"])
def test_an_address_that_is_none_is_refused_in_words(url: str) -> None:
    with pytest.raises(ValueError, match="https://desk"):
        HttpDesk(url, "t")


def test_what_is_said_of_a_visit_goes_to_the_visit_as_it_was_seen(api: Api, desk: HttpDesk) -> None:
    visit_id = "0198a000-0000-7000-8000-0000000000f1"
    outcomes = [{"workOrderId": ORDER_ID, "number": NUMBER, "outcome": "done", "text": None}]
    desk.remember(NUMBER, ORDER_ID)
    api.answers = [
        (200, {"visit": {"visitId": visit_id}, "could": [], "visits": []}),
        (200, {"visitId": visit_id, "orders": [SHOWN], "outcomes": outcomes}),
    ]
    done = desk.call("report_completion", order_number=NUMBER, visit=3, cost_cents=100, all_points=True)
    assert api.asked[-1] == ("POST", f"/v1/visits/{visit_id}/complete", {"costCents": 100, "allPoints": True})
    assert api.headers["If-Match"] == '"3"'
    assert done["outcomes"] == [{"order_number": NUMBER, "outcome": "done", "text": None}]


def test_of_an_order_in_no_visit_nothing_is_said_of_one(api: Api, desk: HttpDesk) -> None:
    desk.remember(NUMBER, ORDER_ID)
    api.answers = [(200, {"visit": None, "could": [], "visits": []})]
    with pytest.raises(DeskError) as refused:
        desk.call("accept", order_number=NUMBER, visit=3)
    assert refused.value.code == "no_visit"
