"""The demo's pages: the first ten minutes, the clock, the mailbox and the suppliers."""

from __future__ import annotations

import json
import os
import socketserver
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from gateway.demo import tour
from gateway.demo.suppliers import SupplierSwitches
from gateway.demo.tour import Place, Seen, place_from
from gateway.house import House
from gateway.pages import cookies
from gateway.pages.demo import mailbox, suppliers
from gateway.pages.demo.clock import next_working_morning
from gateway.pages.demo.steps import FIGURES, STEPS, states
from gateway.pages.site_map import all_pages
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Unavailable
from werkzeug.test import Client

from .conftest import Browser
from .test_team import order

BEGAN = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
ZONE = "Europe/Amsterdam"


def seen(**happened: Any) -> Seen:
    return Seen(**{"place": Place(BEGAN, 0), "offset": 0.0, **happened})


def done(**happened: Any) -> set[int]:
    """The numbers of the steps that are done."""
    return {number for number, is_done in enumerate(states(seen(**happened)), 1) if is_done}


def history(*lines: tuple[str, str]) -> dict[str, Any]:
    return {"history": [{"action": action, "by": {"kind": kind, "name": "x"}} for action, kind in lines]}


CALLED = {"delivery": {"state": "delivered", "error": None}}


def test_every_demo_page_is_there_in_demo_mode_only() -> None:
    outside = [page.name for page in all_pages() if page.path.startswith("/demo") and not page.demo_only]
    assert outside == []


def test_nothing_is_done_at_first() -> None:
    assert done() == set()


def test_reports_and_calls_tick_their_own_steps() -> None:
    assert done(requests=[{"channel": "site"}]) == {1}
    assert done(requests=[{"channel": "phone"}]) == {2}


def test_an_answer_of_a_program_is_no_acceptance_by_hand() -> None:
    by_itself = order(**history(("accept", "supplier"), ("complete", "supplier")), **CALLED)
    assert done(orders=[by_itself]) == set()


def test_a_person_or_a_supplier_that_received_first_accepts_by_hand() -> None:
    assert done(orders=[order(**history(("accept", "person")))]) == {3}
    by_hand = order(**history(("deliver", "service"), ("accept", "supplier")), **CALLED)
    assert done(orders=[by_hand]) == {3}
    portal = order(**history(("accept", "supplier")))
    assert done(orders=[portal]) == {3}


def test_a_failed_delivery_counts_and_counts_as_repaired_once_it_arrived() -> None:
    stuck = order(delivery={"state": "pending", "error": "nobody answers"})
    assert done(orders=[stuck]) == {4}
    repaired = order(
        **history(("delivery_failed", "service"), ("redeliver", "person")), state="accepted", **CALLED
    )
    assert done(orders=[repaired]) == {4, 5}
    retried = order(attempts=[{"outcome": "no_answer"}, {"outcome": "accepted"}], state="accepted", **CALLED)
    assert done(orders=[retried]) == {4, 5}


def test_a_breach_counts_when_the_clock_was_moved() -> None:
    assert done(breached=True) == set()
    assert done(breached=True, offset=3600.0) == {6}


def test_completion_by_hand_and_a_second_round_count() -> None:
    assert done(orders=[order(**history(("accept", "person"), ("complete", "person")))]) == {3, 7}
    assert done(orders=[order(round=2)]) == {8}


def test_a_published_product_and_opened_figures_count() -> None:
    assert done(products=[{"slug": "new"}]) == {9}
    assert done(place=Place(BEGAN, 0, looked=True)) == {10}


def test_where_one_is_survives_the_browser_and_nonsense_does_not() -> None:
    place = Place(BEGAN, 3600, 4, looked=True)
    assert place_from(place.kept()) == place
    for nonsense in ("", "x", "1.2.3", "1.2.3.4.5", "-1.2.3.4", "99999999999.0.0.0", "１.0.0.0"):
        assert place_from(nonsense) is None


