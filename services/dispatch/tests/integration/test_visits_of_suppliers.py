"""A supplier's program is told which of its orders go together, and answers once for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from dispatch.domain.deliveries import Errand, Failure, NoAnswer
from dispatch.domain.errors import NoVisit
from dispatch.domain.work_order_states import Action
from dispatch.handlers import visits
from dispatch.handlers.supplier_desk import order_of_supplier, told_by_supplier
from servicekit.actor import Actor
from servicekit.errors import Invalid, NotFound, Stale

from ..samples import AGENT, NOW, OTHER_RPC, RPC, known_id, step  # noqa: TID252  samples of this service alone
from .conftest import House, Parcel

REQUESTS = ("one", "two", "three")
ADDRESS = str(RPC.address)
WORDS = "Hier werkt Sanne: {}"


def program(user: str = ADDRESS) -> Actor:
    """As the broker says who speaks."""
    return Actor("supplier", user, user, frozenset({"supplier"}))


class Lamps:
    """Three orders of a supplier with a program."""

    def __init__(self, house: House) -> None:
        self.house = house
        house.publishes(step("lamp", RPC.slug))
        for name in REQUESTS:
            house.hears_accepted(request=name, text=WORDS.format(name))

    def orders(self) -> dict[str, dict[str, Any]]:
        """By number."""
        from dispatch.handlers.reading import list_work_orders
        from dispatch.storage.reading import Filter

        with self.house.work(actor=AGENT) as work:
            found = list_work_orders(work, Filter(oldest_first=True), None, 100)["items"]
        return {order["number"]: order for order in found}

    def ids(self) -> list[UUID]:
        return [order["work_order_id"] for order in self.orders().values()]

    def states(self) -> list[str]:
        return [str(order["state"]) for order in self.orders().values()]

    def bring(self, reply: dict[str, Any] | NoAnswer) -> list[Parcel]:
        """All that is due is brought and answered alike."""
        parcels = self.house.claims()
        for parcel in parcels:
            self.house.brings(parcel, reply)
        return parcels

    def plan(self, *ids: UUID) -> dict[str, Any]:
        with self.house.work(actor=AGENT) as work:
            return visits.plan_visit(work, ids or self.ids())

    def says(self, action: str, user: str = ADDRESS, **said: Any) -> dict[str, Any]:
        number = next(iter(self.orders()))
        with self.house.work(actor=program(user)) as work:
            return told_by_supplier(work, user, number, Action(action), **said)


@pytest.fixture
def lamps(house: House) -> Lamps:
    return Lamps(house)


def test_it_is_told_once_which_orders_go_together(lamps: Lamps) -> None:
    lamps.bring({"answer": "received"})
    visit = lamps.plan()
    (parcel,) = lamps.bring({"answer": "received"})
    assert parcel.claim.errand is Errand.VISIT
    told = parcel.consignment.arguments["visit"]
    assert sorted(each["order_number"] for each in told["orders"]) == sorted(lamps.orders())
    assert (told["visit_id"], told["version"]) == (visit["visit_id"], visit["version"])
    assert not any(word in str(told) for word in ("Sanne", "phone")), "the words are with each order"
    assert lamps.states() == ["issued"] * 3


def test_what_it_does_not_have_yet_is_brought_with_what_it_goes_along_with(lamps: Lamps) -> None:
    lamps.plan()
    parcels = lamps.bring({"answer": "received"})
    assert [parcel.claim.errand for parcel in parcels] == [Errand.ORDER] * 3
    for parcel in parcels:
        assert len(parcel.consignment.arguments["order"]["visit"]["orders"]) == 3


@pytest.mark.parametrize(("word", "state"), [("accepted", "accepted"), ("refused", "refused")])
def test_its_answer_to_the_visit_is_that_to_each_order(lamps: Lamps, word: str, state: str) -> None:
    lamps.bring({"answer": "received"})
    lamps.plan()
    lamps.bring({"answer": word, "reason": "Geen tijd."})
    assert lamps.states() == [state] * 3


def test_a_moment_that_comes_with_its_answer_is_that_of_each_order(lamps: Lamps) -> None:
    lamps.bring({"answer": "received"})
    lamps.plan()
    lamps.bring({"answer": "accepted", "planned_from": NOW.isoformat()})
    assert [order["planned_from"] for order in lamps.orders().values()] == [NOW] * 3


def test_a_program_that_knows_nothing_of_visits_goes_on_order_by_order(lamps: Lamps) -> None:
    lamps.bring({"answer": "received"})
    lamps.plan()
    lamps.bring(NoAnswer(Failure.ERROR, "this supplier has no method 'receive_visit'"))
    assert lamps.house.claims() == [], "it is not asked again"
    assert {str(order["delivery"]["state"]) for order in lamps.orders().values()} == {"delivered"}
    lamps.says("accept")
    assert lamps.states() == ["accepted", "issued", "issued"]


def test_it_speaks_once_for_all_and_each_request_is_completed_once(lamps: Lamps, house: House) -> None:
    lamps.bring({"answer": "accepted"})
    visit = lamps.plan()
    lamps.says("start", visit=visit["version"])
    done = lamps.says("complete", visit=visit["version"], cost_cents=1000, note="Alle drie vervangen.")
    assert [each["outcome"] for each in done["outcomes"]] == ["done"] * 3
    assert [order["cost_cents"] for order in lamps.orders().values()] == [334, 333, 333]
    again = lamps.says("complete", visit=visit["version"], cost_cents=1000)
    assert [each["outcome"] for each in again["outcomes"]] == ["over"] * 3
    assert sorted(fact["request_id"] for fact in house.facts("process_completed")) == sorted(
        str(known_id(name)) for name in REQUESTS
    )


def test_who_has_not_seen_what_came_along_is_refused_and_nothing_is_done(lamps: Lamps, house: House) -> None:
    lamps.bring({"answer": "accepted"})
    *two, third = lamps.ids()
    visit = lamps.plan(*two)
    with house.work(actor=AGENT) as work:
        visits.join_visit(work, visit["visit_id"], [third])
    with pytest.raises(Stale):
        lamps.says("complete", visit=visit["version"])
    assert lamps.states() == ["accepted"] * 3
    with house.work(actor=program()) as work:
        seen = order_of_supplier(work, ADDRESS, next(iter(lamps.orders())))["visit"]
    assert len(seen["orders"]) == 3
    lamps.says("complete", visit=seen["version"])
    assert lamps.states() == ["technically_complete"] * 3


def test_what_is_cancelled_is_told_and_the_others_are_told_anew(lamps: Lamps, house: House) -> None:
    lamps.bring({"answer": "accepted"})
    lamps.plan()
    lamps.bring({"answer": "received"})
    house.hears_closed(request="one")
    parcels = house.claims()
    assert {parcel.claim.errand for parcel in parcels} == {Errand.CANCELLATION, Errand.VISIT}
    (told,) = (parcel.consignment.arguments for parcel in parcels if parcel.claim.errand is Errand.VISIT)
    assert len(told["visit"]["orders"]) == 2


def test_what_was_taken_apart_is_told_of_each_order(lamps: Lamps, house: House) -> None:
    lamps.bring({"answer": "received"})
    visit = lamps.plan()
    lamps.bring({"answer": "received"})
    with house.work(actor=AGENT) as work:
        visits.dissolve_visit(work, visit["visit_id"])
    parcels = lamps.bring({"answer": "accepted"})
    assert [parcel.consignment.arguments["visit"]["orders"] for parcel in parcels] == [[], [], []]
    assert lamps.states() == ["issued"] * 3, "by itself again: nothing is said of a visit that is not there"
    with pytest.raises(NoVisit):
        lamps.says("accept", visit=visit["version"])


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("propose", {"windows": [{"from": NOW, "until": NOW}]}),
    ("complete", {"checklist": [0]}),
    ("confirm_cancellation", {}),
]


@pytest.mark.parametrize(("action", "said"), REFUSED)
def test_what_belongs_to_one_order_is_not_said_of_a_visit(
    lamps: Lamps, action: str, said: dict[str, Any]
) -> None:
    lamps.bring({"answer": "accepted"})
    visit = lamps.plan()
    with pytest.raises(Invalid):
        lamps.says(action, visit=visit["version"], **said)


def test_another_supplier_says_nothing_of_a_visit(lamps: Lamps) -> None:
    visit = lamps.plan()
    with pytest.raises(NotFound):
        lamps.says("accept", user=str(OTHER_RPC.address), visit=visit["version"])
    assert lamps.states() == ["issued"] * 3


def test_a_claim_of_what_is_in_no_visit_costs_one_statement_more(
    lamps: Lamps, house: House, counted: Callable[[], Any]
) -> None:
    with counted() as statements:
        house.claims()
    assert len([each for each in statements if "visit_orders" in each]) == 1
