"""The repair list over all services: one overview, strict shapes, keys that keep an action to one time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Unavailable
from werkzeug.test import Client

AN_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
SignIn = Callable[..., dict[str, str]]


def cause(name: str, count: int) -> dict[str, Any]:
    return {"cause": name, "kind": name.partition(":")[0], "count": count}


def test_causes_come_from_all_services_that_answer_and_the_others_are_named(
    client: Client, transport: FakeTransport, signed_in: SignIn
) -> None:
    transport.answers["intake.count_failures"] = {"items": [cause("message:a:b", 2)]}
    transport.answers["dispatch.count_failures"] = {"items": [cause("delivery:vonk-val:away", 7)]}
    transport.answers["catalog.count_failures"] = {"items": []}
    transport.answers["monitoring.count_failures"] = Unavailable("service_away", "x")
    answer = client.get("/v1/failures", headers=signed_in("agent")).json
    assert [(one["service"], one["count"]) for one in answer["items"]] == [("dispatch", 7), ("intake", 2)]
    assert answer["total"] == 9
    assert answer["unavailable"] == ["monitoring", "notifications"]


def test_the_overview_is_asked_of_every_service_with_its_filters(
    client: Client, transport: FakeTransport, signed_in: SignIn
) -> None:
    client.get("/v1/failures?state=set_aside&kind=mail", headers=signed_in("manager"))
    assert {target for target, _ in transport.calls} == {
        f"{name}.count_failures" for name in ("intake", "catalog", "dispatch", "monitoring", "notifications")
    }
    assert all(asked == {"state": "set_aside", "kind": "mail"} for _, asked in transport.calls)


def test_a_line_says_of_which_service_it_is(
    client: Client, transport: FakeTransport, signed_in: SignIn
) -> None:
    transport.answers["dispatch.list_failures"] = {"items": [{"failure_id": AN_ID}], "next_cursor": "more"}
    answer = client.get("/v1/failures/dispatch?kind=delivery", headers=signed_in("agent")).json
    assert answer["items"] == [{"service": "dispatch", "failureId": AN_ID}]
    assert answer["next"] == "/v1/failures/dispatch?kind=delivery&cursor=more"


WRONG: list[tuple[str, str, Any]] = [
    ("GET", "/v1/failures?state=lost", None),
    ("GET", "/v1/failures?kind=everything", None),
    ("GET", "/v1/failures/intake?limit=1000", None),
    ("GET", "/v1/failures/intake/preview", None),
    ("POST", "/v1/failures/intake/replay", {"failureIds": []}),
    ("POST", "/v1/failures/intake/replay", {"failureIds": ["x"]}),
    ("POST", "/v1/failures/intake/replay", {"failureIds": [AN_ID] * 501}),
    ("POST", "/v1/failures/intake/replay", {"cause": "a:b:c", "upTo": -1}),
    ("POST", "/v1/failures/intake/replay", {"cause": "a:b:c", "all": True}),
    ("POST", "/v1/failures/intake/set-aside", {"cause": "a:b:c"}),
    ("POST", "/v1/failures/intake/set-aside", {"cause": "a:b:c", "reason": "  "}),
]


@pytest.mark.parametrize(("method", "path", "body"), WRONG)
def test_what_makes_no_sense_reaches_no_service(
    method: str, path: str, body: Any, client: Client, transport: FakeTransport, signed_in: SignIn
) -> None:
    answer = client.open(path, method=method, json=body, headers=signed_in("operator"))
    assert answer.status_code == 422
    assert transport.calls == []


def test_a_service_that_does_not_exist_has_no_list(client: Client, signed_in: SignIn) -> None:
    assert client.get("/v1/failures/gateway", headers=signed_in("operator")).status_code == 404


@pytest.mark.parametrize("action", ["replay", "set-aside"])
def test_an_action_goes_with_its_key_and_has_time_for_many(
    action: str, client: Client, transport: FakeTransport, signed_in: SignIn
) -> None:
    answer = {"items": [], "counts": {"replayed": 3}, "remaining": 230, "up_to": 981}
    transport.answers[f"dispatch.{action.replace('-', '_')}_failures"] = answer
    body = {"cause": "delivery:vonk-val:away", **({"reason": "Oud"} if action == "set-aside" else {})}
    headers = {**signed_in("operator"), "Idempotency-Key": "k-1"}
    got = client.post(f"/v1/failures/dispatch/{action}", json=body, headers=headers)
    assert got.json == {"items": [], "counts": {"replayed": 3}, "remaining": 230, "upTo": 981}
    assert transport.envelopes[0]["idempotency_key"] == "k-1"
    assert transport.envelopes[0]["timeout"] >= 30


@pytest.mark.parametrize("role", ["agent", "requester", "team", "supplier", "product_owner", "program"])
def test_who_only_reads_does_not_repair(
    role: str, client: Client, transport: FakeTransport, signed_in: SignIn
) -> None:
    for action in ("replay", "set-aside"):
        answer = client.post(f"/v1/failures/dispatch/{action}", json={}, headers=signed_in(role))
        assert answer.status_code == 403
    assert transport.calls == []
