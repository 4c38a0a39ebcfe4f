"""What a supplier's program says through the HTTP API, and what it gets to see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from dispatch.domain.errors import DispatchError, NotAllowed
from dispatch.domain.work_order_states import Action
from dispatch.handlers.acting import act_on_work_order
from dispatch.handlers.reading import get_work_order, list_work_orders
from dispatch.storage.reading import Filter
from servicekit.actor import Actor
from servicekit.errors import NotFound, Stale

from ..samples import AGENT, OTHER_RPC, WEBHOOK, step  # noqa: TID252  samples of this service alone
from .conftest import House

SUPPLIER = frozenset({"supplier"})
KITCHEN = Actor("supplier", "kitchen", "Lepel & Lade", SUPPLIER, provider_id=str(WEBHOOK.provider_id))
STRANGER = Actor("supplier", "kabel", "Kabel & Co", SUPPLIER, provider_id=str(OTHER_RPC.provider_id))


@pytest.fixture
def out(house: House) -> House:
    """Lepel & Lade has received an order."""
    house.has(WEBHOOK)
    house.publishes(step("lunch", "lepel-lade"))
    house.hears_accepted()
    house.delivers({"answer": "received"})
    return house


def order_id(house: House) -> UUID:
    found: UUID = house.orders()["lunch"]["work_order_id"]
    return found


def says(house: House, action: str, actor: Actor = KITCHEN, **details: Any) -> dict[str, Any]:
    with house.work(actor=actor) as work:
        return act_on_work_order(work, order_id(house), Action(action), **details)


def reads(house: House, actor: Actor = KITCHEN) -> dict[str, Any]:
    with house.work(actor=actor) as work:
        return get_work_order(work, order_id(house))


PAUSE = {"reason": "material", "counterparty": "supplier"}


def test_it_tells_its_whole_story_without_knowing_a_version(out: House) -> None:
    said = [
        ("accept", {}),
        ("schedule", {"planned_from": datetime(2026, 11, 24, 10, tzinfo=UTC)}),
        ("start", {}),
        ("pause", {"pause": PAUSE}),
        ("resume", {}),
        ("complete", {"cost_cents": 14_500, "evidence": ["bon 12"], "note": "Geleverd"}),
    ]
    for action, details in said:
        says(out, action, **details)
    assert [action for action, _ in out.changes()] == ["deliver", *(action for action, _ in said)]
    last = reads(out)["history"][-1]
    assert (last["evidence"], last["cost_cents"], last["note"]) == (["bon 12"], 14_500, "Geleverd")


def test_it_says_the_same_again_when_it_lost_our_answer(out: House) -> None:
    for action in ("accept", "accept", "start", "accept", "start", "complete", "complete"):
        says(out, action)
    assert [action for action, _ in out.changes()] == ["deliver", "accept", "start", "complete"]


def test_with_a_version_it_is_held_to_it(out: House) -> None:
    with pytest.raises(Stale):
        says(out, "accept", version=99)
    version = reads(out)["version"]
    says(out, "accept", version=version)
    with pytest.raises(Stale):
        says(out, "accept", version=version)


def test_a_word_that_does_not_fit_is_refused(out: House) -> None:
    with pytest.raises(NotAllowed):
        says(out, "complete")
    says(out, "refuse", reason="Vol")
    with pytest.raises(NotAllowed):
        says(out, "start")


@pytest.mark.parametrize("action", ["check", "fail", "close", "cancel"])
def test_what_is_for_the_desk_is_not_for_a_supplier(out: House, action: str) -> None:
    for word in ("accept", "complete"):
        says(out, word)
    with pytest.raises(DispatchError):
        says(out, action, reason="Zo")
    assert out.states() == {"lunch": "technically_complete"}


def test_it_confirms_a_cancellation_once_it_has_stopped(out: House) -> None:
    says(out, "accept")
    out.hears_closed()
    assert says(out, "confirm_cancellation")["state"] == "cancelled"
    assert says(out, "confirm_cancellation")["state"] == "cancelled"
    assert out.claims() == []


def test_after_a_cancellation_nothing_revives_the_order(out: House) -> None:
    says(out, "accept")
    out.hears_closed()
    says(out, "confirm_cancellation")
    with pytest.raises(NotAllowed):
        says(out, "complete")


def test_it_finds_its_order_by_number(out: House) -> None:
    number = out.orders()["lunch"]["number"]
    with out.work(actor=KITCHEN) as work:
        (found,) = list_work_orders(work, Filter(number=number), None, 10)["items"]
    assert found["work_order_id"] == order_id(out)


def test_anothers_order_does_not_exist_by_id_by_number_or_in_words(out: House) -> None:
    number = out.orders()["lunch"]["number"]
    with out.work(actor=STRANGER) as work:
        assert list_work_orders(work, Filter(number=number), None, 10)["items"] == []
        with pytest.raises(NotFound):
            get_work_order(work, order_id(out))
        with pytest.raises(NotFound):
            act_on_work_order(work, order_id(out), Action.ACCEPT)


def test_what_the_desk_noted_is_not_for_its_eyes(out: House) -> None:
    says(out, "accept", note="Komt goed")
    says(out, "complete", note="Geleverd", cost_cents=100)
    says(out, "check", AGENT, note="canary: they were rude")
    says(out, "close", AGENT, note="canary: paid less", cost_cents=90)
    seen, known = reads(out), reads(out, AGENT)
    assert "canary" not in str(seen)
    assert [line.get("note") for line in seen["history"]] == [None, "Komt goed", "Geleverd", None, None]
    assert [line["action"] for line in seen["history"]] == [line["action"] for line in known["history"]]
    assert "canary: paid less" in str(known)
    with out.work(actor=KITCHEN) as work:
        assert "canary" not in str(list_work_orders(work, Filter(), None, 10))


def test_why_it_is_taken_away_is(out: House) -> None:
    says(out, "accept")
    says(out, "cancel", AGENT, reason="De lunch gaat niet door")
    seen = reads(out)
    assert (seen["reason"], seen["history"][-1]["reason"]) == ("De lunch gaat niet door",) * 2
