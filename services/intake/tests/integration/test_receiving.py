"""Receiving a request: standard, not standard, or answered on the spot."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import deskcontracts
import pytest
from intake.domain.errors import Wrong
from servicekit.actor import Actor
from servicekit.errors import Forbidden, Invalid, NotFound
from servicekit.ids import new_id

from .house import ANSWERS, House

MONDAY_AT_OPENING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ARTICLE = "catalog.article_published"


def test_a_standard_request_is_accepted_at_once(house: House) -> None:
    request = house.receive_standard()

    assert (request["state"], request["standard"], request["kind"]) == ("in_progress", True, "order")
    assert house.told_types() == ["request_accepted"]
    assert house.told_last("request_accepted")["answers"] == ANSWERS


def test_without_a_product_it_goes_to_triage(house: House) -> None:
    request = house.receive(kind="fault")

    assert (request["state"], request["standard"], request["priority"]) == ("triage", False, "P3")
    assert house.told_types() == ["request_received"]


def test_the_reference_has_the_year_and_counts_on(house: House) -> None:
    first, second = house.receive()["reference"], house.receive()["reference"]

    assert first.startswith("SD-26-")
    assert int(second[6:]) == int(first[6:]) + 1


def test_the_summary_is_the_first_line_with_words(house: House) -> None:
    assert house.receive(text="\n  Het lekt.\nAl een week.")["summary"] == "Het lekt."
    assert len(house.receive(text="woord " * 100)["summary"]) <= 120


def test_the_requester_and_place_are_copied_as_they_are_now(house: House) -> None:
    saved = house.save_locations(
        {"key": "b", "name": "De Sluis"}, {"key": "r", "name": "2.14", "parent_key": "b"}
    )
    room = str(saved["items"][1]["location_id"])
    house.receive(location_id=room)

    told = house.told_last("request_received")
    assert told["location"] == {"location_id": room, "name": "2.14", "path": "De Sluis / 2.14"}
    assert told["requester"]["department"] == "Communicatie"
    assert told["requester"]["phone"] == "020-555 01 23"
    assert told["customer_id"] is not None


def test_the_norm_of_the_priority_is_promised_on_the_desks_hours(house: House) -> None:
    promise = house.receive()["promise"]

    # Monday 10:00 in Amsterdam: four hours later, and fifty working hours of ten a day later.
    assert promise["respond_by"] == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    assert promise["resolve_by"] == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def test_the_products_lead_time_goes_before_the_norm(house: House) -> None:
    # Five working days end at closing time.
    assert house.receive_standard()["promise"]["resolve_by"] == datetime(2026, 11, 30, 16, 30, tzinfo=UTC)


def test_the_organisations_calendar_is_used_as_soon_as_it_is_published(house: House) -> None:
    calendar = deskcontracts.example("monitoring.calendar_published")["calendar"]
    closed: dict[str, Any] = {day: [] for day in calendar["weekly"]}
    two_hours = {**closed, "monday": [{"from": "09:00", "until": "11:00"}]}

    def respond_by(**published: Any) -> datetime:
        house.tell("monitoring.calendar_published", **published)
        promised: datetime = house.receive()["promise"]["respond_by"]
        return promised

    # This Monday has one hour left and every next one two, so the fourth hour is in the third week.
    third_week = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
    assert respond_by(version=2, calendar={**calendar, "weekly": two_hours}) == third_week
    assert respond_by(version=1) == third_week  # it was late
    assert respond_by(version=3) == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


def test_an_order_is_promised_for_when_it_was_wanted(house: House) -> None:
    wanted = {"from": "2026-12-01T11:30:00Z", "until": "2026-12-01T12:00:00Z"}
    request = house.receive_standard(wanted=wanted)

    assert request["promise"]["resolve_by"] == datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    assert house.told_last("request_accepted")["wanted"] == wanted


def test_a_moment_that_has_passed_cannot_be_wanted(house: House) -> None:
    with pytest.raises(Invalid) as wrong:
        house.receive(wanted={"from": "2026-11-20T09:00:00Z"})

    assert list(wrong.value.errors) == ["wanted"]


@pytest.mark.parametrize(
    ("channel", "notify", "expected"),
    [("site", None, True), ("phone", None, False), ("counter", None, False), ("phone", True, True),
     ("email", None, True), ("api", False, False)],
)  # fmt: skip
def test_whoever_spoke_to_us_is_not_mailed_unless_asked(
    house: House, channel: str, notify: bool | None, expected: bool
) -> None:
    house.receive(channel=channel, notify=notify)

    assert house.told_last("request_received")["notify"] is expected


def test_an_information_question_answered_at_the_desk_never_leaves_it(house: House) -> None:
    request = house.receive(house.amira, channel="counter", answer={"text": "Tot vijf uur."})

    assert (request["state"], request["resolution"], request["kind"]) == ("closed", "answered", "information")
    assert house.told_types() == ["request_received", "request_closed"]


@pytest.mark.parametrize(("who", "language"), [("sanne", "nl"), ("daan", "en")])
@pytest.mark.parametrize("when", ["at once", "from triage"])
def test_an_article_alone_is_an_answer_in_the_requesters_language(
    house: House, who: str, language: str, when: str
) -> None:
    article = "01926f3a-0000-7000-8000-0000000000aa"
    body = {"nl": "Om zeven uur.", "en": "At seven."}
    house.tell(ARTICLE, article_id=article, body=body)
    requester = getattr(house, who)
    if when == "at once":
        asked = {"channel": "phone", "requester_id": requester.person_id, "kind": "information"}
        request = house.receive(house.amira, **asked, answer={"article_id": article})
    else:
        request = house.receive(requester, kind="information")
        house.act("answer_request", request, article_id=article)
    answer = house.get(request)["answer"]
    assert (answer["text"], answer["article_id"]) == (body[language], article)


def test_an_answer_says_something(house: House) -> None:
    with pytest.raises(Invalid):
        house.receive(house.amira, channel="phone", answer={})
    with pytest.raises(Invalid):
        house.act("answer_request", house.receive())


def test_a_withdrawn_article_answers_nothing_more_and_what_it_answered_keeps_it(house: House) -> None:
    article = "01926f3a-0000-7000-8000-0000000000aa"
    house.tell(ARTICLE, article_id=article, version=1)
    given = {"text": "Zie daar.", "article_id": article}
    answered = house.receive(house.amira, channel="phone", answer=given)
    asked = house.receive(house.amira, channel="phone")
    house.tell("catalog.article_withdrawn", article_id=article, version=1)
    with pytest.raises(Invalid) as wrong:
        house.receive(house.amira, channel="phone", answer=given)
    assert list(wrong.value.errors) == ["answer.article_id"]
    with pytest.raises(Invalid):
        house.act("answer_request", asked, article_id=article)
    assert house.get(answered)["answer"]["article_id"] == article


def test_withdrawal_of_an_article_and_its_versions_may_come_in_any_order(house: House) -> None:
    article = "01926f3a-0000-7000-8000-0000000000ab"
    given = {"channel": "phone", "answer": {"text": "Zie daar.", "article_id": article}}
    house.tell("catalog.article_withdrawn", article_id=article, version=2)
    for version in (1, 2):
        house.tell(ARTICLE, article_id=article, version=version)
        with pytest.raises(Invalid):
            house.receive(house.amira, **given)
    house.tell(ARTICLE, article_id=article, version=3)
    house.tell("catalog.article_withdrawn", article_id=article, version=2)
    assert house.get(house.receive(house.amira, **given))["answer"]["article_id"] == article


def test_an_answer_names_the_article_it_came_from(house: House) -> None:
    house.tell(ARTICLE, article_id="01926f3a-0000-7000-8000-0000000000aa")
    answer = {"text": "Zie daar.", "article_id": "01926f3a-0000-7000-8000-0000000000aa"}
    request = house.receive(house.amira, channel="phone", answer=answer)
    assert house.get(request)["answer"]["article_id"] == answer["article_id"]

    with pytest.raises(Invalid) as wrong:
        house.receive(house.amira, channel="phone", answer={**answer, "article_id": str(new_id())})
    assert list(wrong.value.errors) == ["answer.article_id"]


@pytest.mark.parametrize("field", ["product_id", "location_id"])
def test_what_is_named_must_exist(house: House, field: str) -> None:
    named: dict[str, Any] = {field: str(new_id())}
    with pytest.raises(Invalid) as wrong:
        house.receive(**named)

    assert list(wrong.value.errors) == [field]


def test_wrong_answers_are_told_in_the_language_of_the_one_who_asks(house: House) -> None:
    with pytest.raises(Wrong, match="Not all answers") as wrong:
        house.receive(house.daan, product_id=str(house.radiator), answers={"kleur": "blauw"})

    assert "answers.kleur" in wrong.value.errors
    assert house.told() == []


def test_a_complaint_about_a_product_does_not_order_it(house: House) -> None:
    request = house.receive(product_id=str(house.radiator), kind="complaint")

    assert (request["state"], request["standard"]) == ("triage", False)
    assert request["product"].slug == "werkplek-verhuizen"


def test_a_withdrawn_product_is_not_offered(house: House) -> None:
    withdrawn_at = {"withdrawn_at": "2026-11-23T08:00:00Z"}
    house.tell("catalog.product_withdrawn", product_id=str(house.radiator), version=2, **withdrawn_at)

    with pytest.raises(Invalid):
        house.receive_standard()


def test_the_newest_version_counts_whatever_the_order_in_which_they_came(house: House) -> None:
    product_id = str(new_id())
    house.publish_product(product_id=product_id, version=4, priority="P2")
    house.publish_product(product_id=product_id, version=3, priority="P1")

    request = house.receive(product_id=product_id, answers=ANSWERS)
    assert (request["product"].version, request["priority"]) == (4, "P2")


def test_a_new_version_is_used_at_once_by_a_process_that_remembers_the_old(house: House) -> None:
    product_id = str(new_id())
    house.publish_product(product_id=product_id, version=1, priority="P4")
    assert house.receive(product_id=product_id, answers=ANSWERS)["priority"] == "P4"

    house.publish_product(
        product_id=product_id, version=2, priority="P1", published_at="2026-11-23T08:00:00Z"
    )
    assert house.receive(product_id=product_id, answers=ANSWERS)["priority"] == "P1"


def test_withdrawal_and_publication_may_come_in_any_order(house: House) -> None:
    product_id = str(new_id())
    withdrawn = {"product_id": product_id, "version": 1, "withdrawn_at": "2026-11-02T08:00:00Z"}
    house.tell("catalog.product_withdrawn", **withdrawn)
    house.publish_product(product_id=product_id, version=1, published_at="2026-11-01T08:00:00Z")
    with pytest.raises(Invalid):
        house.receive(product_id=product_id, answers=ANSWERS)

    house.publish_product(product_id=product_id, version=2, published_at="2026-11-03T08:00:00Z")
    assert house.receive(product_id=product_id, answers=ANSWERS)["state"] == "in_progress"


# --- on whose behalf ---


def test_an_agent_reports_for_another(house: House) -> None:
    request = house.receive(house.amira, channel="phone", requester_id=house.sanne.person_id, priority="P1")

    assert (request["requester"].name, request["priority"]) == ("Sanne de Wit", "P1")
    assert house.get(request)["timeline"][0]["by"] == {"kind": "person", "name": "Amira Haddad"}


@pytest.mark.parametrize(
    "beyond", [{"priority": "P1"}, {"answer": {"text": "Ja."}}, {"requester_id": "of daan"}], ids=str
)
def test_a_requester_cannot_do_what_is_the_desks(house: House, beyond: dict[str, Any]) -> None:
    if "requester_id" in beyond:
        beyond = {"requester_id": house.daan.person_id}
    with pytest.raises(Forbidden):
        house.receive(house.sanne, **beyond)


def test_a_program_names_the_person_it_speaks_for(house: House) -> None:
    assert house.receive(house.program, channel="api", requester_id=house.sanne.person_id)
    with pytest.raises(Invalid) as wrong:
        house.receive(house.program, channel="api")

    assert list(wrong.value.errors) == ["requester_id"]


def test_another_must_be_known_but_whoever_signs_in_is_taken_at_their_word(house: House) -> None:
    with pytest.raises(Invalid):
        house.receive(house.amira, requester_id=str(new_id()))

    stranger = Actor("person", "new", "Nieuw", frozenset({"requester"}), str(new_id()), language="en")
    assert house.receive(stranger)["requester"].name == "Nieuw"
    assert house.told_last("request_received")["requester"]["language"] == "en"


# --- cost ---


def test_receiving_takes_three_statements(house: House, statements: list[str]) -> None:
    """A look-up, the request with its timeline, the outbox; an idempotency key adds one more."""
    house.receive_standard()
    statements.clear()
    house.receive_standard()

    assert len(statements) == 3


def test_so_does_what_must_be_assessed(house: House, statements: list[str]) -> None:
    house.receive()
    statements.clear()
    house.receive()

    assert len(statements) == 3


def test_what_the_desk_sorts_itself_takes_one_more_to_learn_from(house: House, statements: list[str]) -> None:
    house.receive()
    statements.clear()
    house.receive(house.amira, answer={"text": "Ja."})

    assert len(statements) == 4


def test_reading_takes_two_statements_and_a_list_one(house: House, statements: list[str]) -> None:
    request = house.receive_standard()
    statements.clear()
    house.get(request)
    assert len(statements) == 2

    statements.clear()
    house.list(q="radiator", open=True)
    assert len(statements) == 1


def test_what_is_promised_beforehand_is_what_is_promised_at_receipt(house: House) -> None:
    visitor = Actor("anonymous", "visitor", roles=frozenset({"visitor"}))

    before = house.call("preview_promise", visitor, product_id=str(house.radiator))
    assert before == house.receive_standard()["promise"]
    assert house.call("preview_promise", visitor) == house.receive()["promise"]


def test_nothing_is_promised_for_what_is_not_offered(house: House) -> None:
    with pytest.raises(NotFound):
        house.call("preview_promise", house.sanne, product_id=str(new_id()))
