"""The dashboard: its figures, the lists behind them, and what is left when a service is away."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from gateway.api.schemas.clocks import ClockFilter
from gateway.api.schemas.promises import PromiseFilter
from gateway.api.schemas.requests import RequestFilter
from gateway.api.schemas.work_orders import WorkOrderFilter
from gateway.testing import FakeTransport
from servicekit.errors import Invalid

from .conftest import Browser

PROVIDER_ID = "01926f00-4000-7a01-8e44-8f9a0b1c2d01"
PRODUCT_ID = "01926f00-4100-7a01-8e44-8f9a0b1c2d01"
REQUEST_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
SHAPES = {
    "/manage/requests": RequestFilter(),
    "/manage/clocks": ClockFilter(),
    "/manage/orders": WorkOrderFilter(),
    "/manage/promises": PromiseFilter(),
}


def age(from_days: int, until_days: int | None, count: int) -> dict[str, Any]:
    return {
        "from_days": from_days,
        "until_days": until_days,
        "count": count,
        "received_from": "2026-11-24T09:00:00Z" if until_days else None,
        "received_before": "2026-11-23T09:00:00Z" if from_days else None,
    }


REQUESTS = {
    "days": [{"day": f"2026-11-{day:02d}", "received": day, "closed": day // 2} for day in range(1, 31)],
    "received": 465,
    "closed": 225,
    "open": {
        "count": 12,
        "states": [{"state": "triage", "count": 5}, {"state": "in_progress", "count": 7}],
        "ages": [age(0, 1, 4), age(1, 3, 3), age(3, 7, 0), age(7, 30, 4), age(30, None, 1)],
    },
    "standard": {"count": 30, "of": 40},
    "standard_over_time": [
        {"from": "2026-11-02", "until": "2026-11-08", "count": 12, "of": 18},
        {"from": "2026-11-09", "until": "2026-11-15", "count": 18, "of": 22},
        {"from": "2026-11-16", "until": "2026-11-22", "count": 0, "of": 0},
    ],
    "first_contact": {"count": 5, "of": 20},
    "reopened": {"count": 0, "of": 0},
    "cancelled_late": {
        "count": 3,
        "of": 9,
        "cost_cents": 4_550,
        "unpriced": 1,
        "products": [
            {
                "product_id": PRODUCT_ID,
                "name": {"nl": "Lunch", "en": "Lunch"},
                "count": 3,
                "cost_cents": 4_550,
                "unpriced": 1,
            }
        ],
    },
    "hand_offs": [{"hand_offs": number, "count": 9 - number} for number in range(4)],
    "imported_hand_offs": [
        {"hand_offs": number, "count": 100, "judged": 100, "in_time": 63 - 14 * number} for number in range(4)
    ],
    "kinds": [{"kind": "fault", "count": 400}, {"kind": None, "count": 65}],
    "promises": {
        "made": 21,
        "outcomes": {"open": 2, "kept": 9, "broken": 3, "replaced": 1, "released": 0},
        "teams": [
            {"team": None, "filter": "-", "open": 2, "kept": 9, "broken": 3, "replaced": 1, "released": 0}
        ],
    },
    "products": [{"product_id": PRODUCT_ID, "count": 9, "name": {"nl": "=Lamp", "en": "=Lamp"}}],
}
CLOCKS = {
    "kept": [{"clock": "resolve", "priority": "P2", "met": 9, "late": 3}],
    "days": [{"day": f"2026-11-{day:02d}", "met": 3, "late": day % 2} for day in range(1, 31)],
    "open": [{"clock": "resolve", "late": 2, "near": 1, "fine": 6, "paused": 1}],
    "minutes": {"requests": 12, "desk": 600, "supplier": 1200, "requester": 60},
}
ORDERS = {
    "providers": [
        {
            "provider_id": PROVIDER_ID, "slug": "vonk-val", "name": "Vonk & Val", "kind": "supplier",
            "open": 5, "late": 2, "failed": 1, "issued": 10, "refused": 1, "accepted": 8,
            "seconds_to_accept": 5400.0, "completed": 6, "not_at_once": 1,
            "hand_overs": 2,
        }
    ]
}  # fmt: skip


@pytest.fixture
def played(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "intake.get_figures": REQUESTS,
        "monitoring.get_figures": CLOCKS,
        "dispatch.get_figures": ORDERS,
    }
    return transport


@pytest.fixture
def mila(browser: Callable[..., Browser]) -> Browser:
    return browser("manager", language="en")


def links_in(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'href="(/manage/[^"]+)"', html)]


def test_what_was_cancelled_too_late_stands_with_its_cost_and_opens_its_list(
    played: FakeTransport, mila: Browser
) -> None:
    page = mila.get("/manage").text
    assert "€45.50 by the rules of their products; 9 were withdrawn" in page
    assert "3 orders were cancelled too late: €45.50." in page
    found = [link for link in links_in(page) if "cancelledLate=true" in link]
    assert any(PRODUCT_ID in link for link in found)
    assert mila.get("/manage/files/cancelled-late.csv").text.splitlines()[1].split(",")[1:] == [
        "3",
        "45.5",
        "1",
    ]


@pytest.mark.parametrize(("of", "shown"), [(0, False), (4, True)])
def test_while_nobody_cancels_too_late_there_is_a_nought_or_nothing(
    of: int, shown: bool, played: FakeTransport, mila: Browser
) -> None:
    none = {"count": 0, "of": of, "cost_cents": 0, "unpriced": 0, "products": []}
    played.answers["intake.get_figures"] = REQUESTS | {"cancelled_late": none}
    page = mila.get("/manage").text
    assert ("Cancelled too late" in page) is shown
    assert 'id="late"' not in page


def test_the_dashboard_shows_the_figures(played: FakeTransport, mila: Browser) -> None:
    page = mila.get("/manage")

    assert page.status_code == 200
    for text in ("12", "75%", "25%", "9 of 12 in time", "Vonk &amp; Val", "465 came in, 225 were closed"):
        assert text in page.text
    assert "Without a hand-over 63% met the deadline, after three or more 21%." in page.text


def test_of_nothing_there_is_no_share(played: FakeTransport, mila: Browser) -> None:
    page = mila.get("/manage")
    assert re.search(r"Came back</span>.{0,60}>–<", page.text, re.DOTALL)


def test_every_figure_leads_to_a_list_that_the_api_has_too(played: FakeTransport, mila: Browser) -> None:
    aside = (
        "/manage/products",
        "/manage/articles",
        "/manage/routing",
        "/manage/plans",
        "/manage/priorities",
        "/manage/corrections",
        "/manage/repeats",
        "/manage/complaints",
        "/manage/wishes",
        "/manage/charges",
    )  # places to go to, no figures
    found = [href for href in links_in(mila.get("/manage").text) if ".csv" not in href and href not in aside]

    assert {urlsplit(href).path for href in found} == set(SHAPES)
    for href in found:
        address = urlsplit(href)
        SHAPES[address.path].load(dict(parse_qsl(address.query)))  # raises for what it does not know


def test_every_picture_has_its_table_and_its_file(played: FakeTransport, mila: Browser) -> None:
    page = mila.get("/manage?days=7")
    files = [href for href in links_in(page.text) if ".csv" in href]

    assert page.text.count("<table") == len(files) == 12
    for href in files:
        assert "days=7" in href
        answer = mila.get(href)
        assert answer.status_code == 200
        assert answer.content_type == "text/csv; charset=utf-8"
        assert "attachment" in answer.headers["Content-Disposition"]


def test_a_file_runs_nothing_in_a_spreadsheet(played: FakeTransport, mila: Browser) -> None:
    assert "'=Lamp,9" in mila.get("/manage/files/products.csv").text


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("?from=2026-01-01&until=2026-01-31", "2026-01-01", "2026-01-31"),
        ("?until=2026-01-30", "2026-01-01", "2026-01-30"),
    ],
)
def test_one_may_look_at_other_days(
    played: FakeTransport, mila: Browser, query: str, first: str, last: str
) -> None:
    mila.get(f"/manage{query}")
    asked = played.asked("intake.get_figures")
    assert (str(asked["first"]), str(asked["last"])) == (first, last)


@pytest.mark.parametrize(("days", "count"), [("7", 7), ("90", 90), ("1000", 30), ("x", 30), ("", 30)])
def test_the_days_are_the_last_ones(played: FakeTransport, mila: Browser, days: str, count: int) -> None:
    mila.get(f"/manage?days={days}")
    asked = played.asked("dispatch.get_figures")
    assert (asked["last"] - asked["first"]).days == count - 1


def test_a_day_that_is_none_is_refused(played: FakeTransport, mila: Browser) -> None:
    assert mila.get("/manage?from=yesterday").status_code == 422


@pytest.mark.parametrize("away", ["intake", "monitoring", "dispatch"])
def test_a_service_that_is_away_leaves_the_rest(played: FakeTransport, mila: Browser, away: str) -> None:
    del played.answers[f"{away}.get_figures"]
    page = mila.get("/manage")

    assert page.status_code == 200
    assert page.text.count("does not answer. The rest stands.") == 1
    assert page.text.count("<table") >= 4


def test_a_file_of_a_service_that_is_away_says_so(played: FakeTransport, mila: Browser) -> None:
    del played.answers["monitoring.get_figures"]
    assert mila.get("/manage/files/kept.csv").status_code == 503
    assert mila.get("/manage/files/unknown.csv").status_code == 404


@pytest.mark.parametrize(
    ("path", "target", "item"),
    [
        ("requests?state=triage&standard=false&handOffs=3", "intake.list_requests",
         {"request_id": REQUEST_ID, "reference": "SD-26-1", "summary": "Cold <b>", "state": "triage",
          "resolution": None, "priority": "P2", "received_at": "2026-11-23T09:00:00Z", "product": None}),
        ("promises?state=broken&team=-&what=word", "intake.list_promises",
         {"request_id": REQUEST_ID, "reference": "SD-26-1", "summary": "Cold <b>", "what": "word",
          "until": "2026-11-23T09:00:00Z", "state": "broken", "team": None, "made_by": None}),
        ("clocks?standing=late&clock=resolve&priority=P2", "monitoring.list_clocks",
         {"request_id": REQUEST_ID, "reference": "SD-26-1", "clock": "resolve", "state": "breached",
          "warned_at": None, "level": {"priority": "P2"}, "due_at": "2026-11-23T09:00:00Z",
          "remaining_minutes": -60, "counterparty": "desk"}),
        (f"orders?providerId={PROVIDER_ID}&late=true&issuedFrom=2026-11-01T00:00:00Z",
         "dispatch.list_work_orders",
         {"request_id": REQUEST_ID, "work_order_id": PROVIDER_ID, "number": "SD-1-1", "title": {"en": "Lamp"},
          "provider": {"name": "Vonk & Val"}, "state": "issued", "delivery": {"state": "failed"},
          "issued_at": None, "planned_until": None}),
    ],
)  # fmt: skip
def test_a_list_shows_what_is_counted(
    played: FakeTransport, mila: Browser, path: str, target: str, item: dict[str, Any]
) -> None:
    played.answers[target] = {"items": [item], "next_cursor": "further"}
    page = mila.get(f"/manage/{path}")

    assert page.status_code == 200
    assert f"/desk/requests/{REQUEST_ID}" in page.text
    assert "<b>" not in page.text
    assert "cursor=further" in page.text
    assert len(played.asked(target)) == len(parse_qsl(path.partition("?")[2])) + 1


def test_a_list_says_which_it_is(played: FakeTransport, mila: Browser) -> None:
    played.answers["intake.list_requests"] = {"items": [], "next_cursor": None}
    page = mila.get("/manage/requests?standard=false&handOffs=3&kind=fault&open=true")

    for phrase in ("not standard", "handed over three times or more", "Fault", "open"):
        assert f'<li class="tag">{phrase}</li>' in page.text


def test_an_unknown_filter_is_refused_and_not_passed_over(played: FakeTransport, mila: Browser) -> None:
    assert mila.get("/manage/requests?colour=red").status_code == 422


def test_the_api_answers_the_same_figures(
    played: FakeTransport, client: Any, signed_in: Callable[..., dict[str, str]]
) -> None:
    answer = client.get("/v1/figures?from=2026-11-01&until=2026-11-30", headers=signed_in("agent"))

    assert answer.status_code == 200
    assert answer.json["requests"]["firstContact"] == {"count": 5, "of": 20}
    assert answer.json["clocks"]["minutes"]["supplier"] == 1200
    assert answer.json["workOrders"]["providers"][0]["secondsToAccept"] == 5400.0
    assert (answer.json["from"], answer.json["until"]) == ("2026-11-01", "2026-11-30")
    assert answer.json["unavailable"] == []


# --- a new product ---


FILLED = {
    "name": "Fietspomp (buiten)",
    "category": "reparaties",
    "kind": "order",
    "priority": "P4",
    "lead_time": "2",
    "unit": "working_days",
    "price": "fixed",
    "price_amount": "12,50",
    "question_1": "Waar staat de fiets?",
    "question_1_required": "1",
    "step_1_title": "Pomp brengen",
    "step_1_provider": "huisdienst",
    "step_2_title": "Pomp halen",
    "step_2_provider": "huisdienst",
}
REPAIRS = {"nl": "Reparaties", "en": "Repairs"}


@pytest.fixture
def catalogue(transport: FakeTransport) -> FakeTransport:
    """A catalogue with one product, and one team."""
    lamp = {
        "slug": "lamp", "name": {"nl": "Lamp"}, "category": REPAIRS, "kind": "fault", "version": 1,
        "lead_time": None, "price": None, "process": None,
    }  # fmt: skip

    def listed(slug: str = "", **_: Any) -> dict[str, Any]:
        return {"items": [lamp] if slug in ("", "lamp") else [], "next_cursor": None}

    transport.answers |= {
        "catalog.list_products": listed,
        "catalog.publish_product": {"product_id": PRODUCT_ID, "version": 1},
        "dispatch.list_providers": {"items": [{"slug": "huisdienst", "name": "Huisdienst"}]},
    }
    return transport


@pytest.fixture
def lars(browser: Callable[..., Browser]) -> Browser:
    """Whoever owns products."""
    found = browser("product_owner")
    found.get("/manage/products/new")
    return found


def test_a_product_is_looked_at_first_and_published_then(lars: Browser, catalogue: FakeTransport) -> None:
    page = lars.post("/manage/products/new", FILLED)
    assert page.status_code == 200
    assert "Pomp halen" in page.text
    assert not [each for each in catalogue.calls if each[0] == "catalog.publish_product"]

    answer = lars.post("/manage/products/new", {**FILLED, "publish": "1"})
    assert answer.headers["Location"] == "/products/fietspomp-buiten"
    sent = catalogue.asked("catalog.publish_product")
    assert (sent["slug"], sent["category"]) == ("fietspomp-buiten", REPAIRS)
    assert sent["price"] == {"kind": "fixed", "amount_cents": 1250}
    assert [step["depends_on"] for step in sent["process"]["steps"]] == [[], ["step-1"]]
    assert [(each["type"], each["required"]) for each in sent["questions"]] == [("text", True)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Lamp"}, "name"),
        ({"name": "!!!"}, "name"),
        ({"category": ""}, "category"),
        ({"lead_time": "two"}, "lead_time"),
        ({"price_amount": ""}, "price_amount"),
        ({"price_amount": "duur"}, "price_amount"),
        ({"step_2_provider": ""}, "step_2_provider"),
        ({"step_1_title": ""}, "step_1_title"),
        ({"kind": "nonsense"}, "kind"),
    ],
)
def test_what_is_wrong_stands_beside_what_was_typed(
    lars: Browser, catalogue: FakeTransport, changed: dict[str, str], field: str
) -> None:
    page = lars.post("/manage/products/new", {**FILLED, **changed, "publish": "1"})
    assert page.status_code == 422
    assert f'id="{field}-wrong"' in page.text
    assert "Pomp brengen" in page.text or field == "step_1_title"
    assert not [each for each in catalogue.calls if each[0] == "catalog.publish_product"]


def test_what_the_catalogue_refuses_stands_beside_its_field(lars: Browser, catalogue: FakeTransport) -> None:
    catalogue.answers["catalog.publish_product"] = Invalid(
        "invalid", "This product is not right.", {"process.steps": ["Add at least one step."]}
    )
    page = lars.post("/manage/products/new", {**FILLED, "publish": "1"})
    assert 'id="step_1_title-wrong"' in page.text
