"""What each resource of the counter asks of intake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from gateway.testing import FakeTransport
from werkzeug.test import Client

AN_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
ITEM, ENTRY = f"/v1/counter/items/{AN_ID}", f"/v1/counter/entries/{AN_ID}"
LATER = datetime(2026, 12, 1, 10, tzinfo=UTC)

# method, path, body, role, target, the arguments that intake gets
CALLS: list[tuple[str, str, Any, str, str, dict[str, Any]]] = [
    ("GET", "/v1/counter", None, "reception", "get_counter", {}),
    ("GET", "/v1/counter/items?q=kast&kind=key&withdrawn=false", None, "reception", "list_counter_items",
     {"q": "kast", "kind": "key", "withdrawn": False}),
    ("GET", "/v1/counter/items/numbered/k-101", None, "agent", "find_counter_item", {"number": "k-101"}),
    ("GET", ITEM, None, "agent", "get_counter_item", {"item_id": AN_ID}),
    ("POST", "/v1/counter/items", {"kind": "key", "number": "K-1", "name": "Archief"}, "manager",
     "add_counter_item", {"kind": "key", "number": "K-1", "name": "Archief"}),
    ("PUT", ITEM, {"name": "Archief", "withdrawn": True}, "agent", "change_counter_item",
     {"item_id": AN_ID, "version": 4, "name": "Archief", "withdrawn": True}),
    ("POST", f"{ITEM}/hand-out", {"personId": AN_ID, "dueOn": "2026-12-01", "signedBy": "Sanne"}, "agent",
     "hand_out_item",
     {"item_id": AN_ID, "version": 4, "person_id": AN_ID, "due_on": date(2026, 12, 1), "signed_by": "Sanne"}),
    ("GET", f"/v1/counter/entries?which=overdue&personId={AN_ID}", None, "reception", "list_counter_entries",
     {"which": "overdue", "person_id": AN_ID}),
    ("GET", ENTRY, None, "agent", "get_counter_entry", {"entry_id": AN_ID}),
    ("POST", f"{ENTRY}/acts", {"action": "take_back", "remark": "Heel"}, "agent", "act_on_counter_entry",
     {"entry_id": AN_ID, "version": 4, "action": "take_back", "remark": "Heel"}),
    ("POST", f"{ENTRY}/fault", None, "agent", "report_counter_loss", {"entry_id": AN_ID, "version": 4}),
    ("GET", "/v1/counter/people?q=sanne", None, "reception", "find_counter_people", {"q": "sanne"}),
    ("POST", "/v1/counter/parcels", {"what": "Doos", "name": "Afd. C."}, "agent", "receive_parcel",
     {"what": "Doos", "name": "Afd. C."}),
    ("POST", "/v1/counter/found", {"what": "Paraplu"}, "agent", "keep_found", {"what": "Paraplu"}),
    ("POST", "/v1/counter/visitors", {"name": "P.", "hostId": AN_ID}, "agent", "welcome_visitor",
     {"name": "P.", "host_id": AN_ID}),
    ("POST", "/v1/counter/visitors", {"name": "P.", "hostId": AN_ID, "expectedAt": "2026-12-01T10:00:00Z"},
     "agent", "announce_visitor", {"name": "P.", "host_id": AN_ID, "expected_at": LATER}),
    ("GET", "/v1/counter/own?over=true", None, "requester", "list_own_counter_entries", {"over": True}),
    ("POST", "/v1/counter/own/visitors", {"name": "P.", "expectedAt": "2026-12-01T10:00:00Z"}, "requester",
     "announce_own_visitor", {"name": "P.", "expected_at": LATER}),
    ("POST", f"/v1/counter/own/visitors/{AN_ID}/cancel", None, "requester", "cancel_own_visitor",
     {"entry_id": AN_ID, "version": 4}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "role", "target", "arguments"), CALLS)
def test_a_route_asks_intake(
    method: str,
    path: str,
    body: Any,
    role: str,
    target: str,
    arguments: dict[str, Any],
    client: Client,
    transport: FakeTransport,
    signed_in: Callable[..., dict[str, str]],
) -> None:
    known = {"version": 5, "items": [], "next_cursor": None, "item_id": AN_ID, "entry_id": AN_ID}
    transport.answers[f"intake.{target}"] = known
    answer = client.open(path, method=method, json=body, headers={**signed_in(role), "If-Match": '"4"'})
    assert answer.status_code in (200, 201)
    assert transport.asked(f"intake.{target}") == arguments
    for other in ("supplier", "follower", "visitor", *(["requester"] if role != "requester" else ())):
        refused = client.open(path, method=method, json=body, headers=signed_in(other))
        assert refused.status_code == 403


@pytest.mark.parametrize("role", ["requester", "team", "agent"])
def test_whoever_scans_a_tag_asks_whether_it_is_of_the_counter(
    role: str, client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    transport.answers["intake.find_counter_tag"] = {"number": "K-101", "kind": "key"}
    answer = client.get("/v1/counter/tags/k-101", headers=signed_in(role))
    assert answer.get_json() == {"number": "K-101", "kind": "key"}
    assert transport.asked("intake.find_counter_tag") == {"number": "k-101"}


def test_without_an_address_of_the_site_a_tag_has_no_code(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    transport.answers["intake.get_counter_item"] = {"number": "K-101"}
    answer = client.get(f"{ITEM}/qr", headers=signed_in("reception"))
    assert (answer.status_code, answer.get_json()["code"]) == (409, "no_public_url")


def test_handing_out_needs_the_version_that_was_looked_at(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    answer = client.post(f"{ITEM}/hand-out", json={"name": "Jansen"}, headers=signed_in("agent"))
    assert answer.status_code == 428
    assert transport.calls == []
