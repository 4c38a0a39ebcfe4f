"""Customers on the desk's pages: the whole of one, notes for the desk, keeping for managers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.pages.desk.customers import tree
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Invalid

from .conftest import Browser

CUSTOMER_ID = "01926f00-4000-7a01-8e44-8f9a0b1c2d01"
TOP_ID = "01926f00-4000-7a01-8e44-8f9a0b1c2d02"
BELOW_ID = "01926f00-4000-7a01-8e44-8f9a0b1c2d03"
NOTE_ID = "01926f00-4000-7a01-8e44-8f9a0b1c2d04"
PERSON_ID = "01926f00-4000-7a01-8e44-8f9a0b1c2d05"
HERE = f"/desk/customers/{CUSTOMER_ID}"
LINE = {"customer_id": CUSTOMER_ID, "name": "Stichting Meerwal", "version": 3, "ended_at": None,
        "people": 420, "open": 7}  # fmt: skip
Open = Callable[..., Browser]


def department(department_id: str, name: str, parent_id: str | None = None, **more: Any) -> dict[str, Any]:
    return {"department_id": department_id, "name": name, "parent_id": parent_id, "cost_centre": None,
            "people": 4, "version": 2, "ended_at": None, **more}  # fmt: skip


WHOLE: dict[str, Any] = {
    **LINE,
    "departments": [department(BELOW_ID, "Inkoop", TOP_ID), department(TOP_ID, "Bedrijfsvoering")],
    "cost_centres": [{"budget_id": NOTE_ID, "key": "4100", "name": "Communicatie", "threshold_cents": 25000,
                      "rule": "any", "valid_from": None, "valid_until": None}],
    "places": [{"location_id": NOTE_ID, "path": "De Sluis / 2", "people": 80}],
    "notes": [{"note_id": NOTE_ID, "text": "Nieuw contract", "at": "2026-11-20T09:00:00Z", "by": "Amira"}],
    "moments": [{"at": "2026-11-20T09:00:00Z", "type": "received", "channel": "phone", "direction": "in",
                 "text": "De lamp flikkert", "by": "Amira", "person": "Sanne de Wit", "person_id": PERSON_ID,
                 "request_id": NOTE_ID, "reference": "SD-26-000123"}],
}  # fmt: skip
PERSON = {"person_id": PERSON_ID, "name": "Sanne de Wit", "phone": "4100", "department": "Inkoop"}


@pytest.fixture
def played(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "intake.list_customers": {"items": [LINE], "next_cursor": None},
        "intake.get_customer": WHOLE,
        "intake.list_customer_people": {"items": [PERSON], "next_cursor": None},
        "intake.list_requests": {"items": []},
    }
    return transport


def test_the_list_leads_to_each_customer(browser: Open, played: FakeTransport) -> None:
    page = browser("agent").get("/desk/customers").text
    assert f'href="{HERE}"' in page
    assert "Een klant toevoegen" not in page
    assert 'href="/desk/customers"' in browser("agent").get("/desk/people").text


def test_a_customer_is_shown_whole(browser: Open, played: FakeTransport) -> None:
    page = browser("agent").get(HERE).text
    for said in ("Stichting Meerwal", "Inkoop", "4100", "De Sluis / 2", "Nieuw contract", "SD-26-000123",
                 "Sanne de Wit"):  # fmt: skip
        assert said in page
    assert "Hernoemen" not in page


def test_departments_stand_under_what_they_are_a_part_of_and_what_ended_last() -> None:
    gone = department(NOTE_ID, "Archief", ended_at="2026-01-01T09:00:00Z")
    found = tree([gone, *WHOLE["departments"]])
    assert [(depth, each["name"]) for depth, each in found] == [
        (0, "Bedrijfsvoering"), (1, "Inkoop"), (0, "Archief"),
    ]  # fmt: skip


def test_the_people_of_one_department_are_asked_for(browser: Open, played: FakeTransport) -> None:
    browser("agent").get(f"{HERE}?department={TOP_ID}")
    assert played.asked("intake.list_customer_people")["department_id"] == TOP_ID


def test_the_desk_notes_and_takes_a_note_away(browser: Open, played: FakeTransport) -> None:
    played.answers |= {"intake.add_relation_note": {}, "intake.remove_relation_note": {}}
    agent = browser("agent")
    agent.get(HERE)
    assert agent.post(f"{HERE}/notes", {"note_text": "Belt vaak"}).status_code == 303
    assert played.asked("intake.add_relation_note") == {"customer_id": CUSTOMER_ID, "text": "Belt vaak"}
    agent.post(f"{HERE}/notes/{NOTE_ID}/remove")
    assert played.asked("intake.remove_relation_note") == {"note_id": NOTE_ID}


@pytest.mark.parametrize(
    ("what", "form", "method", "sent"),
    [
        ("rename", {"name": "Meerwal", "version": "3"}, "rename_customer",
         {"customer_id": CUSTOMER_ID, "version": 3, "name": "Meerwal"}),
        ("end", {"version": "3"}, "end_customer", {"customer_id": CUSTOMER_ID, "version": 3}),
        ("revive", {"version": "3"}, "revive_customer", {"customer_id": CUSTOMER_ID, "version": 3}),
        ("add-department", {"name": "Post", "parent_id": TOP_ID, "cost_centre": "4100"}, "add_department",
         {"customer_id": CUSTOMER_ID, "name": "Post", "parent_id": TOP_ID, "cost_centre": "4100"}),
        ("change-department", {"department_id": TOP_ID, "version": "2", "name": "Post"}, "change_department",
         {"department_id": TOP_ID, "version": 2, "name": "Post"}),
        ("end-department", {"department_id": TOP_ID, "version": "2"}, "end_department",
         {"department_id": TOP_ID, "version": 2}),
    ],
)  # fmt: skip
def test_a_manager_keeps_it(
    what: str, form: dict[str, str], method: str, sent: Any, browser: Open, played: FakeTransport
) -> None:
    played.answers[f"intake.{method}"] = WHOLE
    manager = browser("manager")
    assert f'{HERE}/{"end" if what == "revive" else what}"' in manager.get(HERE).text
    assert manager.post(f"{HERE}/{what}", form).status_code == 303
    assert played.asked(f"intake.{method}") == sent


def test_one_that_can_not_end_says_what_to_do_first(browser: Open, played: FakeTransport) -> None:
    played.answers["intake.end_customer"] = Conflict("has_people", "420 people")
    manager = browser("manager")
    manager.get(HERE)
    page = manager.post(f"{HERE}/end", {"version": "3"})
    assert page.status_code == 409
    assert "Laat de lijst van personen zeggen waar zij nu horen" in page.text


def test_a_department_that_is_wrong_keeps_what_was_typed(browser: Open, played: FakeTransport) -> None:
    text = "This name is taken. Choose another."
    played.answers["intake.add_department"] = Invalid("invalid", text, {"name": [text]})
    manager = browser("manager")
    manager.get(HERE)
    page = manager.post(f"{HERE}/add-department", {"name": "Communicatie"})
    assert page.status_code == 422
    assert 'value="Communicatie"' in page.text
    assert "Deze naam bestaat al" in page.text


def test_there_is_nothing_else_to_do_to_a_customer(browser: Open, played: FakeTransport) -> None:
    manager = browser("manager")
    manager.get(HERE)
    assert manager.post(f"{HERE}/sell").status_code == 404


def test_a_manager_adds_one(browser: Open, played: FakeTransport) -> None:
    played.answers["intake.add_customer"] = WHOLE
    manager = browser("manager")
    manager.get("/desk/customers")
    added = manager.post("/desk/customers", {"name": "Kadehuis"})
    assert added.headers["Location"].endswith(HERE)
