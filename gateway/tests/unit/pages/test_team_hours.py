"""When each of a team works, on its pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.accounts.members import Member, Members
from gateway.testing import FakeTransport
from servicekit.errors import Stale

from .conftest import ACCOUNT_ID, Browser
from .test_team import PROVIDER
from .test_team_weeks import BAS_ID, OTHERS

MORNINGS = {"days": [1, 2, 3, 4, 5], "start": "08:00", "end": "12:00", "zone": "Europe/Amsterdam"}
FORM = {"version": "2", "hours0_days": ["1", "5"], "hours0_start": "08:00", "hours0_end": "12:30",
        "hours1_start": "", "hours1_end": ""}  # fmt: skip


def hours(**changed: Any) -> dict[str, Any]:
    return {"provider_id": PROVIDER, "account_id": BAS_ID, "name": "Bas", "own": True, "hours": [MORNINGS],
            "absent": False, "version": 2, **changed}  # fmt: skip


@pytest.fixture
def people(transport: FakeTransport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Members, "of", lambda _self, _id: [Member(BAS_ID, "Bas"), Member(ACCOUNT_ID, "Tom")])
    transport.answers["dispatch.list_team_hours"] = {"items": [hours()]}
    transport.answers["dispatch.save_person_hours"] = hours()
    transport.answers["dispatch.list_providers"] = {
        "items": [{"provider_id": each, "kind": "team", "slug": each, "name": f"Team {each[-2:]}"}
                  for each in (PROVIDER, OTHERS)]
    }  # fmt: skip


@pytest.fixture
def tom(people: None, browser: Callable[..., Browser]) -> Browser:
    visitor = browser("team", "team_lead", provider_id=PROVIDER, language="en")
    visitor.get("/style")
    return visitor


def test_one_sees_who_works_when_and_who_does_not_count_yet(tom: Browser) -> None:
    page = tom.get("/team/hours").text
    for said in ("Bas", "08:00–12:00", "Not counted yet", f'href="/team/hours/{BAS_ID}"'):
        assert said in page
    assert "days are not counted" not in page


def test_while_nobody_said_anything_it_says_that_days_are_not_counted(
    tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.list_team_hours"] = {"items": []}
    assert "days are not counted" in tom.get("/team/hours").text


def test_a_member_reads_and_changes_nothing(people: None, browser: Callable[..., Browser]) -> None:
    page = browser("team", provider_id=PROVIDER, language="en").get("/team/hours").text
    assert "08:00–12:00" in page
    assert f"/team/hours/{BAS_ID}" not in page


def test_the_lead_says_when_somebody_works_and_all_of_the_team_go_along(
    tom: Browser, transport: FakeTransport
) -> None:
    assert tom.post(f"/team/hours/{BAS_ID}", FORM).status_code == 303
    assert transport.asked("dispatch.save_person_hours") == {
        "provider_id": PROVIDER, "account_id": BAS_ID, "version": 2,
        "hours": [{"days": [1, 5], "start": "08:00", "end": "12:30"}],
        "people": [{"account_id": BAS_ID, "name": "Bas"}, {"account_id": ACCOUNT_ID, "name": "Tom"}],
    }  # fmt: skip


def test_nothing_filled_in_is_when_the_team_works(tom: Browser, transport: FakeTransport) -> None:
    tom.post(f"/team/hours/{BAS_ID}", {"version": "2", "hours0_start": "", "hours0_end": ""})
    assert transport.asked("dispatch.save_person_hours")["hours"] == []


@pytest.mark.parametrize("wrong", [{"hours0_days": []}, {"hours0_end": ""}])
def test_what_is_half_filled_in_comes_back(tom: Browser, wrong: dict[str, Any]) -> None:
    answer = tom.post(f"/team/hours/{BAS_ID}", {**FORM, **wrong})
    assert answer.status_code == 422
    assert 'value="08:00"' in answer.text


def test_somebody_changed_it_meanwhile(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.save_person_hours"] = Stale("stale", "Changed.")
    assert tom.post(f"/team/hours/{BAS_ID}", FORM).status_code == 412


def test_who_is_not_of_the_team_is_not_found(tom: Browser) -> None:
    assert tom.get(f"/team/hours/{OTHERS}").status_code == 404


def test_a_manager_chooses_the_team(
    people: None, browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    karin = browser("manager", language="en")
    page = karin.get(f"/team/hours?team={OTHERS}").text
    assert f"/team/hours/{BAS_ID}?team={OTHERS}" in page
    assert karin.post(f"/team/hours/{BAS_ID}", {**FORM, "team": OTHERS}).status_code == 303
    assert transport.asked("dispatch.save_person_hours")["provider_id"] == OTHERS
