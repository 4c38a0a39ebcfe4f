"""What was charged, on the pages: per cost centre and month, line by line, as a file, and on a dossier."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from gateway.testing import FakeTransport
from openpyxl import load_workbook

from .conftest import HTML, Browser

BOOKS, SITE = "/manage/charges", "/charges"
CENTRE = {"key": "4100", "name": "Communicatie"}
SUMS = {"amount_cents": 12_345, "requests": 3, "differences_cents": 0}
AN_ID = "01926f00-4000-7a01-8e44-8f9a0b1c2d11"
Open = Callable[..., Browser]


def line(**more: Any) -> dict[str, Any]:
    return {
        "charge_id": AN_ID, "month": "2026-11", "first_month": "2026-11", "booked_at": "2026-11-24T10:00:00Z",
        "cost_centre": CENTRE, "what": "price", "reason": "done", "amount_cents": 12_345,
        "confidential": False, "request_id": AN_ID, "reference": "SD-26-000123", "order_number": None,
        "product": {"product_id": AN_ID, "name": {"nl": "Lunch"}}, "person": "Sanne de Wit", **more,
    }  # fmt: skip


VEILED = line(confidential=True, **dict.fromkeys(("request_id", "reference", "product", "person")))


def of(month: str, **more: Any) -> dict[str, Any]:
    return {"cost_centre": CENTRE, "month": month, **SUMS, **more}


@pytest.fixture
def played(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "intake.list_charge_totals": {
            "items": [of("2026-10"), of("2026-11", amount_cents=-500, differences_cents=-500)],
            "next_cursor": None, "total": SUMS, "month": "2026-11", "holds": True,
        },
        "intake.list_charges": {
            "items": [
                line(amount_cents=-12_345, reason="taken_back", first_month="2026-10"), line(), VEILED,
            ],
            "next_cursor": None,
        },
    }  # fmt: skip
    return transport


def test_each_month_of_a_cost_centre_is_a_row_that_leads_to_its_lines(
    browser: Open, played: FakeTransport
) -> None:
    seen = browser("manager").get(f"{BOOKS}?from=2026-10&until=2026-11")
    assert "€\xa0123,45" in seen.text
    assert "€\xa0-5,00" in seen.text
    assert f"{BOOKS}/lines?from=2026-10&amp;until=2026-10&amp;cost_centre=4100" in seen.text
    assert seen.text.count("loopt nog") == 1, "only of the month that goes on"
    assert "verandert niet meer" in seen.text
    asked = played.asked("intake.list_charge_totals")
    assert (asked["first"], asked["last"]) == ("2026-10", "2026-11")


def test_what_has_no_cost_centre_stands_out_and_leads_to_its_lines(
    browser: Open, played: FakeTransport
) -> None:
    played.answers["intake.list_charge_totals"]["items"] = [of("2026-11", cost_centre=None)]
    seen = browser("manager").get(BOOKS).text
    assert "Geen kostenplaats" in seen
    assert "unassigned=yes" in seen


def test_a_line_says_what_it_is_and_on_which_month_it_is_a_difference(
    browser: Open, played: FakeTransport
) -> None:
    seen = browser("manager").get(f"{BOOKS}/lines?from=2026-11&until=2026-11&cost_centre=4100").text
    assert "Verschil op oktober 2026" in seen
    assert "Teruggeboekt" in seen
    assert "/desk/requests/" in seen
    assert "Vertrouwelijk" in seen
    asked = played.asked("intake.list_charges")
    assert (asked["first"], asked["last"], asked["cost_centre"]) == ("2026-11", "2026-11", "4100")


def test_who_holds_a_cost_centre_sees_them_on_the_site_without_a_way_into_requests_of_others(
    browser: Open, played: FakeTransport
) -> None:
    seen = browser("requester").get(f"{SITE}/lines").text
    assert "SD-26-000123" in seen
    assert "/desk/requests/" not in seen
    assert f"{SITE}/file/xlsx?" in seen


def test_who_holds_none_is_told_so(browser: Open, played: FakeTransport) -> None:
    played.answers["intake.list_charge_totals"] |= {"items": [], "holds": False}
    assert "U beheert geen kostenplaats" in browser("requester").get(SITE).text


@pytest.mark.parametrize("path", [BOOKS, f"{BOOKS}/lines", f"{BOOKS}/file/csv"])
def test_the_books_are_for_who_keeps_them(browser: Open, played: FakeTransport, path: str) -> None:
    assert browser("requester").get(path).status_code == 403


def test_the_workbook_speaks_the_language_of_who_saves_it_and_says_what_a_difference_is(
    browser: Open, played: FakeTransport
) -> None:
    path = f"{BOOKS}/file/xlsx?from=2026-10&until=2026-11&cost_centre=4100"
    saved = browser("manager").client.get(path, headers=HTML, base_url="https://desk.example")
    assert saved.headers["Content-Disposition"].endswith('"charges-2026-10-until-2026-11.xlsx"')
    book = load_workbook(BytesIO(saved.data))
    rows = list(book["charges"].iter_rows(values_only=True))
    assert rows[0][:3] == ("Maand", "Verschil op", "Kostenplaats")
    assert rows[1][:2] == ("2026-11", "2026-10")
    assert rows[1][5:7] == ("Prijs van het product", "Teruggeboekt")
    assert "verschil" in book["about"].cell(2, 1).value


def test_another_format_is_not_there(browser: Open, played: FakeTransport) -> None:
    assert browser("manager").get(f"{BOOKS}/file/pdf").status_code == 404


def test_months_that_are_none_are_refused(browser: Open, played: FakeTransport) -> None:
    assert browser("manager").get(f"{BOOKS}?from=2026-99").status_code == 422
