"""Providers that say nothing, on a real database: reminded, escalated, suspected, and what ends it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import deskcontracts
import pytest
from dispatch import heard, messages
from dispatch.domain.deliveries import Errand, Failure, NoAnswer
from dispatch.domain.errors import NothingToDismiss
from dispatch.domain.work_order_states import Action
from dispatch.handlers import guarding, planning, profiles, terms
from dispatch.handlers.acting import act_on_work_order, reroute_work_order
from dispatch.handlers.appointments import answer_appointment
from dispatch.handlers.supplier_desk import told_by_supplier

from ..samples import (  # noqa: TID252  samples of this service alone
    AGENT,
    NOW,
    PORTAL,
    RPC,
    TEAM,
    accepted,
    executor_of,
    known_id,
    step,
)
from .conftest import House

REQUEST = known_id("request")
ZONE = "Europe/Amsterdam"
HOUR = timedelta(hours=1)
# Monday 23 November 2026, 10:00 on the wall; the next working day begins at 7:30.
TUESDAY = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
WINDOW = {"from": NOW + 24 * HOUR, "until": NOW + 26 * HOUR}


def sweep(house: House, at: datetime) -> int:
    """What the timer does, with a clock that shows `at`; answers how often something was said."""
    with house.work(now=at) as work:
        due = guarding.look(work, ZONE)
    said = 0
    for work_order_id in due:
        with house.work(now=at) as work:
            said += guarding.speak_up(work, work_order_id, ZONE)
    return said


def silence(house: House) -> dict[str, Any]:
    found: dict[str, Any] = house.orders()["repair"]["silence"]
    return found


def signs(house: House) -> list[str]:
    told = {"remind", "suspect_no_show", "escalate", "dismiss"}
    return [action for action, _ in house.changes() if action in told]


def counts(house: House, provider: Any) -> dict[str, int]:
    with house.work(actor=AGENT) as work:
        found: dict[str, int] = profiles.get_provider(work, provider.provider_id)["silences"]
    return found


def does(house: House, action: str, at: datetime, **details: Any) -> None:
    order_id = house.orders()["repair"]["work_order_id"]
    with house.work(actor=AGENT, now=at) as work:
        act_on_work_order(work, order_id, Action(action), **details)


@pytest.fixture
def issued(house: House) -> House:
    house.publishes(step("repair", "bezemwijs"))
    house.hears_accepted()
    return house


@pytest.fixture
def agreed(issued: House) -> House:
    """Tomorrow from 10:00 to 12:00, on the wall, by the choice of the customer."""
    issued.does("repair", "accept")
    issued.does("repair", "propose", windows=[WINDOW])
    known = issued.orders()["repair"]
    with issued.work(actor=AGENT) as work:
        answer_appointment(work, known["work_order_id"], known["version"], choice=0)
    return issued


def test_an_unanswered_order_is_reminded_once_and_then_stands_on_the_desks_list(issued: House) -> None:
    assert sweep(issued, NOW) == 0
    assert sweep(issued, NOW + 3.9 * HOUR) == 0
    assert sweep(issued, NOW + 4 * HOUR) == 1
    assert (silence(issued)["of"], silence(issued)["step"]) == ("unanswered", "reminded")
    assert sweep(issued, NOW + 5 * HOUR) == 0
    # 14:00 plus four working hours: half past three are left of today, the rest is tomorrow's.
    assert sweep(issued, TUESDAY + HOUR / 4) == 0
    assert sweep(issued, TUESDAY + HOUR / 2) == 1
    assert silence(issued)["step"] == "escalated"
    assert sweep(issued, NOW + 1000 * HOUR) == 0
    assert signs(issued) == ["remind", "escalate"]
    assert issued.orders()["repair"]["state"] == "issued", "silence completes nothing"


MINUTE = timedelta(minutes=1)
AT_NIGHT = datetime(2026, 11, 22, 2, tzinfo=UTC)  # a Sunday


def test_danger_that_nobody_takes_up_is_the_desks_to_telephone_after_five_minutes_of_any_night(
    house: House,
) -> None:
    house.publishes(step("repair", "bezemwijs"))
    with house.work(now=AT_NIGHT) as work:
        planning.request_accepted(work, heard.RequestAccepted().load(accepted(priority="P1")))
    assert sweep(house, AT_NIGHT + 4.9 * MINUTE) == 0
    assert sweep(house, AT_NIGHT + 5 * MINUTE) == 1
    assert (silence(house)["of"], silence(house)["step"]) == ("unanswered", "escalated")
    assert signs(house) == ["escalate"], "no mail wakes anybody"
    assert counts(house, PORTAL)["escalated"] == 1
    assert sweep(house, AT_NIGHT + 1000 * HOUR) == 0


def test_danger_that_is_taken_up_in_time_is_as_any_other(house: House) -> None:
    house.publishes(step("repair", "bezemwijs"))
    house.hears_accepted(priority="P1")
    house.does("repair", "accept")
    assert sweep(house, NOW + 6 * MINUTE) == 0


def test_what_turns_out_to_be_danger_is_looked_at_again_at_once(issued: House) -> None:
    assert sweep(issued, NOW + MINUTE) == 0
    which = {"request_id": str(REQUEST), "priority": "P1", "sequence": 99}
    weighed = deskcontracts.example("intake.priority_changed") | which
    with issued.work(now=NOW + 2 * MINUTE) as work:
        planning.priority_changed(work, heard.PriorityChanged().load(weighed))
    assert sweep(issued, NOW + 4 * MINUTE) == 0
    assert sweep(issued, NOW + 5 * MINUTE) == 1
    assert signs(issued) == ["escalate"]


def test_nights_and_holidays_do_not_count(issued: House) -> None:
    closed = {"first": "2026-11-23", "last": "2026-11-23", "reason": "Day off"}
    week = {day: [{"from": "09:00", "until": "17:00"}] for day in ("monday", "tuesday", "wednesday")}
    published = {"zone": ZONE, "weekly": week, "country": "NL", "closings": [closed]}
    fact = {"calendar_id": known_id("calendar"), "name": "organisation", "version": 1, "calendar": published}
    with issued.work() as work:
        guarding.calendar_published(work, fact)
    assert sweep(issued, NOW + 5 * HOUR) == 0
    assert sweep(issued, datetime(2026, 11, 24, 11, 59, tzinfo=UTC)) == 0
    assert sweep(issued, datetime(2026, 11, 24, 12, 0, tzinfo=UTC)) == 1


@pytest.mark.parametrize(
    ("said", "owes", "hours"),
    [
        ((("accept", {}),), "unplanned", 20),
        ((("accept", {}), ("schedule", {"planned_from": NOW + HOUR})), "unstarted", 2),
        ((("accept", {}), ("start", {})), "wordless", 20),
        (
            (
                ("accept", {}),
                ("start", {}),
                ("pause", {"pause": {"reason": "material", "counterparty": "supplier"}}),
            ),
            "wordless",
            20,
        ),
    ],
)
def test_each_point_of_an_order_has_its_own_term(
    issued: House, said: tuple[tuple[str, dict[str, Any]], ...], owes: str, hours: int
) -> None:
    for action, details in said:
        issued.does("repair", action, **details)
    assert silence(issued)["of"] == owes
    with issued.work(now=NOW) as work:
        assert guarding.look(work, ZONE) == []
    end = {2: NOW + 2 * HOUR, 20: datetime(2026, 11, 25, 9, 0, tzinfo=UTC)}[hours]
    assert sweep(issued, end - HOUR / 60) == 0
    assert sweep(issued, end) == 1
    assert signs(issued) == ["remind"]


@pytest.mark.parametrize("counterparty", ["requester", "desk"])
def test_who_waits_for_another_owes_no_word(issued: House, counterparty: str) -> None:
    issued.does("repair", "accept", "start")
    issued.does("repair", "pause", pause={"reason": "no_access", "counterparty": counterparty})
    assert silence(issued) is None
    assert sweep(issued, NOW + 1000 * HOUR) == 0


def test_while_the_customer_has_the_choice_the_provider_owes_no_word(issued: House) -> None:
    issued.does("repair", "accept")
    issued.does("repair", "propose", windows=[WINDOW])
    assert silence(issued) is None
    assert sweep(issued, NOW + 1000 * HOUR) == 0


def test_an_agreed_moment_that_passes_is_a_suspected_no_show_by_itself_and_once(agreed: House) -> None:
    assert sweep(agreed, NOW + 26 * HOUR) == 0, "the last minute is in time"
    assert sweep(agreed, NOW + 26 * HOUR + timedelta(minutes=1)) == 1
    assert sweep(agreed, NOW + 40 * HOUR) == 0
    fact = agreed.facts("work_order_changed")[-1]
    assert (fact["action"], fact["state"], fact["silence"]["of"]) == (
        "suspect_no_show",
        "scheduled",
        "no_show",
    )
    assert silence(agreed)["step"] == "escalated"
    assert counts(agreed, PORTAL)["no_shows_suspected"] == 1


def test_a_second_sweep_at_the_same_moment_says_nothing_more(agreed: House) -> None:
    at = NOW + 27 * HOUR
    with agreed.work(now=at) as work:
        (order_id,) = guarding.look(work, ZONE)
    for expected in (True, False):
        with agreed.work(now=at) as work:
            assert guarding.speak_up(work, order_id, ZONE) is expected
    assert signs(agreed) == ["suspect_no_show"]


def test_word_that_comes_between_looking_and_speaking_wins(agreed: House) -> None:
    at = NOW + 27 * HOUR
    with agreed.work(now=at) as work:
        (order_id,) = guarding.look(work, ZONE)
    does(agreed, "start", at)
    with agreed.work(now=at) as work:
        assert guarding.speak_up(work, order_id, ZONE) is False
    assert signs(agreed) == []


def test_a_start_that_is_told_late_clears_the_suspicion(agreed: House) -> None:
    sweep(agreed, NOW + 27 * HOUR)
    does(agreed, "start", NOW + 28 * HOUR)
    assert (silence(agreed)["of"], silence(agreed)["step"]) == ("wordless", "waiting")
    counted = counts(agreed, PORTAL)
    assert (counted["no_shows_suspected"], counted["no_shows_confirmed"]) == (1, 0)


def test_the_desk_dismisses_with_a_reason_and_the_provider_has_its_time_anew(agreed: House) -> None:
    sweep(agreed, NOW + 27 * HOUR)
    does(agreed, "dismiss", NOW + 28 * HOUR, reason="The mechanic telephoned: he stands in a jam.")
    assert (silence(agreed)["of"], silence(agreed)["step"]) == ("unstarted", "waiting")
    assert counts(agreed, PORTAL)["no_shows_dismissed"] == 1
    assert sweep(agreed, NOW + 28.9 * HOUR) == 0
    assert sweep(agreed, NOW + 29 * HOUR) == 1, "still nobody: it is asked again"


def test_giving_it_to_another_confirms_that_nobody_came(agreed: House) -> None:
    sweep(agreed, NOW + 27 * HOUR)
    order_id = agreed.orders()["repair"]["work_order_id"]
    with agreed.work(actor=AGENT, now=NOW + 28 * HOUR) as work:
        reroute_work_order(work, order_id, PORTAL.provider_id, "Nobody came.")
    assert counts(agreed, PORTAL)["no_shows_confirmed"] == 1
    assert silence(agreed)["of"] == "unanswered", "the new order is waited for by itself"


def test_what_nobody_asked_about_cannot_be_dismissed(issued: House) -> None:
    with pytest.raises(NothingToDismiss):
        issued.does("repair", "dismiss", reason="They called.")
    assert "dismiss" not in issued.orders()["repair"]["actions"]


@pytest.mark.parametrize("said", ["accept", "refuse"])
def test_word_ends_what_was_escalated(issued: House, said: str) -> None:
    sweep(issued, NOW + 4 * HOUR)
    sweep(issued, NOW + 30 * HOUR)
    assert "dismiss" in issued.orders()["repair"]["actions"]
    does(issued, said, NOW + 31 * HOUR, **({"reason": "Too busy."} if said == "refuse" else {}))
    assert (silence(issued) or {"step": "waiting"})["step"] == "waiting"
    counted = counts(issued, PORTAL)
    assert (counted["reminded"], counted["escalated"]) == (1, 1)


def test_a_provider_may_have_its_own_terms_beside_the_houses(issued: House) -> None:
    given = {"skills": [], "places": [], "hours": [], "capacity": None, "absences": [], "zone": ZONE}
    with issued.work(actor=AGENT) as work:
        profiles.save_provider_profile(
            work, PORTAL.provider_id, 0, patience={"answer_minutes": 30}, emails=(), **given
        )
    assert sweep(issued, NOW + HOUR / 2) == 1


def test_changed_terms_count_for_what_runs_already(issued: House) -> None:
    sweep(issued, NOW)
    with issued.work(actor=AGENT) as work:
        terms.save_order_terms(work, 0, cost_margin_percent=10, answer_minutes=60)
    assert sweep(issued, NOW + HOUR) == 1


@pytest.fixture
def called(house: House) -> House:
    """An order that Vonk & Val has received over the broker and says nothing about."""
    house.publishes(step("repair", "vonk-val"))
    house.hears_accepted()
    house.delivers({"answer": "received"})
    return house


def test_a_supplier_on_the_bus_is_reminded_there(called: House) -> None:
    sweep(called, NOW + 4 * HOUR)
    (parcel,) = called.claims()
    assert parcel.claim.errand is Errand.REMINDER
    number = called.orders()["repair"]["number"]
    assert parcel.consignment.arguments == {
        "order_number": number, "about": "unanswered", "since": NOW.isoformat()
    }  # fmt: skip
    called.brings(parcel, {"answer": "received"})
    assert silence(called)["step"] == "reminded", "that the reminder came is no word about the work"


def test_an_answer_to_the_reminder_is_word(called: House) -> None:
    sweep(called, NOW + 4 * HOUR)
    called.delivers({"answer": "accepted"}, Errand.REMINDER)
    assert called.states() == {"repair": "accepted"}


def test_a_reminder_that_cannot_be_brought_is_no_failed_delivery_of_the_order(called: House) -> None:
    sweep(called, NOW + 4 * HOUR)
    (parcel,) = called.claims()
    called.brings(parcel, NoAnswer(Failure.ERROR, "There is no method remind_order."), delays=())
    assert str(called.orders()["repair"]["delivery"]["state"]) == "delivered"
    assert called.orders()["repair"]["failure_id"] is None
    assert sweep(called, NOW + 30 * HOUR) == 1, "and the desk hears of the silence all the same"


def test_what_stands_in_the_repair_list_is_not_the_providers_silence(house: House) -> None:
    house.publishes(step("repair", "vonk-val"))
    house.hears_accepted()
    (parcel,) = house.claims()
    house.brings(parcel, NoAnswer(Failure.AWAY, "Away."), delays=())
    assert silence(house) is None
    assert sweep(house, NOW + 1000 * HOUR) == 0


def test_a_suppliers_word_over_the_broker_ends_it(called: House) -> None:
    sweep(called, NOW + 4 * HOUR)
    number = called.orders()["repair"]["number"]
    with called.work(now=NOW + 5 * HOUR) as work:
        told_by_supplier(work, RPC.address or "", number, Action.ACCEPT)
    assert silence(called)["of"] == "unplanned"


@pytest.mark.parametrize("provider", [TEAM, PORTAL])
def test_only_the_desk_dismisses(house: House, provider: Any) -> None:
    from dispatch.domain.errors import NotYours

    house.publishes(step("repair", provider.slug))
    house.hears_accepted()
    sweep(house, NOW + 4 * HOUR)
    with pytest.raises(NotYours):
        house.does("repair", "dismiss", actor=executor_of(provider), reason="We are fine.")


def test_commands_of_people_cannot_play_the_timer() -> None:
    for action in ("remind", "escalate", "suspect_no_show"):
        given = {"work_order_id": str(known_id("order")), "action": action}
        assert "action" in messages.ActOnWorkOrder().validate(given)
