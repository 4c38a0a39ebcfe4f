from __future__ import annotations

from dispatch.domain.supplier_orders import for_supplier, request_for_executors

from ..samples import RPC, accepted, order  # noqa: TID252  samples of this service alone


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
