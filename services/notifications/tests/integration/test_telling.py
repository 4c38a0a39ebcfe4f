"""From a fact to a message row, once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import deskcontracts
import pytest
import sqlalchemy as sa
from notifications import messages
from notifications.handlers.reading import list_messages
from notifications.handlers.telling import Teller
from notifications.storage.unit_of_work import NotificationsWork
from servicekit.actor import Actor

Make = Callable[..., AbstractContextManager[NotificationsWork]]
AGENT = Actor("person", "a", "Amira", frozenset({"agent"}))


class Bell:
    rung = 0

    def ring(self) -> None:
        self.rung += 1


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def teller(bell: Bell) -> Teller:
    return Teller("Europe/Amsterdam", "Stichting Meerwal", bell.ring)


@pytest.fixture
def make(work_factory: Any) -> Make:
    made: Make = work_factory(NotificationsWork, "notifications")
    return made


def fact(event: str, reader: Any, **change: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = reader().load({**deskcontracts.example(f"intake.{event}"), **change})
    return loaded


ACCEPTED = fact("request_accepted", messages.RequestAccepted)
REQUEST: UUID = ACCEPTED["request_id"]


def told(make: Make) -> list[dict[str, Any]]:
    with make(actor=AGENT) as work:
        items: list[dict[str, Any]] = list_messages(work, REQUEST)["items"]
        return items


def test_a_receipt_is_told_once_however_often_and_in_whatever_form_the_fact_comes(
    make: Make, teller: Teller, bell: Bell
) -> None:
    for heard in (ACCEPTED, ACCEPTED, {**ACCEPTED, "promise": {**ACCEPTED["promise"], "resolve_by": None}}):
        with make() as work:
            teller.received(work, heard)
    assert [(one["template"], one["state"]) for one in told(make)] == [("receipt", "pending")]
    assert bell.rung == 1


def test_the_receipt_of_a_wish_promises_a_decision_and_no_work(make: Make, teller: Teller) -> None:
    promise = {"respond_by": "2026-03-04T09:00:00Z", "resolve_by": "2026-04-01T09:00:00Z"}
    heard = fact("request_received", messages.RequestReceived, kind="wish", promise=promise)
    with make() as work:
        teller.received(work, heard)
    (kept,) = told(make)
    assert "wat we met uw wens doen" in kept["body"]
    assert "geregeld" not in kept["body"]


def test_ready_is_told_once_per_round(make: Make, teller: Teller) -> None:
    for round_ in (1, 1, 2, 2):
        with make() as work:
            teller.ready(work, fact("request_ready", messages.RequestReady, round=round_))
    assert [one["template"] for one in told(make)] == ["ready", "ready"]


def test_word_from_the_desk_and_a_remedy_are_each_told_once(make: Make, teller: Teller) -> None:
    """A remedy does not say that it closes by itself."""
    word = fact("request_updated", messages.RequestUpdated)
    remedy = fact("request_ready", messages.RequestReady, needs_word=True, text="Wij komen terug.")
    for _ in range(2):
        with make() as work:
            teller.updated(work, word)
            teller.ready(work, remedy)
    kept = told(make)
    assert sorted(each["template"] for each in kept) == ["remedy", "update"]
    body = next(each["body"] for each in kept if each["template"] == "remedy")
    assert "Wij komen terug." in body
    assert "Horen we niets" not in body


def test_whoever_could_not_be_reached_reads_that_the_complaint_is_closed_and_why(
    make: Make, teller: Teller
) -> None:
    """What a customer confirms is no news to them; this is."""
    told_why = fact("request_closed", messages.RequestClosed, unheard=True, answer="Twee keer gebeld.")
    with make() as work:
        teller.closed(work, fact("request_closed", messages.RequestClosed))
        teller.closed(work, told_why)
    (kept,) = told(make)
    assert "geprobeerd u te bereiken" in kept["body"]
    assert "Twee keer gebeld." in kept["body"]


def test_an_answered_request_that_is_reopened_twice_is_told_twice(make: Make, teller: Teller) -> None:
    """It never had work, so its round is 0 each time."""
    for sequence in (3, 3, 5):
        with make() as work:
            reopened = fact("request_reopened", messages.RequestReopened, round=0, sequence=sequence)
            teller.reopened(work, reopened)
    assert [one["template"] for one in told(make)] == ["reopened", "reopened"]


def test_the_bell_rings_only_after_the_commit(make: Make, teller: Teller, bell: Bell) -> None:
    def fail_afterwards() -> None:
        with make() as work:
            teller.received(work, ACCEPTED)
            raise RuntimeError("rolled back")

    with pytest.raises(RuntimeError):
        fail_afterwards()
    assert bell.rung == 0
    assert told(make) == []


def test_who_is_not_mailed_is_kept_with_the_reason(make: Make, teller: Teller, bell: Bell) -> None:
    with make() as work:
        teller.received(work, {**ACCEPTED, "notify": False})
    assert [(one["state"], one["reason"]) for one in told(make)] == [("suppressed", "not_wanted")]
    assert bell.rung == 0


def test_an_english_reader_is_written_in_english(make: Make, teller: Teller) -> None:
    english = {**ACCEPTED["requester"], "language": "en"}
    with make() as work:
        teller.received(work, {**ACCEPTED, "requester": english})
    assert told(make)[0]["subject"].endswith("received - Radiator blijft koud")


def test_a_question_without_words_is_not_mailed(make: Make, teller: Teller) -> None:
    with make() as work:
        teller.asked(work, fact("request_waiting", messages.RequestWaiting, question=None))
    assert told(make) == []


def test_a_requester_sees_only_what_was_sent_to_them(make: Make, teller: Teller) -> None:
    with make() as work:
        teller.received(work, ACCEPTED)
    own = Actor(
        "person", "s", "Sanne", frozenset({"requester"}), person_id=ACCEPTED["requester"]["person_id"]
    )
    other = Actor("person", "d", "Daan", frozenset({"requester"}), person_id=str(UUID(int=7)))
    for actor, count in ((own, 1), (other, 0)):
        with make(actor=actor) as work:
            assert len(list_messages(work, REQUEST)["items"]) == count


def test_a_supplier_hears_of_its_order_at_each_of_its_addresses_once(make: Make, teller: Teller) -> None:
    told_ = deskcontracts.example("dispatch.provider_told") | {"to": ["a@bezem.example", "b@bezem.example"]}
    given = messages.ProviderTold().load(told_ | {"request_id": str(REQUEST)})
    for _ in range(2):
        with make() as work:
            teller.provider_told(work, given)
    assert [each["template"] for each in told(make)] == ["order", "order"]
    with make() as work:
        rows = work.connection.execute(
            sa.text("SELECT address, subject, body FROM messages ORDER BY address")
        ).all()
    assert [row.address for row in rows] == ["a@bezem.example", "b@bezem.example"]
    assert rows[0].subject == "SD-26-000123-1: nieuwe opdracht"
    assert "Koffie over de vloer" in rows[0].body


@pytest.mark.parametrize(("language", "subject"), [("en", "a new order"), ("nl", "nieuwe opdracht")])
def test_a_supplier_is_mailed_in_its_own_language(
    make: Make, teller: Teller, language: str, subject: str
) -> None:
    told_ = deskcontracts.example("dispatch.provider_told") | {
        "to": ["a@bezem.example"],
        "language": language,
    }
    with make() as work:
        given = messages.ProviderTold().load(told_ | {"request_id": str(REQUEST)})
        teller.provider_told(work, given)
        (said,) = work.connection.execute(sa.text("SELECT subject FROM messages")).scalars()
    assert subject in said


def test_a_supplier_is_mailed_the_link_again_as_often_as_the_desk_asks(make: Make, teller: Teller) -> None:
    known = deskcontracts.example("dispatch.provider_told") | {"to": ["a@bezem.example"]}
    for sent in (0, 1, 1, 2):
        link = {"news": "link", "link": {"serial": 1, "sent": sent}, "request_id": str(REQUEST)}
        with make() as work:
            teller.provider_told(work, messages.ProviderTold().load(known | link))
    with make() as work:
        rows = work.connection.execute(sa.text("SELECT subject, body FROM messages")).all()
    assert [row.subject for row in rows] == ["SD-26-000123-1: een nieuwe link"] * 3
    assert "Hier is een nieuwe link naar uw opdracht." in rows[0].body


def test_that_nobody_came_is_told_in_honest_words_with_the_moment_of_the_next(
    make: Make, teller: Teller
) -> None:
    about = {
        "provider": "Vonk & Val",
        "title": {"nl": "Storing verhelpen", "en": "Repair"},
        "planned_from": "2026-11-24T09:00:00Z",
        "planned_until": "2026-11-24T11:00:00Z",
    }
    given = fact("promise_made", messages.PromiseMade, request_id=str(REQUEST), nobody_came=about)
    for _ in range(2):
        with make() as work:
            teller.promised(work, given)
    assert [each["template"] for each in told(make)] == ["nobody_came"]
    with make() as work:
        body = work.connection.execute(sa.text("SELECT body FROM messages")).scalar_one()
    assert "niet gehoord dat er iemand is geweest" in body
    assert "dinsdag 24 november om 10:00" in body


def test_who_turned_out_to_be_the_same_person_reads_the_mails_to_either(make: Make, teller: Teller) -> None:
    with make() as work:
        teller.received(work, ACCEPTED)
    daan, sanne = UUID(int=7), UUID(ACCEPTED["requester"]["person_id"])
    other = Actor("person", "d", "Daan", frozenset({"requester"}), person_id=str(daan))
    merged = {"person_id": daan, "surviving_id": sanne, "sequence": 1}
    undone = {**merged, "surviving_id": daan, "sequence": 2}
    for heard, count in (([merged], 1), ([undone, merged], 0)):
        with make(actor=other) as work:
            for each in heard:
                work.people.hear([each])
            assert len(list_messages(work, REQUEST)["items"]) == count


def test_each_proposal_of_moments_is_told_once_with_the_moments_in_the_readers_words(
    make: Make, teller: Teller
) -> None:
    first = fact("appointment_proposed", messages.AppointmentProposed, request_id=str(REQUEST))
    again = fact(
        "appointment_proposed", messages.AppointmentProposed, request_id=str(REQUEST), order_sequence=7
    )
    for proposal in (first, first, again):
        with make() as work:
            teller.appointment_proposed(work, proposal)
    assert [each["template"] for each in told(make)] == ["appointment", "appointment"]
    with make() as work:
        row = work.connection.execute(sa.text("SELECT body FROM messages LIMIT 1")).one()
    for shown in (
        "Vonk & Val",
        "Storing verhelpen",
        "woensdag 4 maart om 10:00",
        "donderdag 5 maart om 14:00",
    ):
        assert shown in row.body


def test_of_a_request_that_was_made_confidential_no_word_is_kept(make: Make, teller: Teller) -> None:
    with make() as work:
        teller.accepted(work, ACCEPTED)
    assert ACCEPTED["summary"] in str(told(make))
    with make() as work:
        teller.confided(work, fact("request_confided", messages.RequestConfided))
    [kept] = told(make)
    assert (kept["subject"], ACCEPTED["summary"] in str(kept)) == (ACCEPTED["reference"], False)
    assert kept["body"].startswith("Vertrouwelijk: lees het op de site.")


def test_what_is_told_late_of_before_it_was_confidential_has_no_word_either(
    make: Make, teller: Teller
) -> None:
    """And what is told of after it stays as it is, also when it comes first."""
    confided = fact("request_confided", messages.RequestConfided)
    before, after = ({**ACCEPTED, "sequence": confided["sequence"] + by} for by in (-1, 1))
    with make() as work:
        teller.reopened(work, {**after, "reason": "Weer koud"})
        teller.confided(work, confided)
        teller.accepted(work, before)
    veiled = {row["template"]: row["body"].startswith("Vertrouwelijk:") for row in told(make)}
    assert veiled == {"reopened": False, "receipt": True}


# --- what was put right -----------------------------------------------------------------------------------

SAME = {"product": False, "promise": False, "provider": False, "appointment": None}


def corrected(**changed: Any) -> dict[str, Any]:
    about = deskcontracts.example("intake.request_corrected")["correction"]
    said = {**about, "told_anew": {**SAME, **changed}}
    return fact("request_corrected", messages.RequestCorrected, correction=said)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"product": True}, "We behandelen het nu als: Verwarming defect."),
        ({"appointment": "2026-03-02T10:00:00Z"}, "De afspraak van maandag 2 maart"),
        ({"provider": True}, "Iemand anders gaat het doen."),
        ({"promise": True}, "We verwachten het uiterlijk woensdag 4 maart"),
    ],
)
def test_a_correction_that_changes_what_was_told_is_told_once_in_plain_words(
    make: Make, teller: Teller, changed: dict[str, Any], says: str
) -> None:
    for _ in range(2):
        with make() as work:
            teller.corrected(work, corrected(**changed))
    [message] = told(make)
    assert says in message["body"]
    assert message["body"].count("\n- ") == 1
    assert "Het was kamer 2.14" not in message["body"]  # why is between us


def test_a_correction_that_changes_nothing_for_the_customer_is_not_told(make: Make, teller: Teller) -> None:
    with make() as work:
        teller.corrected(work, corrected())
    assert told(make) == []


def test_who_came_by_phone_is_not_mailed_about_a_correction(make: Make, teller: Teller) -> None:
    with make() as work:
        teller.corrected(work, {**corrected(provider=True), "notify": False})
    assert [each["state"] for each in told(make)] == ["suppressed"]


def test_of_a_confidential_request_the_product_is_not_named(make: Make, teller: Teller) -> None:
    with make() as work:
        teller.corrected(work, {**corrected(product=True), "sealed": {"text": "..."}})
    [message] = told(make)
    assert "Verwarming defect" not in message["body"]
    assert "We behandelen het nu anders." in message["body"]


def test_of_a_visitor_whose_term_is_over_no_name_is_kept_nor_comes_late(make: Make, teller: Teller) -> None:
    visitor = {"name": "Mw. Kuipers", "company": "Gemeente"}
    arrived = fact("counter_told", messages.CounterTold, news="visitor", visitor=visitor)
    late = {**arrived, "sequence": 9}
    with make() as work:
        teller.counter_told(work, arrived)
        teller.counter_told(work, arrived)
    assert len(_bodies(make)) == 1
    assert "Mw. Kuipers, Gemeente" in _bodies(make)[0]
    over = fact("counter_forgotten", messages.CounterForgotten, entry_ids=[str(arrived["entry_id"])])
    with make() as work:
        teller.counter_forgotten(work, over)
        teller.counter_told(work, late)
    assert len(_bodies(make)) == 2
    assert not any("Kuipers" in body for body in _bodies(make))


def _bodies(make: Make) -> list[str]:
    with make() as work:
        return list(work.connection.scalars(sa.text("SELECT subject || body FROM messages")))


def visit_of(number: int, **more: Any) -> dict[str, Any]:
    fact = deskcontracts.example("dispatch.visit_told")
    given = {"to": ["a@bezem.example"], "told_id": str(UUID(int=number)), **more}
    return messages.VisitTold().load(fact | given)


def served() -> list[UUID]:
    return [UUID(each["request_id"]) for each in deskcontracts.example("dispatch.visit_told")["orders"]]


def test_a_visit_is_told_once_and_stands_with_each_request_that_it_serves(make: Make, teller: Teller) -> None:
    for number in (1, 1, 2):
        with make() as work:
            teller.visit_told(work, visit_of(number))
    for request_id in served():
        with make() as work:
            said = list_messages(work, request_id)["items"]
        assert [each["subject"] for each in said] == ["Bezoek van 2 opdrachten, De Sluis / 3e verdieping"] * 2


@pytest.mark.parametrize("told_first", [True, False])
def test_a_visit_with_what_became_confidential_keeps_no_word_of_it(
    make: Make, teller: Teller, told_first: bool
) -> None:
    other = served()[1]
    steps = [
        lambda work: teller.visit_told(work, visit_of(1)),
        lambda work: teller.confided(work, {"request_id": other, "sequence": 9}),
    ]
    for do in steps if told_first else reversed(steps):
        with make() as work:
            do(work)
    with make() as work:
        (said,) = list_messages(work, other)["items"]
    assert "3.14" not in said["subject"] + said["body"]
    assert "Lamp" not in said["body"]
