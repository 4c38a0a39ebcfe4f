"""ETags, If-Match, idempotency keys, pages, and what stands on every answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from gateway.api.operation import Operation
from gateway.api.v1 import OPERATIONS, visits
from gateway.api.v1.work_orders import ACTIONS
from gateway.http.headers import SECURITY
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, IdempotencyMismatch, Stale
from werkzeug.test import Client

REQUEST_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
Headers = dict[str, str]
CONFIRM = f"/v1/requests/{REQUEST_ID}/confirm"


@pytest.fixture
def headers(signed_in: Callable[..., Headers]) -> Headers:
    return signed_in("agent")


def test_the_version_is_the_etag(
    client: Client, transport: FakeTransport, headers: Headers, summary: Any
) -> None:
    transport.answers["intake.confirm_request"] = summary
    answer = client.post(CONFIRM, headers={**headers, "If-Match": '"2"'})
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"3"'
    assert transport.asked("intake.confirm_request") == {"request_id": REQUEST_ID, "version": 2}


@pytest.mark.parametrize("given", [{}, {"If-Match": "*"}, {"If-Match": ""}])
def test_a_change_without_a_version_is_428(
    given: Headers, client: Client, headers: Headers, transport: FakeTransport
) -> None:
    assert client.post(CONFIRM, headers={**headers, **given}).status_code == 428
    assert not transport.calls


ACCEPT = f"/v1/work-orders/{REQUEST_ID}/accept"


def test_a_supplier_tells_what_happened_without_a_version(
    client: Client, signed_in: Callable[..., Headers], transport: FakeTransport
) -> None:
    transport.answers["dispatch.act_on_work_order"] = {"version": 4}
    assert client.post(ACCEPT, headers=signed_in("supplier"), json={}).status_code == 200
    assert transport.asked("dispatch.act_on_work_order")["version"] is None


def test_a_supplier_that_names_a_version_is_held_to_it(
    client: Client, signed_in: Callable[..., Headers], transport: FakeTransport
) -> None:
    transport.answers["dispatch.act_on_work_order"] = {"version": 4}
    supplier = signed_in("supplier")
    assert client.post(ACCEPT, headers={**supplier, "If-Match": '"3"'}, json={}).status_code == 200
    assert transport.asked("dispatch.act_on_work_order")["version"] == 3
    assert client.post(ACCEPT, headers={**supplier, "If-Match": "*"}, json={}).status_code == 428


def test_only_executors_words_may_come_without_a_version() -> None:
    free = {each.name for each in OPERATIONS if each.unversioned_for}
    of_visits = {f"{action.name}_visit" for action in visits.ACTIONS}
    assert free == {f"{action.name}_work_order" for action in ACTIONS} | of_visits
    assert {role for each in OPERATIONS for role in each.unversioned_for} == {"supplier"}


@pytest.mark.parametrize("given", ['W/"3"', '"abc"', "3", '"1", "2"', '"99999999999"'])
def test_a_tag_that_we_never_gave_out_is_412(given: str, client: Client, headers: Headers) -> None:
    assert client.post(CONFIRM, headers={**headers, "If-Match": given}).status_code == 412


def test_a_stale_version_is_412(client: Client, headers: Headers, transport: FakeTransport) -> None:
    transport.answers["intake.confirm_request"] = Stale("stale", "Changed.")
    assert client.post(CONFIRM, headers={**headers, "If-Match": '"1"'}).status_code == 412


def test_changes_of_what_has_a_version_ask_for_it() -> None:
    """Additions (notes, replies, steps, words on an article) collide with nothing; an invitation renews
    what was; a draft that was begun already is answered as it is; what waits for a person's decision is
    decided once; a file is carried out by the fingerprint of what was looked at; a preview changes nothing;
    what is undone is a correction, once; a person is merged, and a merge undone, once; links to an order are
    ended up to now, or one is mailed again.
    """
    changing = [each for each in OPERATIONS if each.method == "POST" and "<uuid:" in each.path]
    without = {each.name for each in changing if not each.versioned}
    assert without == {
        *("add_note", "reply_to_desk", "judge_article", "invite_supplier", "resume_supplier", "start_draft"),
        *("give_out_request", "carry_out_catalogue_file", "wish_too", "preview_correction"),
        *("undo_correction", "undo_corrections"),
        *("add_person_note", "remove_relation_note", "note_contact", "merge_people", "undo_merge"),
        *("add_customer_note", "add_department", "set_apart", "undo_set_apart", "add_step"),
        *("start_article_draft", "end_order_links", "send_order_link"),
        *("end_absence", "return_orders"),
    }


def test_the_idempotency_key_goes_to_the_service_with_the_callers_identity(
    client: Client, transport: FakeTransport, headers: Headers, summary: Any
) -> None:
    transport.answers["intake.receive_request"] = summary
    sent = {**headers, "Idempotency-Key": "a-key-1", "X-Correlation-Id": "corr-12345678"}
    answer = client.post("/v1/requests", headers=sent, json={"text": "x", "channel": "site"})
    assert answer.status_code == 201
    (envelope,) = transport.envelopes
    assert envelope["idempotency_key"] == "a-key-1"
    assert envelope["correlation_id"] == "corr-12345678" == answer.headers["X-Correlation-Id"]
    assert envelope["actor"].roles == frozenset({"agent"})


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 201, "é"])
def test_a_malformed_idempotency_key_is_400(key: str, client: Client, headers: Headers) -> None:
    sent = {**headers, "Idempotency-Key": key}
    assert client.post("/v1/requests", headers=sent, json={"text": "x", "channel": "site"}).status_code == 400


@pytest.mark.parametrize(
    ("error", "status"), [(IdempotencyMismatch("reused"), 422), (Conflict("in_flight"), 409)]
)
def test_what_the_service_says_about_a_key_is_passed_on(
    error: Exception, status: int, client: Client, transport: FakeTransport, headers: Headers
) -> None:
    transport.answers["intake.receive_request"] = error
    sent = {**headers, "Idempotency-Key": "a-key-1"}
    assert (
        client.post("/v1/requests", headers=sent, json={"text": "x", "channel": "site"}).status_code == status
    )


def test_a_page_leads_to_the_next(
    client: Client, transport: FakeTransport, headers: Headers, summary: Any
) -> None:
    transport.answers["intake.list_requests"] = {"items": [summary], "next_cursor": "abc="}
    answer = client.get("/v1/requests?limit=1&open=true&cursor=before", headers=headers)
    assert answer.json is not None
    assert answer.json["next"] == "/v1/requests?limit=1&open=true&cursor=abc%3D"
    assert answer.headers["Link"] == '</v1/requests?limit=1&open=true&cursor=abc%3D>; rel="next"'
    assert answer.json["nextCursor"] == "abc="


def test_the_last_page_leads_nowhere(client: Client, transport: FakeTransport, headers: Headers) -> None:
    transport.answers["intake.list_requests"] = {"items": [], "next_cursor": None}
    answer = client.get("/v1/requests", headers=headers)
    assert answer.json == {"items": [], "nextCursor": None, "next": None}
    assert "Link" not in answer.headers


@pytest.mark.parametrize("path", ["/v1/requests", "/v1/nothing", "/livez", "/v1/openapi.json"])
def test_every_answer_carries_the_headers(path: str, client: Client) -> None:
    answer = client.get(path)
    assert answer.headers["API-Version"] == "1.0.0"
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Correlation-Id"])
    for name, value in SECURITY:
        assert answer.headers[name] == value


@pytest.mark.parametrize(
    "given", ["short", "x" * 65, "with space 12", "line\tbreak", '"quoted-1234"', "-begins-with"]
)
def test_a_correlation_id_that_could_forge_a_log_line_is_replaced(given: str, client: Client) -> None:
    answer = client.get("/livez", headers={"X-Correlation-Id": given})
    assert answer.headers["X-Correlation-Id"] != given


def label(operation: Operation) -> str:
    return operation.name


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.idempotent], ids=label)
def test_only_posts_take_an_idempotency_key(operation: Operation) -> None:
    assert operation.method == "POST"
