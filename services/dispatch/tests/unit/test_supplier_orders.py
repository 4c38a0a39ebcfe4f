from __future__ import annotations

from typing import Any

import pytest
from dispatch.domain import supplier_visits
from dispatch.domain.confidence import SAID, SEALED, VEIL
from dispatch.domain.supplier_orders import for_supplier, request_for_executors
from dispatch.domain.visits import Visit
from dispatch.domain.work_orders import WorkOrder

from ..samples import NOW, RPC, accepted, known_id, order  # noqa: TID252  samples of this service alone


def test_a_supplier_gets_what_it_needs_and_not_the_requesters_mail_or_department() -> None:
    request = request_for_executors(accepted())
    brought = for_supplier(order("repair", provider=RPC, remark="Still cold"), request)
    assert brought["order_number"] == "SD-26-000123-repair"
    assert brought["contact"] == {"name": "Sanne de Wit", "phone": "+31 20 555 01 23"}
    assert brought["location"]["name"] == "2.14"
    assert brought["remark"] == "Still cold"
    assert brought["due_at"] == "2026-03-04T08:15:00Z"
    assert "sanne@meerwal.example" not in str(brought)
    assert "Communicatie" not in str(brought)


def test_a_supplier_reads_which_object_it_is_with_code_and_warranty_and_not_who_else_looks_after_it() -> None:
    brought = for_supplier(order("repair", provider=RPC), request_for_executors(accepted()))
    assert brought["object"] == "Radiator bij het raam"
    assert (brought["asset"]["code"], brought["asset"]["warranty_until"]) == ("RAD-2-14-1", "2027-06-30")
    assert "supplier" not in brought["asset"]
    assert for_supplier(order(), request_for_executors(accepted(asset=None)))["asset"] is None


def test_the_same_order_is_offered_under_the_same_number() -> None:
    first, again = order(), order(offer=2)
    assert for_supplier(first, {})["order_number"] == for_supplier(again, {})["order_number"]
    assert (for_supplier(first, {})["offer"], for_supplier(again, {})["offer"]) == (1, 2)


# What executors may know of an accepted request; the rest of the dossier stays with the desk.
PERSON = {"name": "Sanne de Wit", "phone": "+31 20 555 01 23"}
YUSUF = {"person_id": "yusuf", "name": "Yusuf", "phone": "1234", "email": "yusuf@meerwal.example"}
GUARD = {"name": "De portier", "phone": "9"}


def test_of_a_request_is_kept_what_is_needed_to_carry_it_out() -> None:
    heard = accepted(requested_for=YUSUF, stops=[{"title": "Bij de lift"}], planned=True,
                     approved_cents=5_000, named_provider="bezemwijs",
                     wanted={"from": "2026-03-05"}, quantity=3)  # fmt: skip
    as_they_are = (
        "kind", "priority", "summary", "text", "received_at", "location", "object", "answers",
        "quantity", "wanted", "product", "stops", "planned", "approved_cents", "named_provider",
    )  # fmt: skip
    assert request_for_executors(heard) == {
        **{name: heard[name] for name in as_they_are},
        "asset": {name: each for name, each in heard["asset"].items() if name != "supplier"},
        "contact": {"name": "Yusuf", "phone": "1234"},
        "said_by": "Sanne de Wit",
        "requested_for": {"name": "Yusuf"},
        "due_at": heard["promise"]["resolve_by"],
        "requester_id": heard["requester"]["person_id"],
        "requested_for_id": "yusuf",
    }


@pytest.mark.parametrize(
    ("said", "met"),
    [
        ({}, PERSON),
        ({"requested_for": YUSUF}, {"name": "Yusuf", "phone": "1234"}),
        ({"requested_for": YUSUF, "on_site": GUARD}, GUARD),
        ({"requester": None}, {"name": None, "phone": None}),  # erased
    ],
)
def test_whom_they_meet_is_who_was_named_else_whom_it_is_for_else_who_reported_it(
    said: Any, met: Any
) -> None:
    assert request_for_executors(accepted(**said))["contact"] == met


def test_what_was_not_said_is_not_made_up() -> None:
    kept = request_for_executors(accepted(promise=None, requester=None))
    assert (kept["due_at"], kept["said_by"], kept["requested_for"], kept["planned"]) == (
        None,
        None,
        None,
        False,
    )
    assert (kept["requester_id"], kept["requested_for_id"]) == (None, None)
    assert SEALED not in kept


def test_what_is_confidential_stays_apart_and_its_supplier_reads_it() -> None:
    kept = request_for_executors(
        accepted(text=VEIL, **{SEALED: {"text": "Hij schreeuwt.", SAID: {"round 1": "Weer"}}})
    )
    assert kept[SEALED]["text"] == "Hij schreeuwt."
    brought = for_supplier(order(provider=RPC, remark=VEIL), kept)
    assert (brought["text"], brought["remark"]) == ("Hij schreeuwt.", "Weer")


def test_an_order_is_brought_with_all_that_its_step_says() -> None:
    point = {"nl": "Is het droog?", "en": "Is it dry?"}
    lead = {"amount": 2, "unit": "working_days"}
    of_order = {
        "title": {"nl": "Schilderen", "en": "Paint"},
        "instructions": {"nl": "Twee lagen.", "en": "Two coats."},
        "checklist": [point],
        "agreed_cents": 12_500,
        "limit_cents": 15_000,
        "lead_time": lead,
        "issued_at": NOW,
        "stops": [{"number": 1}],
    }
    request = request_for_executors(accepted(requested_for=YUSUF))
    of_request = (
        "kind", "priority", "summary", "text", "received_at", "location", "object", "asset", "answers",
        "quantity", "wanted", "contact", "requested_for", "due_at",
    )  # fmt: skip
    assert for_supplier(order(provider=RPC, **of_order), request) == {
        **of_order,
        **{name: request[name] for name in of_request},
        "order_number": "SD-26-000123-repair",
        "order_id": known_id("order repair"),
        "offer": 1,
        "remark": None,
    }


def test_an_order_that_is_no_round_and_has_no_checklist_brings_none() -> None:
    brought = for_supplier(order(), {})
    assert brought["checklist"] == []
    assert "stops" not in brought


def visit(*orders: WorkOrder) -> dict[str, Any]:
    together = Visit(known_id("visit"), RPC, NOW, "Amira", "Sleutel bij de balie", 3)
    return supplier_visits.for_supplier(
        together, [(each, {"location": {"name": each.step}}) for each in orders]
    )


def test_a_visit_is_brought_with_its_orders_and_where_each_is() -> None:
    assert visit(order("lamp"), order("door")) == {
        "visit_id": known_id("visit"),
        "version": 3,
        "note": "Sleutel bij de balie",
        "orders": [
            {
                "order_number": f"SD-26-000123-{key}",
                "order_id": known_id(f"order {key}"),
                "title": {"nl": key, "en": key},
                "location": {"name": key},
            }
            for key in ("lamp", "door")
        ],
    }


def test_a_visit_that_was_taken_apart_has_no_orders() -> None:
    assert visit()["orders"] == []


def test_the_word_about_a_visit_goes_with_the_first_order_that_the_supplier_has() -> None:
    assert supplier_visits.lead_of([order("b"), order("a"), order("c")]) == order("a")
    assert supplier_visits.lead_of([]) is None
