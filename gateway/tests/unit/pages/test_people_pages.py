"""The person's page: who calls, how to reach them, and what goes on with them."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Invalid, Stale

from .conftest import Browser
from .site_samples import request

PERSON_ID = "01926f00-2000-7a01-8e44-8f9a0b1c2e01"
NOTE_ID = "01926f00-2000-7a01-8e44-8f9a0b1c2e02"
AT = "2026-11-20T09:00:00Z"
PERSON: dict[str, Any] = {
    "person_id": PERSON_ID, "key": "sanne", "name": "Sanne <de Wit>", "language": "nl",
    "department": "Communicatie", "customer": "Stichting Meerwal", "personnel_number": "M-2043",
    "place": "De Sluis / 2.14", "contacts_version": 3,
    "phones": [{"number": "020 555 01 23", "label": None, "kept": False},
               {"number": "+31 6 12345678", "label": "mobiel", "kept": True}],
    "emails": [{"address": "sanne@meerwal.example", "label": None, "kept": False}],
    "addresses": [{"kind": "post", "text": "Kade 1"}],
    "notes": [{"note_id": NOTE_ID, "text": "Hoort <slecht>", "at": AT, "by": "Amira"}],
    "open": 1, "closed": 0, "ids": [PERSON_ID], "merged": [],
    "next_promise": {"request_id": PERSON_ID, "reference": "SD-26-000123", "summary": "Koud",
                     "until": AT, "what": "word"},
}  # fmt: skip
MOMENT = {
    "moment_id": "m1", "at": AT, "type": "received", "channel": "counter", "direction": "in",
    "text": "De radiator blijft koud", "by": "Amira", "request_id": PERSON_ID, "reference": "SD-26-000123",
}  # fmt: skip
LINE = {"person_id": PERSON_ID, "name": "Sanne", "phone": "020", "email": None, "department": None}


@pytest.fixture
def known(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "intake.get_person": PERSON,
        "intake.list_people": {"items": [LINE], "next_cursor": None},
        "intake.list_requests": {"items": [request()], "next_cursor": None},
        "intake.list_contact_moments": {"items": [MOMENT], "next_cursor": "more"},
    }
    return transport


@pytest.fixture
def amira(browser: Callable[..., Browser], known: FakeTransport) -> Browser:
    opened: Browser = browser("agent")
    return opened


def test_who_is_found_alone_is_opened_at_once(amira: Browser) -> None:
    answer = amira.get("/desk/people?q=0612345678")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/desk/people/{PERSON_ID}")


def test_of_several_one_chooses(amira: Browser, known: FakeTransport) -> None:
    known.answers["intake.list_people"] = {"items": [LINE, {**LINE, "name": "Daan"}], "next_cursor": None}
    page = amira.get("/desk/people?q=de").text
    assert "Sanne" in page
    assert "Daan" in page


def test_the_page_shows_numbers_notes_promise_and_contact(amira: Browser) -> None:
    page = amira.get(f"/desk/people/{PERSON_ID}").text
    for shown in ("Sanne &lt;de Wit&gt;", "tel:+31612345678", "M-2043", "Kade 1", "Hoort &lt;slecht&gt;",
                  "SD-26-000123", "De radiator blijft koud", "Volgende toezegging"):  # fmt: skip
        assert shown in page
    assert "cursor=more" in page


def test_without_the_permission_no_notes_and_no_contact(
    browser: Callable[..., Browser], known: FakeTransport
) -> None:
    page = browser("operator").get(f"/desk/people/{PERSON_ID}").text
    assert "note_text" not in page
    assert "list_contact_moments" not in str(known.calls)


def test_numbers_are_kept_line_by_line_and_empty_ones_left_out(amira: Browser, known: FakeTransport) -> None:
    known.answers["intake.save_contacts"] = PERSON
    amira.get(f"/desk/people/{PERSON_ID}")
    form = {
        "version": "3", "phones.0.number": "06-12345678", "phones.0.label": "mobiel", "phones.1.number": "",
        "addresses.0.text": "Kade 1", "addresses.0.kind": "post",
    }  # fmt: skip
    assert amira.post(f"/desk/people/{PERSON_ID}/contacts", form).status_code == 303
    said = known.asked("intake.save_contacts")
    assert said["phones"] == [{"number": "06-12345678", "label": "mobiel"}]
    assert said["addresses"] == [{"text": "Kade 1", "kind": "post"}]
    assert said["version"] == 3


@pytest.mark.parametrize(
    ("error", "status", "shown"),
    [(Invalid("invalid", "No.", {"phones.0.number": ["Geen nummer"]}), 422, "Geen nummer"),
     (Stale("stale", "Somebody else changed these."), 412, "bel mij")],
)  # fmt: skip
def test_what_is_refused_comes_back_as_it_was_typed(
    amira: Browser, known: FakeTransport, error: Exception, status: int, shown: str
) -> None:
    known.answers["intake.save_contacts"] = error
    amira.get(f"/desk/people/{PERSON_ID}")
    answer = amira.post(f"/desk/people/{PERSON_ID}/contacts", {"phones.0.number": "bel mij", "version": "3"})
    assert answer.status_code == status
    assert "bel mij" in answer.text
    assert shown in unescape(answer.text)


@pytest.mark.parametrize(
    ("path", "form", "method", "said"),
    [("notes", {"note_text": "Belt liever niet"}, "add_relation_note", {"text": "Belt liever niet"}),
     (f"notes/{NOTE_ID}/remove", {}, "remove_relation_note", {"note_id": NOTE_ID}),
     ("moments", {"text": "Vroeg hoe het staat", "channel": "counter", "direction": "in"}, "note_contact",
      {"channel": "counter", "text": "Vroeg hoe het staat"})],
)  # fmt: skip
def test_what_is_written_down_goes_to_the_person(
    amira: Browser, known: FakeTransport, path: str, form: dict[str, str], method: str, said: dict[str, str]
) -> None:
    known.answers[f"intake.{method}"] = {}
    amira.get(f"/desk/people/{PERSON_ID}")
    assert amira.post(f"/desk/people/{PERSON_ID}/{path}", form).status_code == 303
    assert said.items() <= known.asked(f"intake.{method}").items()


# --- persons who are the same ------------------------------------------------------------------------------

OTHER_ID = "01926f00-2000-7a01-8e44-8f9a0b1c2e03"
MERGE_ID = "01926f00-2000-7a01-8e44-8f9a0b1c2e04"
KNOWN = {"person_id": PERSON_ID, "key": "sanne", "name": "Sanne de Wit", "email": None, "phone": "020",
         "department": None, "customer": None, "personnel_number": None}  # fmt: skip
OTHER = {**KNOWN, "person_id": OTHER_ID, "key": "mail:s", "name": "S. de Wit"}
MERGE = {"merge_id": MERGE_ID, "person_id": OTHER_ID, "into_id": PERSON_ID, "name": "S. de Wit",
         "into_name": "Sanne de Wit", "reason": None, "at": AT, "by": "Amira", "undone_at": None,
         "undone_by": None}  # fmt: skip
MOVES = {"requests": 3, "open": 1, "going_along": 0, "contact_moments": 2, "notes": 0, "budgets": 0,
         "approvals": 0}  # fmt: skip
PREVIEW = {"person": OTHER, "into": KNOWN, "moves": MOVES, "along": 0}


APART = {"pair_id": "01926f00-5000-7a01-8e44-8f9a0b1c2d01", "people": [KNOWN, OTHER],
         "at": "2026-11-20T09:00:00Z", "by": "Amira Haddad"}  # fmt: skip


@pytest.fixture
def doubles(known: FakeTransport) -> FakeTransport:
    pair = {"people": [KNOWN, OTHER], "because": ["phone", "name"]}
    known.answers |= {
        "intake.list_doubles": {"items": [pair]},
        "intake.list_merges": {"items": [MERGE], "next_cursor": None},
        "intake.preview_merge": PREVIEW,
        "intake.merge_people": MERGE,
        "intake.undo_merge": MERGE,
        "intake.list_set_apart": {"items": [APART]},
        "intake.set_apart": APART,
        "intake.undo_set_apart": APART,
    }
    return known


def test_the_old_address_of_who_was_merged_leads_to_who_stays(amira: Browser, doubles: FakeTransport) -> None:
    answer = amira.get(f"/desk/people/{OTHER_ID}")
    assert answer.headers["Location"] == f"/desk/people/{PERSON_ID}"


def test_who_may_be_the_same_is_looked_up_when_the_page_stands(
    amira: Browser, doubles: FakeTransport
) -> None:
    page = amira.get(f"/desk/people/{PERSON_ID}")
    assert "intake.list_doubles" not in [name for name, _said in doubles.calls]
    part = amira.get(
        f"/desk/people/{PERSON_ID}", **{"HX-Request": "true", "HX-Target": "person-doubles"}
    ).text
    assert f"/desk/people/doubles/{OTHER_ID}/{PERSON_ID}" in part
    assert "hetzelfde telefoonnummer" in part
    assert page.status_code == 200


def test_pairs_stand_in_a_list_with_what_was_merged_lately(amira: Browser, doubles: FakeTransport) -> None:
    page = amira.get("/desk/people/doubles").text
    assert f"/desk/people/doubles/{OTHER_ID}/{PERSON_ID}" in page
    assert f"/desk/people/doubles/undo/{MERGE_ID}" in page


def test_what_goes_along_is_shown_before_anything_is_merged(amira: Browser, doubles: FakeTransport) -> None:
    page = amira.get(f"/desk/people/doubles/{OTHER_ID}/{PERSON_ID}").text
    assert "Vastgelegde contacten" in page
    assert "Beslist over budgetten" not in page
    assert "intake.merge_people" not in [name for name, _said in doubles.calls]
    answer = amira.post(f"/desk/people/doubles/{OTHER_ID}/{PERSON_ID}", {"reason": "Gevraagd"})
    assert answer.headers["Location"] == f"/desk/people/{PERSON_ID}"
    asked = {"person_id": OTHER_ID, "into_id": PERSON_ID, "reason": "Gevraagd"}
    assert doubles.asked("intake.merge_people") == asked


def test_who_was_merged_meanwhile_is_said(amira: Browser, doubles: FakeTransport) -> None:
    doubles.answers["intake.preview_merge"] = Conflict("same_person", "These two are one already.")
    answer = amira.get(f"/desk/people/doubles/{OTHER_ID}/{PERSON_ID}")
    assert answer.status_code == 409
    assert "action=" not in answer.text.partition("<main")[2]


def test_a_merge_is_undone_from_the_page(amira: Browser, doubles: FakeTransport) -> None:
    doubles.answers["intake.get_person"] = {**PERSON, "merged": [MERGE]}
    assert f"/desk/people/doubles/undo/{MERGE_ID}" in amira.get(f"/desk/people/{PERSON_ID}").text
    answer = amira.post(f"/desk/people/doubles/undo/{MERGE_ID}")
    assert answer.headers["Location"] == f"/desk/people/{OTHER_ID}"


def test_two_who_are_not_one_are_set_apart_and_that_is_taken_back(
    amira: Browser, doubles: FakeTransport
) -> None:
    page = amira.get("/desk/people/doubles").text
    assert "Niet dubbel" in page
    assert f"/desk/people/doubles/apart/{APART['pair_id']}/undo" in page
    one, other = KNOWN["person_id"], OTHER["person_id"]
    amira.get(f"/desk/people/doubles/{one}/{other}")
    assert amira.post(f"/desk/people/doubles/{one}/{other}/apart").status_code == 303
    assert doubles.asked("intake.set_apart") == {"person_id": one, "other_id": other}
    amira.post(f"/desk/people/doubles/apart/{APART['pair_id']}/undo")
    assert doubles.asked("intake.undo_set_apart") == {"pair_id": APART["pair_id"]}
