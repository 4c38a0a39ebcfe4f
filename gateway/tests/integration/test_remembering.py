"""What the gateway does by itself is done once under one idempotency key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gateway.accounts import bootstrap
from gateway.assembly import assemble
from gateway.clients import SERVICES
from gateway.house import House
from gateway.http.health import Readiness
from gateway.testing import FakeTransport
from servicekit.errors import Unavailable
from servicekit.ids import new_id
from werkzeug.test import Client

TOKEN = "a bootstrap token that nobody can guess"
VALUES = {
    "slug": "lamp",
    "name": "Lamp",
    "group": "Straat",
    "days": "3",
    "day_kind": "working",
    "active": "true",
}
IMPORT = {"mapping": "municipal-categories", "rows": [{"line": 2, "values": VALUES}]}
TAKEN = {"new": 1, "existing": 0, "refused": []}


@pytest.fixture
def client(build: Callable[..., House], transport: FakeTransport, tmp_path: Path) -> Client:
    house = build(demo_mode=True, clock_file=str(tmp_path / "clock"))
    bootstrap.prepare(house.work, TOKEN, demo_mode=True)
    return Client(assemble(house, Readiness(transport, SERVICES, lambda: {"ready": True})))


def post(client: Client, path: str, body: Any, key: str | None) -> Any:
    headers = {"Authorization": f"Bearer {TOKEN}"} | ({"Idempotency-Key": key} if key else {})
    return client.post(path, headers=headers, json=body)


def test_the_clock_moves_once_for_one_key(client: Client) -> None:
    first = post(client, "/v1/demo/clock", {"advance": "PT8H"}, "k-1")
    again = post(client, "/v1/demo/clock", {"advance": "PT8H"}, "k-1")
    assert first.json == again.json
    assert post(client, "/v1/demo/clock", {"advance": "PT8H"}, "k-2").json["offsetSeconds"] == 16 * 3600
    assert post(client, "/v1/demo/clock", {"advance": "PT8H"}, None).json["offsetSeconds"] == 24 * 3600


def test_another_call_under_the_same_key_is_refused(client: Client) -> None:
    post(client, "/v1/demo/clock", {"advance": "PT8H"}, "k-1")
    assert post(client, "/v1/demo/clock", {"advance": "PT9H"}, "k-1").status_code == 422
    assert post(client, "/v1/imports", IMPORT, "k-1").json["code"] == "idempotency_key_reused"


def test_an_import_is_answered_as_it_was_the_first_time(client: Client, transport: FakeTransport) -> None:
    transport.answers["catalog.import_products"] = TAKEN
    assert post(client, "/v1/imports", IMPORT, "k-1").json == TAKEN
    assert post(client, "/v1/imports", IMPORT, "k-1").json == TAKEN
    assert len(transport.calls) == 1
    assert transport.envelopes[0]["idempotency_key"] is None


def test_what_failed_may_be_tried_again_under_its_key(client: Client, transport: FakeTransport) -> None:
    transport.answers["catalog.import_products"] = Unavailable("away")
    assert post(client, "/v1/imports", IMPORT, "k-1").status_code == 503
    transport.answers["catalog.import_products"] = TAKEN
    assert post(client, "/v1/imports", IMPORT, "k-1").status_code == 200


def test_a_second_call_while_the_first_runs_is_told_so(client: Client, transport: FakeTransport) -> None:
    inside: list[Any] = []

    def meanwhile(**_: Any) -> dict[str, Any]:
        inside.append(post(client, "/v1/imports", IMPORT, "k-1"))
        return TAKEN

    transport.answers["catalog.import_products"] = meanwhile
    assert post(client, "/v1/imports", IMPORT, "k-1").status_code == 200
    assert (inside[0].status_code, inside[0].json["code"]) == (409, "idempotency_in_flight")


def test_keys_of_different_callers_have_nothing_to_do_with_each_other(house: House) -> None:
    key, print_ = "k-1", b"print"
    for _ in range(2):
        with house.work() as work:
            actor = str(new_id())
            assert work.answers.claim(actor, key, print_) is None
            work.answers.keep(actor, key, print_, {"a": 1})
