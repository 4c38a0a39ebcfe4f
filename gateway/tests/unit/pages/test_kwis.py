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
