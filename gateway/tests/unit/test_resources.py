"""What each resource asks of which service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.api.v1.work_orders import ACTIONS
from gateway.clients import SERVICES
from gateway.http.health import Readiness
from gateway.testing import FakeTransport
from servicekit.errors import NotFound, Unavailable
from werkzeug.test import Client

from .resource_calls import intake, others
from .resource_calls.samples import AN_ID, MOMENT, TEXT

UNFINISHED: dict[str, Any] = {
    "version": 4, "content": {"process": {"steps": []}}, "problems": {}, "base_version": None,
    "current_version": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "body", "role", "target", "arguments"), [*intake.CALLS, *others.CALLS]
)
def test_a_route_asks_its_service(
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
    transport.answers["catalog.get_draft"] = UNFINISHED
    transport.answers[target] = {**UNFINISHED, "version": 5, "items": [], "next_cursor": None}
    transport.answers[target] |= {"article_id": AN_ID}
    transport.answers[target] |= {"product_id": AN_ID, "budget_id": AN_ID}
    answer = client.open(path, method=method, json=body, headers={**signed_in(role), "If-Match": '"4"'})
    assert answer.status_code in (200, 201)
    assert transport.asked(target) == arguments


@pytest.mark.parametrize("providers", [["huisdienst"], []])
def test_a_draft_goes_out_with_its_warnings_when_whom_its_steps_name_exist(
    providers: list[str], client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    steps = [{"provider": "huisdienst"}, {"provider": "plumbing", "role": "plumbing"}]
    transport.answers = {
        "catalog.get_draft": {
            **UNFINISHED, "content": {"process": {"steps": steps}}, "critical_path": {"too_long": True},
        },
        "dispatch.list_providers": {"items": [{"slug": slug} for slug in providers]},
        "catalog.publish_draft": {"product_id": AN_ID, "version": 1},
    }  # fmt: skip
    headers = {**signed_in("product_owner"), "If-Match": '"4"'}
    answer = client.post(f"/v1/products/{AN_ID}/draft/publish", headers=headers)
    if providers:
        assert list(answer.json["warnings"]) == ["leadTime"]
    else:
        assert answer.status_code == 422
        assert list(answer.json["errors"]) == ["process.steps.0.provider"]
        assert "catalog.publish_draft" not in [target for target, _ in transport.calls]


def test_a_draft_names_what_nobody_would_get_and_while_that_is_not_known_just_the_rest(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    found = {**UNFINISHED, "content": {"process": {"steps": [{"provider": "nobody"}]}}}
    transport.answers = {"catalog.get_draft": found, "dispatch.list_providers": {"items": []}}
    path, headers = f"/v1/products/{AN_ID}/draft", signed_in("product_owner")
    (told,) = client.get(path, headers=headers).json["problems"].values()
    assert told == ["There is no team or supplier 'nobody'. Choose one that exists, or make it first."]
    del transport.answers["dispatch.list_providers"]
    assert client.get(path, headers=headers).json["problems"] == {}


def test_a_program_that_publishes_before_the_provider_is_made_is_told(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    transport.answers = {
        "catalog.publish_product": {"product_id": AN_ID, "version": 1},
        "dispatch.list_providers": {"items": []},
    }
    body = {"slug": "lamp", "name": TEXT, "category": TEXT, "kind": "order", "priority": "P4"}
    body |= {"process": {"steps": [{"key": "pick", "title": TEXT, "provider": "nobody"}]}}
    answer = client.post("/v1/products", json=body, headers=signed_in("product_owner"))
    assert (answer.status_code, len(answer.json["warnings"])) == (201, 1)


def test_a_draft_is_planned_for_a_moment_with_its_offset(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    transport.answers["catalog.get_draft"] = UNFINISHED
    transport.answers["catalog.schedule_draft"] = {**UNFINISHED, "product_id": AN_ID, "version": 5}
    path, headers = f"/v1/products/{AN_ID}/draft/schedule", {**signed_in("product_owner"), "If-Match": '"4"'}
    answer = client.post(path, headers=headers, json={"publishAt": MOMENT})
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"5"')
    assert transport.asked("catalog.schedule_draft")["publish_at"].isoformat() == "2026-12-01T10:00:00+00:00"
    assert client.post(path, headers=headers, json={"publishAt": "morgen"}).status_code == 422


def test_what_differs_is_told_by_the_names_of_the_api(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    told = {"field": "price.amount_cents", "change": "changed", "before": 100, "after": 200}
    transport.answers["catalog.get_comparison"] = {"before": 1, "after": 2, "differences": [told]}
    answer = client.get(f"/v1/products/{AN_ID}/comparison?before=1&after=2", headers=signed_in("manager"))
    assert answer.json["differences"][0]["field"] == "price.amountCents"
    assert transport.asked("catalog.get_comparison") == {"product_id": AN_ID, "before": 1, "after": 2}


def test_what_differs_between_versions_of_an_article_is_told_by_the_names_of_the_api(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    told = {"field": "product_ids", "change": "added", "before": None, "after": AN_ID}
    answered = {"article_id": AN_ID, "before": 1, "after": 2, "differences": [told]}
    transport.answers["catalog.get_article_comparison"] = answered
    path = f"/v1/articles/{AN_ID}/comparison"
    answer = client.get(f"{path}?before=1&after=2", headers=signed_in("manager"))
    assert answer.json["differences"][0]["field"] == "productIds"
    assert transport.asked("catalog.get_article_comparison") == {"article_id": AN_ID, "before": 1, "after": 2}
    client.get(f"{path}?before=1", headers=signed_in("manager"))  # with the draft
    assert transport.calls[-1] == ("catalog.get_article_comparison", {"article_id": AN_ID, "before": 1})
    assert client.get(path, headers=signed_in("manager")).status_code == 422


def test_one_may_ask_for_what_is_offered_to_oneself(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    transport.answers["catalog.list_products"] = {"items": [], "next_cursor": None}
    transport.answers["intake.get_own_person"] = {
        "department": "Financiën", "customer": "Meerwal", "location": {"lies_in": ["sluis-2", "sluis"]}
    }  # fmt: skip
    client.get("/v1/products?offered=true", headers=signed_in("requester"))
    asker = {"department": "Financiën", "customer": "Meerwal", "places": ["sluis-2", "sluis"]}
    assert transport.asked("catalog.list_products") == {"offered_to": asker}
    transport.answers["intake.get_own_person"] = NotFound("no_such_person", "You are not known here.")
    client.get("/v1/products?offered=true", headers=signed_in("requester"))
    assert transport.envelopes[-1]  # asked all the same, as somebody who belongs nowhere


def test_a_new_rule_says_where_it_is(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    transport.answers["dispatch.save_routing_rule"] = {"rule_id": AN_ID, "version": 1}
    rule = {"name": "Water", "conditions": [{"field": "priority", "values": ["P1"]}], "providers": ["a"]}
    answer = client.post("/v1/routing-rules", json=rule, headers=signed_in("manager"))
    assert (answer.status_code, answer.headers["Location"]) == (201, f"/v1/routing-rules/{AN_ID}")
    assert transport.asked("dispatch.save_routing_rule") == rule


BODIES: dict[str, dict[str, Any]] = {
    "accept": {"plannedFrom": MOMENT},
    "refuse": {"reason": "Vol"},
    "schedule": {"plannedFrom": MOMENT, "plannedUntil": MOMENT},
    "propose": {"windows": [{"from": MOMENT, "until": MOMENT}]},
    "confirm_appointment": {"choice": 1},
    "ask_another": {"reason": "Liever vrijdag"},
    "start": {"note": "Begonnen"},
    "pause": {"pause": {"reason": "Materiaal", "counterparty": "supplier"}},
    "resume": {},
    "tick_stop": {"stop": 2, "outcome": "defect", "note": "Verzegeling kapot"},
    "complete": {"costCents": 1250, "note": "Klaar"},
    "check": {},
    "fail": {"reason": "Lekt nog"},
    "close": {},
    "set_limit": {"limitCents": 25_000},
    "ask_extra": {"amountCents": 8_000, "reason": "De leiding is ook lek"},
    "grant_extra": {},
    "refuse_extra": {"reason": "Eerst een offerte"},
    "accept_cost": {"reason": "Twee keer gereden"},
    "dispute_cost": {"reason": "Te veel uren"},
    "begin_early": {"reason": "They are here anyway"},
    "cancel": {"reason": "Niet meer nodig"},
    "confirm_cancellation": {},
    "not_carried_out": {"reason": "Niemand thuis"},
    "dismiss": {"reason": "De monteur belde"},
}


@pytest.mark.parametrize("action", [action.name for action in ACTIONS])
def test_an_action_goes_to_dispatch_with_its_name_and_version(
    action: str, client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    transport.answers["dispatch.act_on_work_order"] = {"version": 5}
    headers = {**signed_in("agent"), "If-Match": '"4"', "Idempotency-Key": "k-1"}
    path = f"/v1/work-orders/{AN_ID}/{action.replace('_', '-')}"
    answer = client.post(path, headers=headers, json=BODIES[action])
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"5"')
    asked = transport.asked("dispatch.act_on_work_order")
    assert (asked["action"], asked["version"], asked["work_order_id"]) == (action, 4, AN_ID)
    assert len(asked) == 3 + len(BODIES[action])
    assert transport.envelopes[0]["idempotency_key"] == "k-1"


PRODUCT = {
    "slug": "lamp",
    "category": TEXT,
    "name": TEXT,
    "kind": "fault",
    "leadTime": {"amount": 2, "unit": "working_days"},
    "price": {"kind": "fixed", "amountCents": 1000},
    "checkRequired": True,
    "questions": [{"key": "which_lamp", "label": TEXT, "type": "choice", "required": True,
                   "choices": [{"value": "tl_tube", "label": TEXT}]}],
    "process": {"steps": [{"key": "a_b", "title": TEXT, "provider": "td", "dependsOn": ["x_y"]}]},
}  # fmt: skip


def test_a_product_is_published_with_its_keys_untouched(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    transport.answers["catalog.publish_product"] = {"product_id": AN_ID, "version": 1}
    answer = client.post("/v1/products", headers=signed_in("product_owner"), json=PRODUCT)
    assert (answer.status_code, answer.headers["Location"]) == (201, f"/v1/products/{AN_ID}")
    asked = transport.asked("catalog.publish_product")
    assert asked["lead_time"] == {"amount": 2, "unit": "working_days"}
    assert asked["process"]["steps"][0]["depends_on"] == ["x_y"]
    assert asked["questions"][0]["choices"][0]["value"] == "tl_tube"
    assert asked["name"] == TEXT


def test_rows_of_a_file_become_records(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    values = {
        "slug": "lamp",
        "name": "Lamp",
        "group": "Straat",
        "days": "3",
        "day_kind": "working",
        "active": "true",
    }
    rows = [{"line": 2, "values": values}, {"line": 3, "values": {**values, "days": "drie"}}]
    refusal = {"line": 2, "key": "lamp", "reason": "because"}
    transport.answers["catalog.import_products"] = {"new": 1, "existing": 0, "refused": [refusal]}
    body = {"mapping": "municipal-categories", "rows": rows}
    answer = client.post("/v1/imports", headers=signed_in("operator"), json=body)
    assert answer.status_code == 200
    assert (answer.json["new"], answer.json["existing"]) == (1, 0)
    assert [each["line"] for each in answer.json["refused"]] == [3, 2]
    asked = transport.asked("catalog.import_products")
    assert (asked["mapping"], len(asked["records"])) == ("municipal-categories", 1)


def test_a_mapping_of_ones_own_is_explained_in_its_own_words(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    mapping = {"target": "requests", "key": "n", "fields": {"received_at": {"row": "middle"}}}
    body = {"mapping": mapping, "rows": [{"line": 2, "values": {"n": "1"}}]}
    answer = client.post("/v1/imports", headers=signed_in("operator"), json=body)
    assert answer.status_code == 422
    assert "mapping.fields.received_at" in answer.json["errors"]


@pytest.mark.parametrize(
    "rows", [[], [{"line": 1}], [{"line": 1, "values": []}], [{"line": 1, "values": {"a": 1}}]]
)
def test_rows_that_are_none_are_refused(
    rows: Any, client: Client, signed_in: Callable[..., dict[str, str]]
) -> None:
    body = {"mapping": "municipal-categories", "rows": rows}
    assert client.post("/v1/imports", headers=signed_in("operator"), json=body).status_code == 422


def test_the_shipped_mappings_are_listed(client: Client, signed_in: Callable[..., dict[str, str]]) -> None:
    found = client.get("/v1/import-mappings", headers=signed_in("operator")).json["items"]
    assert {each["name"] for each in found} == {"incident-event-log", "municipal-categories", "objects"}


@pytest.mark.parametrize("away", [None, *SERVICES])
def test_ready_only_when_every_service_is(
    away: str | None, client: Client, transport: FakeTransport, readiness: Readiness
) -> None:
    for service in SERVICES:
        transport.answers[f"{service}.ready"] = {"ready": True, "checks": {"broker": True}}
    if away:
        transport.answers[f"{away}.ready"] = Unavailable("service_away")
    readiness.forget()
    answer = client.get("/readyz")
    assert answer.status_code == (503 if away else 200)
    assert answer.json["ready"] is (away is None)
    for service in SERVICES:
        assert answer.json["services"][service]["ready"] is (service != away)


def test_metrics_are_there(client: Client) -> None:
    client.get("/livez")
    assert 'gateway_http_answers_total{route="GET /livez",status="200"}' in client.get("/metrics").text


def test_what_is_not_counted_has_no_count(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    def count(**asked: Any) -> dict[str, Any]:
        return {"counts": dict.fromkeys(asked["lists"], 7), "most": 1000}

    transport.answers["intake.count_requests"] = count
    told = client.get("/v1/queues", headers=signed_in("agent")).json["items"]
    assert {each["count"] for each in told} == {7, None}
    assert [each["name"] for each in told if each["count"] is None] == ["all"]
