"""Which products are measured, and what is sent."""

from __future__ import annotations

from typing import Any

from deskcli.bench.driver import Target
from deskcli.bench.scene import Scene, answers_for, choose, kind_of
from deskcli.bench.tour import change

PROVIDERS = {
    "technische-dienst": {"kind": "team", "delivery": "none"},
    "vonk-val": {"kind": "supplier", "delivery": "rpc"},
    "bezemwijs": {"kind": "supplier", "delivery": "portal"},
}


def product(slug: str, *providers: str) -> dict[str, Any]:
    steps = [{"key": f"step-{number}", "provider": provider} for number, provider in enumerate(providers)]
    return {"slug": slug, "productId": slug, "kind": "fault", "questions": [], "process": {"steps": steps}}


def test_kinds() -> None:
    assert kind_of(product("a", "technische-dienst"), PROVIDERS) == "team"
    assert kind_of(product("a", "vonk-val"), PROVIDERS) == "supplier"
    assert kind_of(product("a", "vonk-val", "bezemwijs"), PROVIDERS) == "several"
    assert kind_of(product("a", "bezemwijs"), PROVIDERS) is None
    assert kind_of(product("a", "unknown"), PROVIDERS) is None
    assert kind_of({"slug": "information", "process": None}, PROVIDERS) is None


def test_the_choice_is_the_same_in_every_run() -> None:
    products = [
        product("b", "vonk-val"),
        product("a", "vonk-val"),
        product("c", "technische-dienst", "vonk-val"),
    ]
    assert {kind: each["slug"] for kind, each in choose(products, PROVIDERS).items()} == {
        "supplier": "a",
        "several": "c",
    }


def test_requests_are_mixed_evenly_and_repeatable() -> None:
    products = {"team": product("t", "technische-dienst"), "supplier": product("s", "vonk-val")}
    scene = Scene("http://x", Target("http://x"), Target("http://x"), products, ({"locationId": "here"},))
    requests = scene.new_requests(1, "team", "supplier")
    sent = [request["body"]["productId"] for request in requests]
    assert sent.count("t") == sent.count("s")
    assert requests == scene.new_requests(1, "team", "supplier")
    assert requests != scene.new_requests(2, "team", "supplier")
    assert requests[0]["body"]["locationId"] == "here"
    assert scene.orders_per_request == 1


def test_only_what_must_be_answered_is() -> None:
    questions = [
        {"key": "floor", "type": "choice", "required": True, "choices": [{"value": "2"}, {"value": "3"}]},
        {"key": "since", "type": "date", "required": True, "choices": []},
        {"key": "remark", "type": "text", "required": False},
    ]
    assert answers_for({"questions": questions}) == {"floor": "2", "since": "2026-12-01"}


def test_each_change_expects_the_version_that_the_one_before_made() -> None:
    order = {"workOrderId": "one", "version": 2}
    assert change(order, "start", 1)["headers"] == {"If-Match": '"3"'}
    assert change(order, "start", 1)["path"] == "/v1/work-orders/one/start"
