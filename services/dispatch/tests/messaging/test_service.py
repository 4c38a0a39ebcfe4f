"""The entry points of dispatch, over a real broker: commands in, answers out; facts in, facts out."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import deskcontracts
import pytest
from servicekit.actor import Actor, Signer
from servicekit.amqp import topology
from servicekit.amqp.publisher import ConfirmingPublisher, Outgoing
from servicekit.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from servicekit.rpc_client import RpcClient
from servicekit.testing.probes import PATIENCE_SECONDS, until

from servicekit import json

from ..samples import (  # noqa: TID252  samples of this service alone
    AGENT,
    OPERATOR,
    OWNER,
    TEAM,
    accepted,
    closed,
    executor_of,
    known_id,
)
from .conftest import Running

MANAGER = Actor("person", "karin", "Karin", frozenset({"manager"}))
Call = Callable[..., Any]


@pytest.fixture
def call(running: Running) -> Iterator[Call]:
    running.start()
    client = RpcClient(running.settings.amqp_url, Signer(running.settings.actor_secret), name="test")

    def make(method: str, actor: Actor = AGENT, **arguments: Any) -> Any:
        return client.call(f"dispatch.{method}", actor=actor, timeout=PATIENCE_SECONDS, **arguments)

    yield make
    client.close()


@pytest.fixture
def tell(running: Running) -> Iterator[Callable[[str, dict[str, Any]], None]]:
    """tell(event, data) publishes a fact of another service."""
    publisher = ConfirmingPublisher(running.settings.amqp_url)

    def publish(event: str, data: dict[str, Any]) -> None:
        assert deskcontracts.violations(event, 1, data) == []
        properties = {
            "message_id": str(uuid.uuid4()),  # noqa: TID251  an identifier of somebody else's message
            "type": event,
            "delivery_mode": 2,
            "application_headers": {"version": 1, "occurred_at": "2026-11-23T09:00:00Z"},
        }
        key = topology.routing_key(event, 1)
        publisher.publish(Outgoing(topology.EVENTS_EXCHANGE, key, json.dumps(data), properties))

    yield publish
    publisher.close()


@pytest.fixture
def move(call: Call, tell: Callable[[str, dict[str, Any]], None]) -> Call:
    """A product for teams is published, and a request for it accepted; answers the calls."""
    call("save_provider", MANAGER, slug="it-werkplek", name="IT", kind="team", delivery="none")
    call("save_provider", MANAGER, slug="bezemwijs", name="Bezemwijs", kind="supplier", delivery="portal")
    product = deepcopy(deskcontracts.example("catalog.product_published"))
    request = accepted()
    request["product"] |= {"product_id": product["product_id"], "version": product["version"]}
    tell("intake.request_accepted", request)
    tell("catalog.product_published", product)
    until(lambda: call("list_work_orders")["items"])
    return call


def order(call: Call, step: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in call("list_work_orders")["items"] if one["step"] == step)
    return found


def test_facts_become_orders_that_people_carry_out(move: Call) -> None:
    for step in ("move", "it"):
        for action in ("accept", "start", "complete"):
            at = order(move, step)
            said: dict[str, Any] = {"work_order_id": at["work_order_id"], "version": at["version"]}
            if action == "complete":
                said["checklist"] = list(range(len(at["checklist"])))
            done = move("act_on_work_order", action=action, **said)
        move(
            "act_on_work_order", work_order_id=done["work_order_id"], action="check", version=done["version"]
        )
    assert order(move, "clean")["state"] == "issued"


def test_a_withdrawal_cancels(move: Call, tell: Callable[[str, dict[str, Any]], None]) -> None:
    tell("intake.request_closed", closed(request="request"))
    until(lambda: order(move, "move")["state"] == "cancelled")


def test_one_order_is_read_in_full(move: Call) -> None:
    shown = move("get_work_order", work_order_id=order(move, "move")["work_order_id"])
    assert (shown["reference"], shown["history"], shown["attempts"]) == (accepted()["reference"], [], [])
    assert shown["instructions"]["en"].startswith("Deliver two boxes the evening before.\n\nChecklist:")


def test_refused_and_rerouted(move: Call) -> None:
    first = order(move, "move")["work_order_id"]
    refused = move(
        "act_on_work_order", executor_of(TEAM), work_order_id=first, action="refuse", reason="Geen tijd"
    )
    assert [one["number"] for one in move("list_work_orders", state="refused")["items"]] == [
        refused["number"]
    ]
    new = move(
        "reroute_work_order",
        OPERATOR,
        work_order_id=first,
        provider_id=_provider(move, "bezemwijs"),
        reason="Geen tijd",
    )
    assert (new["provider"]["slug"], new["replaces"]) == ("bezemwijs", first)


def test_who_of_a_team_has_it_is_said_and_heard(move: Call, call: Call) -> None:
    team = _provider(call, "it-werkplek")
    tom = Actor("person", str(known_id("tom")), "Tom", frozenset({"team"}), provider_id=team)
    at = order(call, "it")
    taken = call("take_work_order", tom, work_order_id=at["work_order_id"], version=at["version"])
    assert (taken["assignee"]["name"], taken["state"]) == ("Tom", "accepted")
    with pytest.raises(Conflict) as conflict:
        call("take_work_order", tom, work_order_id=at["work_order_id"], version=taken["version"])
    assert conflict.value.code == "already_taken"


def _provider(call: Call, slug: str) -> str:
    items = call("list_providers")["items"]
    return next(str(one["provider_id"]) for one in items if one["slug"] == slug)


@pytest.mark.parametrize(
    ("method", "actor", "arguments", "refusal"),
    [
        ("save_provider", AGENT, {"slug": "x"}, Forbidden),
        ("save_provider", MANAGER, {"slug": "x"}, Invalid),
        ("act_on_work_order", OWNER, {}, Forbidden),
        ("act_on_work_order", AGENT, {"work_order_id": "x", "action": "accept"}, Invalid),
        ("act_on_work_order", AGENT, {"work_order_id": str(known_id("no")), "action": "accept"}, NotFound),
        ("act_on_work_order", AGENT, {"work_order_id": str(known_id("no")), "action": "deliver"}, Invalid),
        ("redeliver_work_order", executor_of(TEAM), {}, Forbidden),
        ("reroute_work_order", AGENT, {"work_order_id": str(known_id("no"))}, Invalid),
        ("take_work_order", AGENT, {}, Forbidden),
        ("assign_work_order", executor_of(TEAM), {"work_order_id": str(known_id("no"))}, Invalid),
        ("list_work_orders", AGENT, {"limit": 1000}, Invalid),
        ("get_work_order", AGENT, {}, Invalid),
    ],
)
def test_what_is_not_right_is_refused_by_name(
    call: Call, method: str, actor: Actor, arguments: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        call(method, actor, **arguments)


def test_refusals_of_the_rules_have_names_too(move: Call) -> None:
    first = order(move, "move")["work_order_id"]
    with pytest.raises(Conflict) as conflict:
        move("act_on_work_order", work_order_id=first, action="complete")
    assert conflict.value.code == "action_not_allowed"
    with pytest.raises(Invalid) as invalid:
        move("act_on_work_order", work_order_id=first, action="refuse")
    assert "reason" in invalid.value.errors
    with pytest.raises(Stale):
        move("act_on_work_order", work_order_id=first, action="accept", version=7)
    with pytest.raises(Conflict) as nothing:
        move("redeliver_work_order", work_order_id=first)
    assert nothing.value.code == "nothing_to_deliver"
