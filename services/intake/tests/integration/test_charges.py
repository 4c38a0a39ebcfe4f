"""The ledger of charges through the service: booked at saving, only added to, and who reads what of it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import deskcontracts
import pytest
import sqlalchemy as sa
from intake.storage.charge_tables import charges
from servicekit.errors import Invalid

from .house import ANSWERS, House, person
from .test_approval import PRICED, decide, office, order, save_budget
from .test_order_rules import at, canteen, lunch

assert office
assert canteen  # the fixtures
WORK_ORDER = "01926f00-2000-7a01-8e44-8f9a0b1c2d77"
KARIN = person("Karin", "manager")


def lines(house: Any, actor: Any = KARIN, **query: Any) -> list[Any]:
    found: list[Any] = house.call("list_charges", actor, **query)["items"]
    return found


def totals(house: Any, actor: Any = KARIN, **query: Any) -> Any:
    return house.call("list_charge_totals", actor, **query)


def told(found: list[Any]) -> list[tuple[str | None, str, str, int]]:
    """Oldest first: the key of the cost centre, what, why and how much."""
    return [
        (
            each["cost_centre"] and each["cost_centre"]["key"],
            each["what"],
            each["reason"],
            each["amount_cents"],
        )
        for each in reversed(found)
    ]


def is_done(house: Any, quantity: int = 2, **command: Any) -> Any:
    return house.complete(order(house, quantity, **command))


def test_what_is_ready_is_booked_once_and_closing_it_books_nothing_more(office: Any) -> None:
    request = is_done(office)
    assert told(lines(office)) == [("4100", "price", "done", 17_000)]
    office.complete(request)
    office.confirm(office.get(request))
    assert len(lines(office)) == 1
    (line,) = lines(office)
    assert (line["reference"], line["person"]) == (request["reference"], "Sanne de Wit")
    assert line["cost_centre"]["name"] == "Communicatie"
    assert line["product"]["name"]["nl"]


def test_what_is_not_done_yet_is_not_charged(office: Any) -> None:
    order(office, 2)
    assert lines(office) == []
    assert totals(office)["total"]["amount_cents"] == 0


def test_reopened_it_is_booked_back_and_done_again_it_is_charged_again(office: Any) -> None:
    request = is_done(office)
    office.reopen(office.get(request))
    assert office.get(request)["charges"] == []
    office.complete(request, 2)
    assert [each[2:] for each in told(lines(office))] == [
        ("done", 17_000), ("taken_back", -17_000), ("done", 17_000)
    ]  # fmt: skip


def test_another_cost_centre_is_charged_from_then_on_and_the_first_gets_it_back(office: Any) -> None:
    save_budget(office, key="4200", name="Financiën", departments=[])
    request = is_done(office)
    office.correct(request, "cost_centre", cost_centre="4200")
    assert told(lines(office))[1:] == [
        ("4100", "price", "changed", -17_000), ("4200", "price", "changed", 17_000)
    ]  # fmt: skip
    by_centre = {each["cost_centre"]["key"]: each["amount_cents"] for each in totals(office)["items"]}
    assert by_centre == {"4100": 0, "4200": 17_000}
    (charged,) = office.get(request)["charges"]
    assert (charged["cost_centre"]["key"], charged["amount_cents"]) == ("4200", 17_000)


def test_a_month_that_is_over_never_changes_and_the_difference_stands_in_the_month_it_was_booked_in(
    house: Any, office: Any
) -> None:
    at(house, "2026-10-31T23:30:00+01:00")
    request = is_done(office)
    october = lines(office, last="2026-10")
    at(house, "2026-11-01T00:30:00+01:00")
    office.reopen(office.get(request))
    assert lines(office, last="2026-10") == october
    (difference,) = lines(office, first="2026-11", last="2026-11")
    assert (difference["month"], difference["first_month"]) == ("2026-11", "2026-10")
    assert difference["amount_cents"] == -17_000
    found = {each["month"]: each for each in totals(office)["items"]}
    assert (found["2026-10"]["amount_cents"], found["2026-10"]["differences_cents"]) == (17_000, 0)
    assert (found["2026-11"]["amount_cents"], found["2026-11"]["differences_cents"]) == (-17_000, -17_000)
    assert totals(office)["total"] == {"amount_cents": 0, "requests": 1, "differences_cents": -17_000}


def test_months_are_those_of_the_organisation(house: Any, office: Any) -> None:
    calendar = deskcontracts.example("monitoring.calendar_published")["calendar"]
    office.tell("monitoring.calendar_published", name="organisation",
                calendar={**calendar, "zone": "America/New_York"})  # fmt: skip
    at(house, "2026-11-01T01:00:00+01:00")
    is_done(office)
    assert (lines(office)[0]["month"], totals(office)["month"]) == ("2026-10", "2026-10")


def test_the_bill_that_is_taken_later_and_a_corrected_price_are_booked_as_differences(office: Any) -> None:
    on_quote = {"kind": "quote", "amount_cents": None, "per": None}
    office.move = office.publish_product(price=on_quote, package="bespoke")
    request = office.receive(text="Een podium")
    office.triage(request, product_id=str(office.move), approval={"estimate_cents": 40_000})
    bill(office, request, 3, "complete", 12_500, {"state": "over", "limit_cents": 10_000})
    office.complete(request)
    bill(office, request, 4, "accept_cost", 12_500, {"state": "accepted", "limit_cents": 10_000})
    bill(office, request, 4, "accept_cost", 12_500, {"state": "accepted", "limit_cents": 10_000})
    office.confirm(office.get(request))
    bill(office, request, 5, "reprice", 11_000)
    assert [each[1:] for each in told(lines(office))] == [
        ("work", "done", 10_000), ("work", "changed", 2_500), ("work", "changed", -1_500)
    ]  # fmt: skip


def bill(house: House, request: Any, sequence: int, action: str, cents: int, standing: Any = None) -> None:
    house.tell(
        "dispatch.work_order_changed", request_id=str(request["request_id"]), work_order_id=WORK_ORDER,
        sequence=sequence, action=action, state="technically_complete", cost_cents=cents,
        cost_standing=standing,
    )  # fmt: skip


def test_what_is_cancelled_too_late_is_charged_for_its_part(canteen: Any) -> None:
    save_budget(canteen, holders=[{"person_key": "daan"}])
    first, second = lunch(canteen, quantity=2), lunch(canteen, quantity=2)
    canteen.withdraw(canteen.get(first))
    at(canteen, "2026-11-25T12:01:00+01:00")
    canteen.withdraw(canteen.get(second))
    assert told(lines(canteen)) == [("4100", "late_cancellation", "done", 1_000)]


def test_without_a_cost_centre_it_is_charged_to_nobody_and_found_there(office: Any) -> None:
    is_done(office, actor=office.daan)
    is_done(office)
    assert told(lines(office, unassigned=True)) == [(None, "price", "done", 17_000)]
    assert {each["cost_centre"] and each["cost_centre"]["key"] for each in totals(office)["items"]} == {
        None, "4100"
    }  # fmt: skip


def test_what_a_product_became_is_charged_and_what_it_was_is_booked_back(office: Any) -> None:
    request = is_done(office)
    office.reopen(office.get(request))
    office.correct(request, "product")
    assert sum(each["amount_cents"] for each in lines(office)) == 0


# --- who reads what ----------------------------------------------------------------------------------------


def test_who_holds_a_cost_centre_or_stands_in_sees_that_one_and_nobody_else_sees_any(office: Any) -> None:
    save_budget(office, key="4200", name="Financiën", departments=[])
    is_done(office)
    is_done(office, cost_centre="4200", actor=office.amira, requester_id=office.sanne.person_id)
    save_budget(office, key="4200", name="Financiën", departments=[], holders=[{"person_key": "daan"}])
    assert len(lines(office)) == 2
    for who in (office.karin, office.ans, office.piet):
        assert [each[0] for each in told(lines(office, who))] == ["4100"]
        assert totals(office, who)["holds"]
    assert [each[0] for each in told(lines(office, office.daan))] == ["4200"]
    assert lines(office, office.daan, cost_centre="4100") == []
    assert lines(office, office.daan, unassigned=True) == []
    assert lines(office, office.sanne) == []
    assert (totals(office, office.sanne)["items"], totals(office, office.sanne)["holds"]) == ([], False)
    assert totals(office, office.daan)["total"]["requests"] == 1


def test_names_are_those_of_now(office: Any) -> None:
    is_done(office)
    office.save_people({"key": "sanne", "name": "Sanne Jansen", "department": "Communicatie"})
    save_budget(office, name="Communicatie & Events")
    (line,) = lines(office)
    assert (line["person"], line["cost_centre"]["name"]) == ("Sanne Jansen", "Communicatie & Events")


def test_what_is_confidential_is_an_amount_and_no_more(office: Any) -> None:
    request = is_done(office)
    office.call("save_confidants", KARIN, person_ids=[office.karin.person_id])
    confidential = office.publish_product(price={"kind": "fixed", "amount_cents": 900, "per": None},
                                          confidential=True)  # fmt: skip
    secret = office.receive(product_id=str(confidential), answers=ANSWERS, text="Een gesprek")
    office.tell("dispatch.process_completed", request_id=str(secret["request_id"]), round=1)
    shown = next(each for each in lines(office) if each["confidential"])
    assert {name for name, value in shown.items() if value is None} == {
        "request_id", "reference", "person", "product", "order_number"
    }  # fmt: skip
    assert (shown["amount_cents"], shown["cost_centre"]["key"]) == (900, "4100")
    assert secret["reference"] not in str(lines(office))
    assert request["reference"] in str(lines(office))
    (charged,) = office.get(secret, office.sanne)["charges"]
    assert charged["amount_cents"] == 900


def test_pages_follow_each_other_without_losing_or_doubling_a_line(office: Any) -> None:
    for _ in range(5):
        is_done(office, 1)
    seen, cursor = [], None
    while True:
        found = office.call("list_charges", KARIN, limit=2, cursor=cursor)
        seen += [each["charge_id"] for each in found["items"]]
        if not (cursor := found["next_cursor"]):
            break
    assert seen == [each["charge_id"] for each in lines(office)]
    assert max(Counter(seen).values()) == 1


def test_pages_of_totals_too(office: Any) -> None:
    save_budget(office, key="4200", name="Financiën", departments=[])
    is_done(office)
    is_done(office, cost_centre="4200", actor=office.amira, requester_id=office.sanne.person_id)
    first = totals(office, limit=1)
    second = totals(office, limit=1, cursor=first["next_cursor"])
    assert [each["items"][0]["cost_centre"]["key"] for each in (first, second)] == ["4100", "4200"]
    assert second["next_cursor"] is None
    assert first["total"] == second["total"]


@pytest.mark.parametrize("given", [{"first": "2026-13"}, {"last": "november"},
                                   {"first": "2026-11", "last": "2026-10"}])  # fmt: skip
def test_what_is_no_month_is_refused(house: House, given: Any) -> None:
    with pytest.raises(Invalid):
        lines(house, **given)


# --- the ledger itself -------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", [sa.update(charges).values(amount_cents=1), sa.delete(charges)])
def test_the_database_itself_lets_nobody_rewrite_it(office: Any, deed: Any) -> None:
    is_done(office)
    with office.engine.begin() as connection, pytest.raises(sa.exc.DBAPIError, match="only added to"):
        connection.execute(deed)


def test_agreed_extra_work_is_charged_with_it(office: Any) -> None:
    request = order(office, 2)
    asked = {"number": 1, "amount_cents": 90_000, "limit_cents": 10_000, "reason": "Ook de leiding",
             "asked_at": "2026-11-24T10:00:00Z", "of": "budget_holder", "state": "asked", "decision": None,
             "decided_at": None}  # fmt: skip
    which = {"request_id": str(request["request_id"]), "work_order_id": WORK_ORDER}
    event = "dispatch.work_order_changed"
    office.tell(event, **which, sequence=3, action="ask_extra", state="paused", extra_work=asked)
    decide(office, office.get(request), office.karin)
    granted = {**asked, "state": "granted"}
    office.tell(
        event, **which, sequence=5, action="complete", state="technically_complete", extra_work=granted
    )
    office.complete(request)
    assert Counter(told(lines(office))) == Counter(
        [("4100", "extra_work", "done", 90_000), ("4100", "price", "done", 17_000)]
    )


def test_what_is_not_charged_costs_no_statement_and_what_is_costs_one(
    office: Any, statements: list[str]
) -> None:
    free = office.publish_product(price=PRICED, package="basic")
    for product, count in ((free, 0), (office.move, 1)):
        request = office.receive(product_id=str(product), answers=ANSWERS)
        statements.clear()
        office.tell("dispatch.process_completed", request_id=str(request["request_id"]), round=1)
        assert len([text for text in statements if "INTO charges" in text or "FROM charges" in text]) == count