def test_what_happened_before_one_began_does_not_count(transport: FakeTransport) -> None:
    before, after = "2026-11-25T07:59:59Z", "2026-11-25T08:00:01Z"
    transport.answers["intake.list_requests"] = {"items": []}
    transport.answers["dispatch.list_work_orders"] = {
        "items": [
            order(number="old", created_at=before),
            order(number="new", created_at=before, updated_at=after),
        ]
    }
    transport.answers["monitoring.list_clocks"] = {"items": [{"breached_at": before}], "next_cursor": None}
    transport.answers["catalog.list_products"] = {
        "items": [{"published_at": before}, {"published_at": after}]
    }
    found = tour.look(transport, "c", Place(BEGAN, 0), 0.0)
    assert [each["number"] for each in found.orders] == ["new"]
    assert not found.breached
    assert len(found.products) == 1
    assert transport.asked("intake.list_requests")["received_from"] == BEGAN.isoformat()


def test_the_tour_stands_when_everything_is_away(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    page = browser().get("/demo")
    assert page.status_code == 200
    assert page.text.count('class="tour-step') == len(STEPS)
    assert cookies.TOUR in " ".join(page.headers.getlist("Set-Cookie"))


def test_an_open_tour_is_left_alone_while_nothing_happened(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    visitor = browser()
    visitor.get("/demo")
    asks = {"HX-Request": "true", "HX-Target": "tour"}
    assert visitor.get("/demo?done=0", **asks).status_code == 204
    transport.answers["intake.list_requests"] = {"items": [{"channel": "site"}]}
    again = visitor.get("/demo?done=0", **asks)
    assert again.status_code == 200
    assert "tour-step done" in again.text


def test_the_bar_says_where_one_is(browser: Callable[..., Browser], transport: FakeTransport) -> None:
    visitor = browser("agent", language="en")
    assert "step 1 of" not in visitor.get("/style").text
    visitor.get("/demo")
    assert f"step 1 of {len(STEPS)}" in visitor.get("/style").text
    transport.answers["intake.list_requests"] = {"items": [{"channel": "site"}]}
    asks = {"HX-Request": "true", "HX-Target": "tour-step"}
    assert visitor.get("/demo/step", **asks).text.strip() == f"step 2 of {len(STEPS)}"


def test_every_step_leads_to_a_page_that_is_there() -> None:
    assert STEPS[-1].ways[0].to == FIGURES
    for step in STEPS:
        assert step.ways
        for way in step.ways:
            assert way.to.startswith("/")


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-11-25T08:30", "2026-11-25T09:00"),
        ("2026-11-25T09:00", "2026-11-26T09:00"),
        ("2026-11-27T18:00", "2026-11-30T09:00"),
        ("2026-12-24T18:00", "2026-12-28T09:00"),  # Christmas, and the weekend behind it
        ("2026-10-23T18:00", "2026-10-26T09:00"),  # summer time ends meanwhile
    ],
)
def test_the_next_working_morning_knows_weekends_holidays_and_summer_time(now: str, morning: str) -> None:
    zone = ZoneInfo(ZONE)
    at = datetime.fromisoformat(now).replace(tzinfo=zone).astimezone(UTC)
    reached = at + next_working_morning(at, ZONE)
    assert reached.astimezone(zone).isoformat()[:16] == morning


@pytest.fixture
def clock_set_back(house: House) -> Iterator[None]:
    """The clock is that of all tests: afterwards it says what it said before."""
    before = house.demo_clock.offset_seconds()
    yield
    Path(house.settings.clock_file).write_text(str(before))


@pytest.mark.usefixtures("clock_set_back")
def test_the_clock_moves_on_and_never_back(browser: Callable[..., Browser], house: House) -> None:
    visitor = browser()
    visitor.get("/demo/clock")
    before = house.demo_clock.offset_seconds()
    assert visitor.post("/demo/clock", {"leap": "hours"}).status_code == 303
    assert house.demo_clock.offset_seconds() - before == timedelta(hours=4).total_seconds()
    for wrong in ("back", "-hours", ""):
        assert visitor.post("/demo/clock", {"leap": wrong}).status_code == 422
    assert house.demo_clock.offset_seconds() - before == timedelta(hours=4).total_seconds()


def test_links_in_mails_are_links_and_nothing_else_is() -> None:
    body = (
        "See https://desk.example/orders/x.y-z.\r\n<script>javascript:alert(1)</script> http://a.example/b)"
    )
    found = mailbox.parts(body)
    assert [text for text, is_link in found if is_link] == [
        "https://desk.example/orders/x.y-z",
        "http://a.example/b",
    ]
    assert "".join(text for text, _ in found) == body.replace("\r\n", "\n")


