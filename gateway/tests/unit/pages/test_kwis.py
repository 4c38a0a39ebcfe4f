"""Faults, complaints, wishes and questions on the pages of the desk, the site and the managers."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Invalid

from .conftest import Browser

CELLS = {each: {"low": "P4", "normal": "P3", "high": "P2"} for each in ("person", "group", "site")}
MATRIX: dict[str, Any] = {"version": 3, "cells": CELLS, "at": None, "by": None}
FIELDS = {f"{impact}.{urgency}": value for impact, row in CELLS.items() for urgency, value in row.items()}
PART = {"HX-Request": "true", "HX-Target": "proposals"}


@pytest.fixture
def matrix(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {"intake.get_priority_matrix": MATRIX, "intake.set_priority_matrix": MATRIX}
    return transport


def test_a_manager_sets_the_matrix_that_was_looked_at(
    browser: Callable[..., Browser], matrix: FakeTransport
) -> None:
    mo = browser("manager")
    assert 'name="site.high"' in mo.get("/manage/priorities").text
    assert mo.post("/manage/priorities", {"version": "3", **FIELDS}).status_code == 303
    assert matrix.asked("intake.set_priority_matrix") == {"version": 3, "cells": CELLS}


def test_what_makes_no_sense_comes_back_as_it_was_chosen(
    browser: Callable[..., Browser], matrix: FakeTransport
) -> None:
    wrong = Invalid("invalid", "Less pressing.", {"cells.site.low": ["Less pressing."]})
    matrix.answers["intake.set_priority_matrix"] = wrong
    mo = browser("manager")
    mo.get("/manage/priorities")
    answer = mo.post("/manage/priorities", {"version": "3", **FIELDS, "site.low": "P4"})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_an_agent_reads_the_matrix_and_has_nothing_to_change(
    browser: Callable[..., Browser], matrix: FakeTransport
) -> None:
    page = browser("agent").get("/manage/priorities").text
    assert 'name="site.high"' not in page


def test_whoever_types_of_danger_reads_at_once_what_to_do(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    nothing: dict[str, Any] = {"kinds": [], "products": [], "locations": [], "duplicates": []}
    transport.answers["intake.get_proposals"] = {**nothing, "danger": "gas"}
    page = unescape(browser().get("/report?text=Gaslucht", **PART).text)
    assert "Bel eerst 112" in page
    assert "laat de deur open" in page


AN_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
OTHER = "01926f00-1000-7a01-8e44-8f9a0b1c2d02"


def test_an_agent_links_by_number_and_by_what_it_is(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    known = {"items": [{"request_id": OTHER, "reference": "SD-26-000200"}], "next_cursor": None}
    transport.answers |= {"intake.list_requests": known, "intake.link_requests": {"version": 5}}
    amira = browser("agent")
    amira.get("/desk/new")
    form = {"version": "4", "kind": "child_of.blocks", "reference": "sd-26-000200"}
    assert amira.post(f"/desk/requests/{AN_ID}/link", form).status_code == 303
    wanted = {"request_id": AN_ID, "version": 4, "other_id": OTHER, "kind": "child_of", "rule": "blocks"}
    assert transport.asked("intake.link_requests") == wanted


def test_word_to_all_says_how_many_it_reached(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    transport.answers["intake.post_update"] = {"version": 5, "reached": 3}
    amira = browser("agent")
    amira.get("/desk/new")
    form = {"version": "4", "text": "Morgen", "reach": "all"}
    answer = amira.post(f"/desk/requests/{AN_ID}/update", form)
    assert answer.status_code == 303
    assert "3" in str(answer.headers.getlist("Set-Cookie"))


COMPLAINT = {
    "stage": "lodged", "about": None, "acknowledged_at": None, "remedy": None, "word": None, "cause": None,
    "cause_note": None, "remedy_request": None,
}  # fmt: skip


def dossier(**more: Any) -> dict[str, Any]:
    person = {"person_id": OTHER, "name": "Sanne", "department": None, "phone": None, "email": None}
    return {
        "request_id": AN_ID, "reference": "SD-26-000123", "version": 4, "state": "triage", "resolution": None,
        "kind": "complaint", "priority": "P3", "channel": "site", "summary": "Niet", "text": "Niet goed",
        "received_at": "2026-11-23T09:00:00Z", "updated_at": "2026-11-23T09:00:00Z", "attention": None,
        "waiting": None, "answers": {}, "answer": None, "requester": person, "location": None,
        "product": None,
        "promise": {"respond_by": "2026-11-23T13:00:00Z", "resolve_by": None}, "orders": [], "timeline": [],
        "complaint": COMPLAINT, "links": [], "unavailable": [], "clocks": [], "messages": [], "round": 0,
        "closes_at": None, "quantity": 1, "wanted": None, "standard": False, **more,
    }  # fmt: skip


@pytest.fixture
def complained(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "intake.get_request": dossier(),
        "intake.list_requests": {"items": [], "next_cursor": None},
        "dispatch.list_work_orders": {"items": [], "next_cursor": None},
        "catalog.list_products": {"items": [], "next_cursor": None},
        "monitoring.get_clocks": {"clocks": []},
        "notifications.list_messages": {"items": []},
    }
    return transport


STAGES = {
    "lodged": ("acknowledge", "triage"), "acknowledged": ("cause", "in_progress"),
    "cause_found": ("remedy", "in_progress"), "remedied": ("settle", "ready"),
    "contested": ("acknowledge", "triage"),
}  # fmt: skip


@pytest.mark.parametrize("stage", STAGES)
def test_the_desk_is_offered_the_step_that_comes_next_and_no_way_around_it(
    browser: Callable[..., Browser], complained: FakeTransport, stage: str
) -> None:
    step, state = STAGES[stage]
    complaint = {**COMPLAINT, "stage": stage}
    complained.answers["intake.get_request"] = dossier(state=state, complaint=complaint)
    page = browser("agent").get(f"/desk/requests/{AN_ID}").text
    for each in ("acknowledge", "remedy", "settle"):
        assert (f'action="/desk/requests/{AN_ID}/complaint/{each}"' in page) is (each == step)
    for each in ("answer", "reject", "confirm"):
        assert f'action="/desk/requests/{AN_ID}/{each}"' not in page


def test_the_spoken_word_goes_along_with_who_and_when(
    browser: Callable[..., Browser], complained: FakeTransport
) -> None:
    complained.answers["intake.settle_complaint"] = {"version": 5}
    amira = browser("agent")
    amira.get(f"/desk/requests/{AN_ID}")
    form = {"version": "4", "said_by": "Sanne", "said_at": "2026-11-23T10:15"}
    assert amira.post(f"/desk/requests/{AN_ID}/complaint/settle", form).status_code == 303
    sent = complained.asked("intake.settle_complaint")
    assert (sent["said_by"], sent["said_at"].isoformat()) == ("Sanne", "2026-11-23T10:15:00+01:00")


def test_what_is_missing_comes_back_with_what_was_typed(
    browser: Callable[..., Browser], complained: FakeTransport
) -> None:
    complaint = {**COMPLAINT, "stage": "remedied"}
    complained.answers["intake.get_request"] = dossier(state="ready", complaint=complaint)
    amira = browser("agent")
    amira.get(f"/desk/requests/{AN_ID}")
    answer = amira.post(f"/desk/requests/{AN_ID}/complaint/settle", {"version": "4", "said_at": "gisteren"})
    assert answer.status_code == 422
    assert 'value="gisteren"' in answer.text


def test_a_customer_chooses_what_the_complaint_is_about(
    browser: Callable[..., Browser], complained: FakeTransport
) -> None:
    order = {"work_order_id": OTHER, "state": "accepted", "round": 1, "title": {"nl": "Repareren"},
             "provider": {"name": "Vonk & Val"}}  # fmt: skip
    own = dossier(kind="fault", state="in_progress", round=1, orders=[order], complaint=None)
    complained.answers |= {"intake.get_request": own, "intake.receive_request": {"request_id": OTHER}}
    sanne = browser("requester")
    page = unescape(sanne.get(f"/requests/{AN_ID}/complain").text)
    assert "Vonk & Val" in page
    assert 'value="respond"' in page
    assert 'value="resolve"' not in page  # nothing was promised about that
    form = {"about": f"order.{OTHER}", "text": "Niemand kwam."}
    assert sanne.post(f"/requests/{AN_ID}/complain", form).status_code == 303
    sent = complained.asked("intake.receive_request")
    assert sent["about"] == {"request_id": AN_ID, "work_order_id": OTHER}
    assert sent["kind"] == "complaint"


def test_managers_see_complaints_by_supplier_and_each_number_is_a_list(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    provider = {"provider_id": OTHER, "name": "Vonk & Val", "count": 3, "open": 1}
    transport.answers["intake.get_complaint_figures"] = {
        "received": 3, "settled": 1, "unheard": 0, "to_close": 0,
        "acknowledged_in_time": {"count": 2, "of": 3}, "providers": [provider],
        "products": [], "causes": [{"cause": "late", "count": 2}],
    }  # fmt: skip
    page = unescape(browser("manager").get("/manage/complaints?days=7").text)
    assert f"complainedProviderId={OTHER}" in page
    assert "Vonk & Val" in page
    assert "Te laat" in page


INCIDENT = {
    "incident_id": OTHER, "title": "Geen verwarming", "state": "open", "version": 3, "closed_at": None,
    "opened_at": "2026-11-23T09:00:00Z", "opened_by": {"name": "Amira"}, "requests": [], "log": [],
}  # fmt: skip


@pytest.fixture
def incident(complained: FakeTransport) -> FakeTransport:
    complained.answers |= {
        "intake.get_incident": {**INCIDENT, "requests": [{**dossier(), "followers": 2}]},
        "intake.list_incidents": {"items": [{**INCIDENT, "count": 1}]},
        "intake.get_proposals": {"kinds": [], "products": [], "locations": [], "duplicates": []},
    }
    return complained


def test_reports_are_ticked_in_the_list_and_gathered(
    browser: Callable[..., Browser], incident: FakeTransport
) -> None:
    line = {**dossier(), "danger": None}
    incident.answers["intake.list_requests"] = lambda **asked: {
        "items": [] if asked.get("danger") else [line], "next_cursor": None,
    }  # fmt: skip
    incident.answers["intake.open_incident"] = {
        **INCIDENT, "outcomes": [{"outcome": "gathered"}, {"outcome": "over"}],
    }  # fmt: skip
    amira = browser("agent")
    assert 'name="request"' not in amira.get("/desk?queue=open").text
    assert f'name="request" value="{AN_ID}"' in amira.get("/desk?queue=open&pick=1").text
    page = amira.get(f"/desk/incidents/new?request={AN_ID}").text
    assert f'value="{AN_ID}" checked' in page
    answer = amira.post("/desk/incidents", {"title": "Geen verwarming", "request": AN_ID})
    assert answer.headers["Location"].endswith(f"/desk/incidents/{OTHER}")
    assert incident.asked("intake.open_incident") == {"title": "Geen verwarming", "request_ids": [AN_ID]}


def test_one_word_to_all_and_how_many_heard_it(
    browser: Callable[..., Browser], incident: FakeTransport
) -> None:
    incident.answers["intake.tell_incident"] = {**INCIDENT, "reached": 12}
    amira = browser("agent")
    assert "2 liften mee" in unescape(amira.get(f"/desk/incidents/{OTHER}").text)
    answer = amira.post(f"/desk/incidents/{OTHER}/update", {"version": "3", "text": "Bijna klaar"})
    assert answer.status_code == 303
    sent = incident.asked("intake.tell_incident")
    assert sent == {"incident_id": OTHER, "version": 3, "text": "Bijna klaar"}


def test_an_empty_word_comes_back_and_reaches_nobody(
    browser: Callable[..., Browser], incident: FakeTransport
) -> None:
    amira = browser("agent")
    amira.get(f"/desk/incidents/{OTHER}")
    for act in ("update", "close", "gather"):
        answer = amira.post(f"/desk/incidents/{OTHER}/{act}", {"version": "3", "text": " "})
        assert answer.status_code == 422
    asked = {name for name, _ in incident.calls}
    assert not asked & {"intake.tell_incident", "intake.close_incident", "intake.gather_requests"}


THEME = {
    "theme_id": OTHER, "name": {"nl": "Fietspomp", "en": "Bicycle pump"}, "state": "open", "version": 0,
    "reason": None, "made_at": "2026-11-23T09:00:00Z", "decided_at": None, "decided_by": None,
    "count": 4, "open": 4, "decide_by": "2026-11-20T09:00:00Z", "own_request_id": None,
}  # fmt: skip


def test_a_likely_theme_stands_first_and_the_wish_is_filed_under_it(
    browser: Callable[..., Browser], complained: FakeTransport
) -> None:
    other = {**THEME, "theme_id": "another", "name": {"nl": "Planten", "en": "Plants"}}
    complained.answers |= {
        "intake.get_request": dossier(kind="wish", complaint=None),
        "intake.list_themes": {"items": [other, THEME], "likely": [OTHER]},
        "intake.file_wish": {"version": 5},
    }
    amira = browser("agent")
    page = unescape(amira.get(f"/desk/requests/{AN_ID}").text)
    assert page.index("Fietspomp") < page.index("Planten")
    form = {"version": "4", "theme": OTHER, "name.nl": "", "name.en": ""}
    assert amira.post(f"/desk/requests/{AN_ID}/theme", form).status_code == 303
    assert complained.asked("intake.file_wish") == {"request_id": AN_ID, "version": 4, "theme_id": OTHER}


def test_the_product_owner_decides_and_a_manager_looks_on(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    transport.answers |= {
        "intake.get_theme": {**THEME, "requests": []},
        "intake.decide_theme": {**THEME, "reached": 4},
    }
    assert 'name="decision"' not in browser("manager").get(f"/manage/wishes/{OTHER}").text
    lars = browser("product_owner")
    assert 'name="decision"' in lars.get(f"/manage/wishes/{OTHER}").text
    form = {"version": "0", "decision": "yes", "reason.nl": "Ja", "reason.en": "Yes"}
    assert lars.post(f"/manage/wishes/{OTHER}/decision", form).status_code == 303
    sent = transport.asked("intake.decide_theme")
    assert sent["reason"] == {"nl": "Ja", "en": "Yes"}
    answer = lars.post(f"/manage/wishes/{OTHER}/decision", {"version": "0", "decision": "yes"})
    assert answer.status_code == 422


def test_a_colleague_wishes_it_too(browser: Callable[..., Browser], transport: FakeTransport) -> None:
    mine = {**THEME, "theme_id": "mine", "own_request_id": AN_ID}
    decided = {**THEME, "theme_id": "done", "state": "yes", "reason": {"nl": "Komt er", "en": "Comes"}}
    transport.answers |= {
        "intake.list_wishes": {"items": [THEME, mine, decided]},
        "intake.wish_too": {"request_id": AN_ID},
    }
    sanne = browser("requester")
    page = unescape(sanne.get("/wishes").text)
    assert page.count("Ik ook") == 1
    assert "Komt er" in page
    assert sanne.post(f"/wishes/{OTHER}/too").status_code == 303
    assert transport.asked("intake.wish_too") == {"theme_id": OTHER}


ARTICLE = {
    "article_id": OTHER, "slug": "fietsenstalling", "product_ids": [], "version": 1,
    "title": {"nl": "Fietsenstalling", "en": "Bicycle shed"},
    "body": {"nl": "Tot zeven uur.", "en": "Until seven."},
}  # fmt: skip


def test_a_question_is_answered_with_an_article_in_one_action(
    browser: Callable[..., Browser], complained: FakeTransport
) -> None:
    complained.answers |= {
        "intake.get_request": dossier(kind="information", complaint=None),
        "catalog.list_articles": {"items": [ARTICLE], "next_cursor": None},
        "intake.answer_request": {"version": 5},
    }
    amira = browser("agent")
    assert "Tot zeven uur." in amira.get(f"/desk/requests/{AN_ID}").text
    form = {"version": "4", "article_id": OTHER, "text": ""}
    assert amira.post(f"/desk/requests/{AN_ID}/answer", form).status_code == 303
    wanted = {"request_id": AN_ID, "version": 4, "article_id": OTHER}
    assert complained.asked("intake.answer_request") == wanted


def test_a_caller_is_answered_with_an_article_while_the_call_is_saved(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    transport.answers |= {
        "catalog.list_articles": {"items": [ARTICLE], "next_cursor": None},
        "intake.receive_request": {"request_id": AN_ID, "reference": "SD-26-000123"},
    }
    amira = browser("agent")
    assert f'name="article_id" value="{OTHER}"' in amira.get("/desk/new?text=fietsenstalling").text
    form = {"text": "Hoe laat sluit de stalling?", "kind": "information", "article_id": OTHER}
    assert amira.post("/desk/new", form).status_code == 303
    assert transport.asked("intake.receive_request")["answer"] == {"article_id": OTHER}


def test_whoever_types_a_question_may_find_its_answer_before_sending(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    transport.answers["catalog.list_articles"] = {"items": [ARTICLE], "next_cursor": None}
    page = unescape(browser().get("/report?text=Hoe+laat+sluit+de+stalling", **PART).text)
    assert "Tot zeven uur." in page
    assert f'formaction="/articles/{OTHER}/helped"' in page
