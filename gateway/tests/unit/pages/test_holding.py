"""Taking an order, giving it back and handing it over, as one of the team sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.accounts.members import Member, Members
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Invalid

from .conftest import ACCOUNT_ID, Browser
from .test_team import ORDER_ID, PROVIDER, listing, whole

BAS_ID = "01926f00-2000-7a01-8e44-8f9a0b1c2d77"
OTHERS = "01926f00-4000-7a01-8e44-8f9a0b1c2d02"
TEAM = [Member(BAS_ID, "Bas"), Member(ACCOUNT_ID, "Tom", leads=True)]
BAS_HAS_IT = {"account_id": BAS_ID, "name": "Bas", "since": "2026-11-25T08:00:00Z"}
ALL = ["take", "assign", "give_back", "hand_over"]
PAGE = f"/team/orders/{ORDER_ID}"


@pytest.fixture
def tom(
    browser: Callable[..., Browser], transport: FakeTransport, monkeypatch: pytest.MonkeyPatch
) -> Browser:
    """In a team with Bas. Accounts lie in the database, which is not here."""
    monkeypatch.setattr(Members, "of", lambda _self, _provider_id: TEAM)
    transport.answers["dispatch.list_providers"] = {
        "items": [
            {"provider_id": PROVIDER, "kind": "team", "name": "Technische Dienst"},
            {"provider_id": OTHERS, "kind": "team", "name": "Huisdienst"},
            {"provider_id": ORDER_ID, "kind": "supplier", "name": "Vonk & Val"},
        ]
    }
    visitor = browser("team", provider_id=PROVIDER, language="en")
    visitor.get("/style")
    return visitor


def test_taking_is_one_press_on_the_list(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_list"] = listing(whole(actions=["take", "accept"]))
    page = tom.get("/team").text
    assert f'action="{PAGE}/take"' in page
    assert "nobody yet" in page
    transport.answers["dispatch.take_work_order"] = whole()
    answer = tom.post(f"{PAGE}/take", {"version": "4", "back": "list"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/team")
    assert transport.asked("dispatch.take_work_order") == {"work_order_id": ORDER_ID, "version": 4}


def test_who_comes_second_reads_who_has_it(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.take_work_order"] = Conflict("already_taken", "Bas has it already.")
    transport.answers["dispatch.get_work_order"] = whole(assignee=BAS_HAS_IT, actions=["assign"])
    answer = tom.post(f"{PAGE}/take", {"version": "4", "back": "list"})
    assert answer.status_code == 409
    assert "Bas has it already." in answer.text


def test_it_goes_to_a_colleague_or_another_team_and_not_to_a_supplier(
    tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.get_work_order"] = whole(actions=ALL)
    page = tom.get(PAGE).text
    assert f'<option value="{BAS_ID}">Bas</option>' in page
    assert "Tom (yourself)" in page
    assert f'<option value="{OTHERS}">Huisdienst</option>' in page
    assert "Vonk" not in page
    transport.answers["dispatch.assign_work_order"] = whole()
    answer = tom.post(f"{PAGE}/assign", {"version": "4", "account_id": BAS_ID, "reason": "He has the key"})
    assert answer.headers["Location"] == PAGE
    assert transport.asked("dispatch.assign_work_order") == {
        "work_order_id": ORDER_ID, "version": 4, "account_id": BAS_ID, "name": "Bas",
        "reason": "He has the key",
    }  # fmt: skip


def test_what_went_to_another_team_is_left_behind(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.hand_over_work_order"] = whole(state="cancelled")
    fields = {"version": "4", "provider_id": OTHERS, "reason": "A socket"}
    assert tom.post(f"{PAGE}/hand-over", fields).headers["Location"] == "/team"
    assert transport.asked("dispatch.hand_over_work_order")["reason"] == "A socket"


def test_a_stranger_is_no_colleague(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_order"] = whole(actions=ALL)
    answer = tom.post(f"{PAGE}/assign", {"version": "4", "account_id": OTHERS})
    assert answer.status_code == 422
    assert "Choose somebody of the team." in answer.text
    assert not [call for call in transport.calls if call[0] == "dispatch.assign_work_order"]


def test_why_is_asked_where_somebody_has_it(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_order"] = whole(actions=["assign"], assignee=BAS_HAS_IT)
    text = "Say why it goes to somebody else."
    transport.answers["dispatch.assign_work_order"] = Invalid("missing_detail", text, {"reason": [text]})
    answer = tom.post(f"{PAGE}/assign", {"version": "4", "account_id": ACCOUNT_ID})
    assert text in answer.text
    assert f'<option value="{ACCOUNT_ID}" selected>' in answer.text
    assert f'<option value="{BAS_ID}"' not in answer.text


@pytest.mark.parametrize(
    ("mark", "says"),
    [
        ({"from": "Bas", "why": "absent", "reason": "ill"}, "Back from Bas, who is absent: ill"),
        ({"from": "Bas", "why": "given_back", "reason": "No key"}, "Given back by Bas: No key"),
    ],
)
def test_what_came_back_says_why(
    mark: dict[str, Any], says: str, tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.get_work_order"] = whole(came_back={**mark, "at": "2026-11-25T08:00:00Z"})
    assert says in tom.get(PAGE).text


def test_the_story_says_to_whom_it_went(tom: Browser, transport: FakeTransport) -> None:
    line = {
        "action": "assign", "at": "2026-11-25T08:00:00Z", "by": {"kind": "person", "name": "Tom"},
        "assignee": {"account_id": BAS_ID, "name": "Bas"}, "reason": "He has the key",
    }  # fmt: skip
    transport.answers["dispatch.get_work_order"] = whole(history=[line])
    page = tom.get(PAGE).text
    assert "handed it to Bas" in page
    assert "He has the key" in page