def test_the_mailbox_is_newest_first_and_escaped(
    browser: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    def mail(subject: str) -> dict[str, Any]:
        return {
            "to": "a@x.example",
            "subject": subject,
            "body": "<b>hello</b>",
            "date": "Wed, 25 Nov 2026 19:01:28 +0000",
        }

    monkeypatch.setattr(mailbox, "read_messages", lambda _url: {"items": [mail("first"), mail("second")]})
    page = browser().get("/demo/mailbox").text
    assert page.index("second") < page.index("first")
    assert "&lt;b&gt;hello" in page
    assert "second" not in browser().get("/demo/mailbox?q=first").text.partition("mails")[2]


# --- the switches -----------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """The other side of the socket, and what it was asked. The folder's name is too long for a socket."""
    folder = tmp_path / ("deep" * 30)
    folder.mkdir()
    asked: list[dict[str, Any]] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.append(json.loads(self.rfile.readline()))
            name = asked[-1].get("name", "supplier-vonk-val")
            program = {
                "name": "supplier-vonk-val",
                "running": True,
                "mode": "accept",
                "modes": ["accept", "manual"],
            }
            answer = (
                {"result": [program]}
                if name == "supplier-vonk-val"
                else {"error": f"there is no supplier {name}"}
            )
            self.wfile.write(json.dumps(answer).encode() + b"\n")

    handle = os.open(folder, os.O_RDONLY)
    server = socketserver.ThreadingUnixStreamServer(f"/proc/self/fd/{handle}/suppliers", Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield folder / "suppliers", asked
    server.shutdown()
    server.server_close()
    os.close(handle)


def test_the_switches_ask_for_what_was_turned(desk: tuple[Path, list[dict[str, Any]]]) -> None:
    path, asked = desk
    switches = SupplierSwitches(str(path))
    switches.stop("supplier-vonk-val")
    switches.set_mode("supplier-vonk-val", "manual")
    assert asked == [
        {"command": "stop", "name": "supplier-vonk-val"},
        {"command": "mode", "name": "supplier-vonk-val", "mode": "manual"},
    ]
    assert switches.programs()[0]["name"] == "supplier-vonk-val"


def test_what_the_other_side_refuses_is_a_refusal(desk: tuple[Path, list[dict[str, Any]]]) -> None:
    with pytest.raises(Conflict, match="intake"):
        SupplierSwitches(str(desk[0])).stop("intake")


def test_without_a_socket_there_are_no_switches(tmp_path: Path) -> None:
    for path in ("", str(tmp_path / "nothing"), str(tmp_path / "nowhere" / "nothing")):
        with pytest.raises(Unavailable):
            SupplierSwitches(path).programs()


def test_the_api_turns_the_same_switches(
    client: Client, house: House, signed_in: Callable[..., dict[str, str]], monkeypatch: pytest.MonkeyPatch,
    desk: tuple[Path, list[dict[str, Any]]],
) -> None:  # fmt: skip
    path, asked = desk
    monkeypatch.setattr(house.switches, "_path", path)
    turned = {"running": True, "mode": "manual"}
    answer = client.post("/v1/demo/suppliers/supplier-vonk-val", headers=signed_in("agent"), json=turned)
    assert answer.status_code == 200
    assert [each["command"] for each in asked] == ["mode", "start", "suppliers"]
    refused = client.post("/v1/demo/suppliers/intake", headers=signed_in("agent"), json={"running": False})
    assert refused.status_code == 409


def test_where_there_are_no_switches_the_page_says_what_to_do_by_hand(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    provider = {
        "provider_id": "p",
        "slug": "vonk-val",
        "name": "Vonk & Val",
        "kind": "supplier",
        "delivery": "rpc",
    }
    transport.answers["dispatch.list_providers"] = {"items": [provider]}
    transport.answers["dispatch.list_work_orders"] = {"items": [order()]}
    page = browser().get("/demo/suppliers").text
    assert "docker compose stop supplier-vonk-val" in page
    assert "/stop" not in page


def test_every_way_to_behave_has_its_words() -> None:
    from demo_supplier.settings import MODES

    assert set(suppliers.MODES) == set(MODES)
