"""Budgets on the manager's pages: the list, making one, changing one, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Invalid

from .conftest import Browser

BUDGET_ID = "01926f00-4000-7a01-8e44-8f9a0b1c2d11"
KARIN, LARS = "01926f00-4000-7a01-8e44-8f9a0b1c2d12", "01926f00-4000-7a01-8e44-8f9a0b1c2d13"
CUSTOMER_ID = "01926f00-4000-7a01-8e44-8f9a0b1c2d14"
LIST = "/manage/budgets"
HERE = f"{LIST}/{BUDGET_ID}"
Open = Callable[..., Browser]


def budget(**more: Any) -> dict[str, Any]:
    holder = {"person_id": KARIN, "stand_in_id": LARS, "name": "Karin Post", "stand_in": "Lars Bos"}
    return {"budget_id": BUDGET_ID, "key": "4100", "name": "Communicatie", "threshold_cents": 25_000,
            "rule": "first", "holders": [holder], "departments": ["Communicatie"], "customer_id": CUSTOMER_ID,
            "customer": "Stichting Meerwal", "valid_from": None, "valid_until": None, "version": 3,
            **more}  # fmt: skip


FILLED = {
    "name": "Communicatie", "customer_id": CUSTOMER_ID, "threshold": "1.250,00", "rule": "first",
    "seat0_holder": "Karin Post", "seat0_holder_id": KARIN, "seat0_holder_was": "Karin Post",
    "seat0_stand_in": "Lars Bos", "seat0_stand_in_id": LARS, "seat0_stand_in_was": "Lars Bos",
    "valid_from": "2026-01-01", "version": "3",
}  # fmt: skip
SENT = {
    "name": "Communicatie", "customer_id": CUSTOMER_ID, "threshold_cents": 125_000, "rule": "first",
    "holders": [{"person_id": KARIN, "stand_in_id": LARS}],
}  # fmt: skip


@pytest.fixture
def played(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "intake.list_budgets": {"items": [budget()]},
        "intake.get_cost_centre": budget(),
        "intake.change_cost_centre": budget(),
        "intake.add_cost_centre": budget(),
        "intake.list_people": {"items": [{"person_id": LARS, "name": "Lars Bos"}], "next_cursor": None},
        "intake.list_customers": {
            "items": [{"customer_id": CUSTOMER_ID, "name": "Stichting Meerwal", "people": 9, "open": 0}],
            "next_cursor": None,
        },
    }  # fmt: skip
    return transport


def test_the_list_says_who_pays_who_decides_and_until_when(browser: Open, played: FakeTransport) -> None:
    over = budget(key="3900", name="Oud", valid_from="2024-01-01", valid_until="2024-12-31", customer=None)
    played.answers["intake.list_budgets"] = {"items": [over, budget()]}
    page = browser("manager").get(LIST).text
    for said in (f'href="{HERE}"', "Stichting Meerwal", "Karin Post", "vervanger: Lars Bos", "250,00",
                 "31 dec 2024", "altijd", "Beëindigd"):  # fmt: skip
        assert said in page
    assert page.index(">4100<") < page.index(">3900<")


def test_without_any_the_list_says_what_that_means(browser: Open, played: FakeTransport) -> None:
    played.answers["intake.list_budgets"] = {"items": []}
    assert "Nog geen kostenplaatsen" in browser("manager").get(LIST).text


def test_one_is_changed_and_its_holders_stay_who_they_are(browser: Open, played: FakeTransport) -> None:
    manager = browser("manager")
    page = manager.get(HERE).text
    assert 'value="250.00"' in page
    assert 'name="key" value="4100"' not in page
    assert manager.post(HERE, FILLED).status_code == 303
    asked = played.asked("intake.change_cost_centre")
    assert str(asked.pop("valid_from")) == "2026-01-01"
    assert asked == {"budget_id": BUDGET_ID, "version": 3, **SENT}
    assert not [call for call in played.calls if call[0] == "intake.list_people"]


def test_a_new_one_finds_its_holder_by_name_or_address(browser: Open, played: FakeTransport) -> None:
    manager = browser("manager")
    page = manager.get(f"{LIST}/new?customer={CUSTOMER_ID}").text
    assert f'value="{CUSTOMER_ID}" selected' in page
    filled = {"key": "7300", "name": "Verhuizing", "threshold": "0", "rule": "any",
              "seat1_holder": "lars@meerwal.example"}  # fmt: skip
    assert manager.post(LIST, filled).status_code == 303
    assert played.asked("intake.list_people")["q"] == "lars@meerwal.example"
    assert played.asked("intake.add_cost_centre") == {
        "key": "7300", "name": "Verhuizing", "threshold_cents": 0, "rule": "any",
        "holders": [{"person_id": LARS}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("found", "said"), [([], "Niemand heet zo"), ([{"person_id": KARIN}, {"person_id": LARS}], "Meer mensen")]
)
def test_a_holder_who_is_not_one_person_is_asked_again(
    found: list[Any], said: str, browser: Open, played: FakeTransport
) -> None:
    played.answers["intake.list_people"] = {"items": found, "next_cursor": None}
    manager = browser("manager")
    manager.get(HERE)
    page = manager.post(HERE, {**FILLED, "seat1_holder": "Jan"})
    assert page.status_code == 422
    assert said in page.text
    assert 'id="seat1_holder-wrong"' in page.text
    assert 'name="seat0_holder_id" value="' + KARIN in page.text


def test_one_without_a_holder_says_so(browser: Open, played: FakeTransport) -> None:
    manager = browser("manager")
    manager.get(f"{LIST}/new")
    page = manager.post(LIST, {"key": "7300", "name": "Verhuizing", "threshold": "0", "rule": "any"})
    assert page.status_code == 422
    assert "Noem ten minste één houder" in page.text
    assert 'value="Verhuizing"' in page.text


def test_one_that_departments_are_charged_to_does_not_end(browser: Open, played: FakeTransport) -> None:
    played.answers["intake.change_cost_centre"] = Conflict("still_charged", "Communicatie")
    manager = browser("manager")
    manager.get(HERE)
    page = manager.post(HERE, {**FILLED, "valid_until": "2026-12-31"})
    assert page.status_code == 409
    assert "Geef die eerst een andere kostenplaats" in page.text
    assert 'value="2026-12-31"' in page.text


def test_a_key_that_is_taken_is_said_at_the_field(browser: Open, played: FakeTransport) -> None:
    text = "Another cost centre has this key. Choose another."
    played.answers["intake.add_cost_centre"] = Invalid("invalid", text, {"key": [text]})
    manager = browser("manager")
    manager.get(f"{LIST}/new")
    page = manager.post(LIST, {**FILLED, "key": "4100"})
    assert page.status_code == 422
    assert "Een andere kostenplaats heeft deze code" in page.text


def test_an_amount_that_is_none_is_said_at_the_field(browser: Open, played: FakeTransport) -> None:
    manager = browser("manager")
    manager.get(HERE)
    page = manager.post(HERE, {**FILLED, "threshold": "veel"})
    assert page.status_code == 422
    assert 'id="threshold-wrong"' in page.text


def test_it_is_reached_from_who_gets_what_and_from_customers(browser: Open, played: FakeTransport) -> None:
    played.answers |= {
        "dispatch.list_routing_rules": {"items": []}, "dispatch.list_providers": {"items": []},
        "catalog.list_products": {"items": [], "next_cursor": None},
        "intake.list_locations": {"items": [], "next_cursor": None},
        "dispatch.get_order_terms": {"cost_margin_percent": 10, "version": 3},
    }  # fmt: skip
    for path in ("/desk/customers", "/manage/routing"):
        assert f'href="{LIST}"' in browser("manager").get(path).text
    assert f'href="{LIST}"' not in browser("agent").get("/desk/customers").text
