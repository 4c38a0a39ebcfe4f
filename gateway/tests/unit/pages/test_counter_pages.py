"""The counter on its pages: what stands there, handing out, taking in, and what somebody has themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, NotFound, Stale

from .conftest import Browser

ITEM_ID = "01926f00-7000-7a01-8e44-8f9a0b1c2d11"
ENTRY_ID = "01926f00-7000-7a01-8e44-8f9a0b1c2d12"
SANNE = "01926f00-7000-7a01-8e44-8f9a0b1c2d13"
COUNTER, ITEM, ENTRY = "/desk/counter", f"/desk/counter/items/{ITEM_ID}", f"/desk/counter/entries/{ENTRY_ID}"
AT = "2026-11-26T10:00:00Z"
Open = Callable[..., Browser]


def item(**more: Any) -> dict[str, Any]:
    return {"item_id": ITEM_ID, "version": 3, "kind": "key", "number": "K-101", "name": "Archief",
            "place": "Kast 2", "withdrawn": False, "out": None, **more}  # fmt: skip


def entry(**more: Any) -> dict[str, Any]:
    line = {
        "sequence": 1,
        "action": "hand_out",
        "at": AT,
        "by": {"kind": "person", "name": "Ria"},
        "due_on": "2026-11-26",
        "remark": "Voor <de> monteur",
        "signed_by": "Sanne",
        "drawn": True,
    }
    return {"entry_id": ENTRY_ID, "version": 4, "reference": "B-00042", "kind": "key", "state": "out",
            "what": "Archief", "item": {"item_id": ITEM_ID, "number": "K-101"}, "host": None, "plate": None,
            "whom": {"person_id": SANNE, "name": "Sanne de Wit", "company": None}, "expected_at": None,
            "due_on": "2026-11-20", "overdue": True, "opened_at": AT, "closed_at": None, "place": None,
            "request_id": None, "actions": ["take_back", "extend", "lose"], "lines": [line],
            **more}  # fmt: skip


def visitor(**more: Any) -> dict[str, Any]:
    whom = {"person_id": None, "name": "Mw. Kuipers", "company": "Gemeente"}
    return entry(kind="visitor", state="announced", what="Overleg", item=None, whom=whom, overdue=False,
                 host={"person_id": SANNE, "name": "Sanne de Wit"}, expected_at=AT,
                 actions=["arrive", "miss", "cancel"], **more)  # fmt: skip


@pytest.fixture
def played(transport: FakeTransport) -> FakeTransport:
    counts = dict.fromkeys(("overdue", "waiting", "inside", "expected", "out", "lost"), 1)
    person = {"person_id": SANNE, "name": "Sanne de Wit", "department": "Communicatie"}
    transport.answers |= {
        "intake.get_counter": {"counts": counts, "today": "2026-11-26"},
        "intake.list_counter_entries": {"items": [entry()], "next_cursor": None},
        "intake.list_counter_items": {"items": [item()], "next_cursor": None},
        "intake.get_counter_item": item(),
        "intake.find_counter_item": item(),
        "intake.get_counter_entry": entry(),
        "intake.hand_out_item": entry(),
        "intake.act_on_counter_entry": entry(),
        "intake.find_counter_people": {"items": [person]},
        "intake.list_own_counter_entries": {"items": [visitor()], "next_cursor": None},
    }
    return transport


def test_the_counter_shows_what_is_out_and_overdue_and_by_whom(browser: Open, played: FakeTransport) -> None:
    page = browser("reception").get(COUNTER).text
    for said in ("K-101", "Archief", "Sanne de Wit", "Te laat", "Wacht op ophalen", f'href="{ENTRY}"'):
        assert said in page


def test_a_number_that_is_scanned_opens_its_thing_at_once(browser: Open, played: FakeTransport) -> None:
    answer = browser("agent").get(f"{COUNTER}?q=k-101")
    assert (answer.status_code, answer.headers["Location"]) == (303, ITEM)


def test_other_words_find_entries_and_things(browser: Open, played: FakeTransport) -> None:
    played.answers["intake.find_counter_item"] = NotFound("no_such_item", "There is no such thing.")
    page = browser("agent").get(f"{COUNTER}?q=archief").text
    assert f'href="{ITEM}"' in page
    assert f'href="{ENTRY}"' in page


def test_words_that_fit_one_person_hand_it_out_without_a_script(browser: Open, played: FakeTransport) -> None:
    desk = browser("reception")
    desk.get(ITEM)
    sent = {"version": "3", "who": "sanne", "signed_by": "Sanne de Wit", "due_on": "2026-12-01"}
    answer = desk.post(f"{ITEM}/hand-out", sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, ENTRY)
    asked = played.asked("intake.hand_out_item")
    assert (asked["person_id"], asked["version"], asked["signed_by"]) == (SANNE, 3, "Sanne de Wit")


def test_looking_somebody_up_leaves_the_key_of_the_form_to_what_is_done(
    browser: Open, played: FakeTransport
) -> None:
    desk = browser("reception")
    desk.get(ENTRY)
    desk.post(f"{ENTRY}/acts", {"version": "4", "action": "claim", "who": "sanne", "key": ENTRY_ID})
    sent = zip(played.calls, played.envelopes, strict=True)
    keys = {call[0]: envelope["idempotency_key"] for call, envelope in sent}
    assert keys["intake.act_on_counter_entry"] == ENTRY_ID
    assert keys["intake.find_counter_people"] is None


def test_somebody_from_outside_goes_by_the_name_as_it_stands(browser: Open, played: FakeTransport) -> None:
    desk = browser("reception")
    desk.get(ITEM)
    sent = {"version": "3", "who": "R. Jansen", "outside": "yes", "company": "Vonk & Val"}
    desk.post(f"{ITEM}/hand-out", sent)
    asked = played.asked("intake.hand_out_item")
    assert (asked["name"], asked["company"], asked.get("person_id")) == ("R. Jansen", "Vonk & Val", None)


def test_of_more_who_fit_one_is_chosen_and_what_was_typed_stays(browser: Open, played: FakeTransport) -> None:
    person = {"person_id": SANNE, "name": "Sanne de Wit", "department": None}
    other = {**person, "person_id": ITEM_ID, "name": "Sanne Bos"}
    played.answers["intake.find_counter_people"] = {"items": [person, other]}
    desk = browser("reception")
    desk.get(ITEM)
    answer = desk.post(f"{ITEM}/hand-out", {"version": "3", "who": "sanne", "remark": "Voor even"})
    assert answer.status_code == 422
    for said in ("Kies er hieronder een", "Sanne Bos", 'value="Voor even"'):
        assert said in answer.text


def test_who_was_second_is_told_and_shown_how_it_stands(browser: Open, played: FakeTransport) -> None:
    played.answers["intake.hand_out_item"] = Stale("stale", "It is handed out already. Look at it again.")
    desk = browser("agent")
    desk.get(ITEM)
    answer = desk.post(f"{ITEM}/hand-out", {"version": "3", "who": "sanne"})
    assert answer.status_code == 412
    assert 'role="alert"' in answer.text


def test_an_entry_shows_who_did_what_and_what_can_be_done(browser: Open, played: FakeTransport) -> None:
    page = browser("reception").get(ENTRY).text
    for said in ("Terugnemen", "Langer houden", "Het is kwijt", "Voor &lt;de&gt; monteur", "Getekend: Sanne",
                 f'src="{ENTRY}/signature/1"'):  # fmt: skip
        assert said in page
    assert "Maak er een storing van" not in page


def test_a_lost_key_becomes_a_fault_with_one_click(browser: Open, played: FakeTransport) -> None:
    played.answers["intake.get_counter_entry"] = entry(state="lost", actions=["report", "take_back"])
    played.answers["intake.report_counter_loss"] = entry(request_id=ITEM_ID)
    desk = browser("agent")
    assert "Maak er een storing van" in desk.get(ENTRY).text
    assert desk.post(f"{ENTRY}/fault", {"version": "4"}).status_code == 303
    assert played.asked("intake.report_counter_loss") == {"entry_id": ENTRY_ID, "version": 4}


def test_what_was_refused_is_said_where_it_was_done(browser: Open, played: FakeTransport) -> None:
    played.answers["intake.act_on_counter_entry"] = Conflict("not_allowed", "It is lost.")
    desk = browser("agent")
    desk.get(ENTRY)
    answer = desk.post(f"{ENTRY}/acts", {"version": "4", "action": "take_back"})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("kind", ["parcel", "found", "visitor"])
def test_there_is_a_form_for_all_that_comes_in(browser: Open, played: FakeTransport, kind: str) -> None:
    assert browser("reception").get(f"{COUNTER}/new/{kind}").status_code == 200
    assert browser("reception").get(f"{COUNTER}/new/elephant").status_code == 404


def test_a_visitor_who_is_here_comes_in_and_one_for_later_is_expected(
    browser: Open, played: FakeTransport
) -> None:
    played.answers |= {"intake.welcome_visitor": visitor(), "intake.announce_visitor": visitor()}
    desk = browser("reception")
    desk.get(f"{COUNTER}/new/visitor")
    sent = {"name": "Mw. Kuipers", "who": "sanne"}
    desk.post(f"{COUNTER}/new/visitor", sent)
    assert played.asked("intake.welcome_visitor") == {"name": "Mw. Kuipers", "host_id": SANNE}
    desk.post(f"{COUNTER}/new/visitor", {**sent, "expected_at": "2026-12-01T10:00"})
    assert played.asked("intake.announce_visitor")["expected_at"].isoformat() == "2026-12-01T10:00:00+01:00"


def test_one_sees_ones_own_and_nothing_of_how_the_counter_works(browser: Open, played: FakeTransport) -> None:
    page = browser("requester").get("/counter").text
    for said in ("Mw. Kuipers, Gemeente", "Komt niet", "Bezoek aanmelden"):
        assert said in page
    assert "/desk/counter" not in page


def test_a_visitor_is_announced_and_what_is_missing_is_said(browser: Open, played: FakeTransport) -> None:
    played.answers["intake.announce_own_visitor"] = visitor()
    mine = browser("requester")
    mine.get("/counter")
    answer = mine.post("/counter/visitors", {"name": "Mw. Kuipers"})
    assert answer.status_code == 422
    assert 'value="Mw. Kuipers"' in answer.text
    done = mine.post("/counter/visitors", {"name": "Mw. Kuipers", "expected_at": "2026-12-01T10:00"})
    assert done.status_code == 303


def test_each_form_of_an_entry_has_fields_of_its_own(browser: Open, played: FakeTransport) -> None:
    kept = entry(kind="found", state="kept", item=None, whom=None, actions=["claim", "collect", "pass_on"])
    played.answers["intake.get_counter_entry"] = kept
    page = browser("reception").get(ENTRY).text
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    found = browser("reception").get(f"{COUNTER}/people?who=sanne&at=collect-").text
    assert 'id="collect-counter-people"' in found
    assert 'id="counter-people"' in browser("reception").get(f"{COUNTER}/people?who=sanne&at=<b>").text
