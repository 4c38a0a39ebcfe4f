"""Orders of a confidential request: its executors read what they need, and nobody else a word of it."""

from __future__ import annotations

from typing import Any

import pytest
from dispatch.domain.supplier_orders import for_supplier
from dispatch.handlers import planning, reading
from servicekit.actor import Actor

from ..samples import (  # noqa: TID252  samples of this service alone
    AGENT,
    PORTAL,
    TEAM,
    executor_of,
    known_id,
    step,
)
from .conftest import House

REQUEST = known_id("request")
SECRET = "Ik word geïntimideerd bij de kopieerkamer"
VEIL = "Vertrouwelijk / Confidential"
SEALED = {
    "summary": SECRET,
    "text": SECRET,
    "object": "de kopieerkamer",
    "answers": {"where": "kopieerkamer"},
}


def accepted(house: House, **more: Any) -> None:
    house.publishes(step("clean", "bezemwijs"))
    house.hears_accepted(**more)


def confidential(house: House) -> None:
    accepted(house, summary=VEIL, text=VEIL, object=None, answers={}, sealed=SEALED)


def read(house: House, actor: Actor) -> dict[str, Any]:
    order_id = house.orders()["clean"]["work_order_id"]
    with house.work(actor=actor) as work:
        return reading.get_work_order(work, order_id)


def test_who_carries_it_out_reads_its_words(house: House) -> None:
    confidential(house)
    seen = read(house, executor_of(PORTAL))
    assert (seen["text"], seen["object"], seen["answers"]) == (SECRET, "de kopieerkamer", SEALED["answers"])
    assert seen["contact"]


def test_the_desk_sees_that_there_is_work_and_no_word_of_it_or_name(house: House) -> None:
    confidential(house)
    house.does("clean", "accept", actor=executor_of(PORTAL), note="Mevrouw wil niet naar de kopieerkamer")
    seen = read(house, AGENT)
    assert "kopieerkamer" not in str(seen)
    assert (seen["summary"], seen["contact"], seen["said_by"]) == (VEIL, None, None)


def test_another_team_does_not_see_it_at_all(house: House) -> None:
    confidential(house)
    with pytest.raises(Exception, match="no such"):
        read(house, executor_of(TEAM))


def test_an_order_to_a_supplier_has_the_words_that_it_needs(house: House) -> None:
    confidential(house)
    with house.work() as work:
        process = work.processes.lock(REQUEST)
        order = next(iter(work.orders.of_request(REQUEST)))
    assert for_supplier(order, process.request or {})["text"] == SECRET


@pytest.mark.parametrize("confided_first", [False, True])
def test_what_is_made_confidential_later_is_put_away_whichever_is_heard_first(
    house: House, confided_first: bool
) -> None:
    fact = {"request_id": REQUEST, "reference": "SD-26-000123"}

    def confide() -> None:
        with house.work() as work:
            planning.request_confided(work, fact)

    if confided_first:
        confide()
    accepted(house, summary=SECRET, text=SECRET, object="de kopieerkamer", answers={})
    if not confided_first:
        confide()
    assert "kopieerkamer" not in str(read(house, AGENT))
    assert read(house, executor_of(PORTAL))["text"] == SECRET


def test_a_mail_to_a_supplier_says_little(house: House) -> None:
    confidential(house)
    assert "kopieerkamer" not in str(house.facts("provider_told"))
    assert "kopieerkamer" not in str(house.facts("work_orders_planned"))
