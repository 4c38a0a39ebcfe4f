"""Orders of a confidential request: its executors read what they need, and nobody else a word of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import deskcontracts
import pytest
from dispatch.domain.supplier_orders import for_supplier
from dispatch.handlers import planning, reading
from dispatch.handlers.acting import reroute_work_order
from dispatch.handlers.appointments import answer_appointment, list_appointments
from dispatch.handlers.deviating import add_step, list_deviations
from dispatch.storage.deviations import Wanted
from dispatch.storage.reading import Filter
from servicekit.actor import Actor

from ..samples import (  # noqa: TID252  samples of this service alone
    AGENT,
    NOW,
    PORTAL,
    RPC,
    TEAM,
    executor_of,
    known_id,
    step,
)
from .conftest import House

REQUEST = known_id("request")
SECRET = "Ik word geïntimideerd bij de kopieerkamer"
VEIL = "Vertrouwelijk / Confidential"
HIDING = "kopieerkamer"
CUSTOMER = Actor(
    "person",
    "sanne",
    "Sanne",
    frozenset({"requester"}),
    person_id="01926f00-1000-7a02-8b11-5c6d7e8f9a02",  # of the contract's example
)
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


# --- what is said about it later --------------------------------------------------------------------------


@pytest.mark.parametrize("effect", ["refresh", "reroute"])
def test_the_note_of_a_correction_reaches_who_carries_it_out_and_nobody_else(
    house: House, effect: str
) -> None:
    confidential(house)
    said, order_id = "Niet via de kopieerkamer", str(house.orders()["clean"]["work_order_id"])
    house.hears_corrected(
        effect, note=VEIL, work_order_id=order_id, summary=VEIL, text=VEIL, object=None, answers={},
        sealed={**SEALED, "note": said}, sequence=9, round=1,
    )  # fmt: skip
    seen = read(house, executor_of(PORTAL))
    assert (seen["number"][-2:], seen["remark"]) == ("-2", said)
    assert said not in str(read(house, AGENT))
    with house.work() as work:
        process = work.processes.lock(REQUEST)
        order = work.orders.of_request(REQUEST)[-1]
    assert for_supplier(order, process.request or {})["remark"] == said
    assert said not in str(house.facts())


def test_of_several_corrections_each_order_keeps_its_own_note(house: House) -> None:
    house.publishes(step("clean", "bezemwijs"), step("paint", "bezemwijs"))
    house.hears_accepted(summary=VEIL, text=VEIL, object=None, answers={}, sealed=SEALED)
    veiled = {"summary": VEIL, "text": VEIL, "object": None, "answers": {}, "round": 1, "note": VEIL}
    for sequence, key in enumerate(("clean", "paint"), 9):
        order_id = str(house.orders()[key]["work_order_id"])
        house.hears_corrected(
            "reroute", **veiled, work_order_id=order_id, sealed={**SEALED, "note": f"Over {key}"},
            correction_id=str(known_id(key)), sequence=sequence,
        )  # fmt: skip
    for key in ("clean", "paint"):
        with house.work(actor=executor_of(PORTAL)) as work:
            seen = reading.get_work_order(work, house.orders()[key]["work_order_id"])
        assert seen["remark"] == f"Over {key}"


@pytest.mark.parametrize("reopened_first", [False, True])
def test_why_it_was_taken_up_again_reaches_who_does_it_over(house: House, reopened_first: bool) -> None:
    if not reopened_first:
        confidential(house)
        house.completes("clean")
    house.hears_reopened(round=2, sequence=9, reason="Lees het op de site", sealed={"reason": "Weer daar"})
    if reopened_first:
        confidential(house)
    assert read(house, executor_of(PORTAL))["remark"] == "Weer daar"
    assert "Weer daar" not in str(read(house, AGENT))


def test_who_has_the_order_no_more_reads_no_word_of_it(house: House) -> None:
    confidential(house)
    first = house.orders()["clean"]["work_order_id"]
    with house.work(actor=AGENT) as work:
        reroute_work_order(work, first, RPC.provider_id, "Te druk")
    with house.work(actor=executor_of(PORTAL)) as work:
        seen = reading.get_work_order(work, first)
    assert "kopieerkamer" not in str(seen)


WRITTEN = "Bij de kopieerkamer gevonden"


def test_what_executors_wrote_used_and_photographed_is_not_for_the_desk(house: House) -> None:
    confidential(house)
    team = executor_of(PORTAL)
    house.does("clean", "accept", actor=team)
    house.does(
        "clean", "complete", actor=team, note=WRITTEN, evidence=[WRITTEN],
        material=[{"name": WRITTEN, "quantity": "1", "unit": "piece", "price_cents": 100}],
        files=[{"file_id": str(known_id("file")), "name": WRITTEN, "media_type": "image/png", "size": 1}],
    )  # fmt: skip
    assert "kopieerkamer" in str(read(house, team))
    assert "kopieerkamer" not in str(read(house, AGENT))
    with house.work(actor=AGENT) as work:
        listed = reading.list_work_orders(work, Filter(), None, 10)
    assert "kopieerkamer" not in str(listed)
    assert listed["items"][0]["record"]["material"][0]["price_cents"] == 100


# --- who opened it ----------------------------------------------------------------------------------------


def test_who_opens_it_of_those_who_carry_it_out_is_told_once_an_hour(house: House) -> None:
    confidential(house)
    for actor in (executor_of(PORTAL), executor_of(PORTAL), AGENT):
        read(house, actor)
    (told,) = house.facts("order_opened")
    assert deskcontracts.violations("dispatch.order_opened", 1, told) == []
    assert (told["name"], told["provider"]["name"], told["actor_id"]) == ("Tom", "Bezemwijs", "of-bezemwijs")


def test_opening_what_is_not_confidential_is_not_told(house: House) -> None:
    accepted(house)
    read(house, executor_of(PORTAL))
    assert house.facts("order_opened") == []


@pytest.mark.parametrize("confided_later", [False, True])
def test_why_somebody_left_the_process_is_in_no_list_of_deviations(
    house: House, confided_later: bool
) -> None:
    if confided_later:
        accepted(house)
    else:
        confidential(house)
    with house.work(actor=AGENT) as work:
        first = house.orders()["clean"]["work_order_id"]
        reroute_work_order(work, first, RPC.provider_id, "Niet door wie bij de kopieerkamer werkt")
    if confided_later:
        with house.work() as work:
            planning.request_confided(work, {"request_id": REQUEST, "reference": "SD-26-000123"})
    with house.work(actor=AGENT) as work:
        found = list_deviations(work, Wanted(request_id=REQUEST), None, 10)
    assert [each["cause"] for each in found["items"]] == [VEIL]


# --- a step that was added by hand, and what the customer says of the moments ------------------------------


def adds(house: House) -> dict[str, Any]:
    with house.work(actor=AGENT) as work:
        added = add_step(work, REQUEST, f"Slot van de {HIDING}", TEAM.provider_id, "Nodig")
        return {"id": added.work_order_id, "step": added.step}


def test_the_title_of_an_added_step_is_for_who_carries_it_out(house: House) -> None:
    confidential(house)
    added = adds(house)
    with house.work(actor=executor_of(TEAM)) as work:
        assert HIDING in reading.get_work_order(work, added["id"])["title"]["nl"]
    with house.work(actor=AGENT) as work:
        seen = reading.get_work_order(work, added["id"])
        listed = reading.list_work_orders(work, Filter(), None, 50)
        left = list_deviations(work, Wanted(request_id=REQUEST), None, 50)
    assert seen["title"] == {"nl": VEIL, "en": VEIL}
    told = house.facts("work_orders_planned") + house.facts("provider_told")
    assert HIDING not in str((seen, listed, left, told))


def test_what_was_added_before_is_put_away_when_the_request_becomes_confidential(house: House) -> None:
    accepted(house)
    added = adds(house)
    with house.work() as work:
        planning.request_confided(work, {"request_id": REQUEST, "reference": "SD-26-000123"})
    with house.work(actor=AGENT) as work:
        seen = reading.get_work_order(work, added["id"])
        left = list_deviations(work, Wanted(request_id=REQUEST), None, 50)
    assert HIDING not in str((seen, left))
    assert left["counts"][0]["step"] == added["step"]


def test_what_the_customer_would_rather_have_is_not_for_the_desk(house: House) -> None:
    confidential(house)
    from_, until = NOW + timedelta(days=1), NOW + timedelta(days=1, hours=2)
    window = {"from": from_, "until": until}
    house.does("clean", "accept", actor=executor_of(PORTAL))
    house.does("clean", "propose", actor=executor_of(PORTAL), windows=[window])
    order = house.orders()["clean"]
    with house.work(actor=CUSTOMER) as work:
        wish = f"Niet als hij in de {HIDING} is"
        said = answer_appointment(work, order["work_order_id"], order["version"], reason=wish)
        assert said["wish"] == wish
    with house.work(actor=AGENT) as work:
        assert HIDING not in str(list_appointments(work, REQUEST))
    assert HIDING not in str(read(house, AGENT))
