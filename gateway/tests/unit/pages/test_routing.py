"""Who gets what, as managers see and keep it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Invalid, Stale

from .conftest import Browser

RULE_ID = "01926f00-5000-7a01-8e44-8f9a0b1c2d01"
PROVIDER_ID = "01926f00-5100-7a01-8e44-8f9a0b1c2d01"
PLACE_ID = "01926f00-5200-7a01-8e44-8f9a0b1c2d01"
PRODUCT_ID = "01926f00-5300-7a01-8e44-8f9a0b1c2d01"
SKILLED = {
    "provider_id": PROVIDER_ID, "slug": "vonk-val", "name": "Vonk & Val", "kind": "supplier",
    "delivery": "rpc", "address": None, "skills": ["water"], "places": [], "hours": [], "capacity": 4,
    "in_hand": 4, "absences": [], "absent_until": None, "gone": False, "version": 2,
}  # fmt: skip
WINDOW = {"days": [6, 7], "start": "00:00", "end": "00:00", "zone": "Europe/Amsterdam"}
RULE: dict[str, Any] = {
    "rule_id": RULE_ID, "position": 1, "name": "Water", "active": True, "skill": None, "note": None,
    "conditions": [
        {"field": "priority", "values": ["P1"], "names": ["P1"], "negated": True, "window": None},
        {"field": "place", "values": [PLACE_ID], "names": ["De Sluis"], "negated": False, "window": None},
        {"field": "time", "values": [], "names": [], "negated": False, "window": WINDOW},
    ],
    "providers": [{"slug": "vonk-val", "name": "Vonk & Val"}], "needs": ["present"], "otherwise": "triage",
    "version": 3, "updated_at": "2026-11-23T09:00:00Z", "updated_by": "Karin", "fault": None,
    "covered_by": None,
}  # fmt: skip
PRODUCT = {
    "product_id": PRODUCT_ID, "slug": "lamp", "name": {"nl": "Lamp", "en": "Lamp"},
    "category": {"nl": "Reparaties", "en": "Repairs"},
}  # fmt: skip


@pytest.fixture
def played(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "dispatch.list_routing_rules": {"items": [RULE]},
        "dispatch.get_order_terms": {"cost_margin_percent": 10, "version": 3},
        "dispatch.save_order_terms": {"cost_margin_percent": 5, "version": 4},
        "dispatch.list_providers": {"items": [SKILLED]},
        "dispatch.get_provider": SKILLED,
        "catalog.list_products": {"items": [PRODUCT], "next_cursor": None},
        "intake.list_locations": {"items": [{"location_id": PLACE_ID, "path": "De Sluis"}]},
        "dispatch.save_routing_rule": RULE,
        "dispatch.move_routing_rule": {"items": [RULE]},
        "dispatch.delete_routing_rule": {"items": []},
        "dispatch.save_provider_profile": SKILLED,
    }
    return transport


GO_THERE = {
    "product_id": PRODUCT_ID, "slug": "gevaar", "name": {"nl": "Ga kijken", "en": "Go and look"},
    "category": {"nl": "Veiligheid", "en": "Safety"}, "kind": "fault", "priority": "P1",
}  # fmt: skip
UNCHOSEN: dict[str, Any] = {
    "version": 0, "product_id": None, "product": None, "fault": None, "at": None, "by": None,
}  # fmt: skip
CHOSEN = {**UNCHOSEN, "version": 4, "product_id": PRODUCT_ID, "product": GO_THERE,
          "at": "2026-11-23T09:00:00Z", "by": {"name": "Karin"}}  # fmt: skip
NOBODY = "Nobody is sent"


@pytest.fixture
def karin(browser: Callable[..., Browser]) -> Browser:
    visitor = browser("manager", language="en")
    visitor.get("/likings")
    return visitor


def test_a_rule_reads_as_a_sentence(played: FakeTransport, karin: Browser) -> None:
    page = karin.get("/manage/routing").text
    for text in ("not", "P1 danger", "De Sluis", "Saturday, Sunday 00:00–00:00", "Vonk &amp; Val", "Karin"):
        assert text in page
    assert "let the desk decide" in page


def test_a_rule_that_cannot_be_applied_says_so_to_its_owner(played: FakeTransport, karin: Browser) -> None:
    played.answers["dispatch.list_routing_rules"] = {"items": [{**RULE, "fault": "nobody has the skill 'x'"}]}
    page = karin.get("/manage/routing").text
    assert "can&#39;t be applied" in page
    assert "nobody has the skill" in page


def test_the_form_says_the_rule_that_is_there_and_says_it_again(
    played: FakeTransport, karin: Browser
) -> None:
    page = karin.get(f"/manage/routing/{RULE_ID}").text
    assert 'value="P1" checked' in page
    assert "De Sluis</textarea>" in page
    fields = {
        "version": "3", "name": "Water", "priority": "P1", "priority_negated": "yes", "place": "de sluis",
        "time_days": "6", "time_start": "00:00", "time_end": "00:00", "who": "providers",
        "providers": "vonk-val", "needs": "present", "otherwise": "triage", "active": "yes",
    }  # fmt: skip
    answer = karin.post(f"/manage/routing/{RULE_ID}", fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/manage/routing")
    said = played.asked("dispatch.save_routing_rule")
    assert (said["rule_id"], said["version"], said["providers"], said["active"]) == (
        RULE_ID, 3, ["vonk-val"], True,
    )  # fmt: skip
    assert said["conditions"] == [
        {"field": "priority", "values": ["P1"], "negated": True},
        {"field": "place", "values": [PLACE_ID], "negated": False},
        {"field": "time", "window": {"days": [6], "start": "00:00", "end": "00:00"}, "negated": False},
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"place": "Mars / 3"}, "There is no place &#39;Mars / 3&#39;"),
        ({"name": ""}, "has-wrong"),
        ({"time_days": "1"}, "tone-bad"),
    ],
)
def test_what_cannot_be_a_rule_comes_back_as_it_was_filled_in(
    played: FakeTransport, karin: Browser, change: dict[str, str], says: str
) -> None:
    karin.get("/manage/routing/new")
    fields = {"name": "Night", "note": "Because of the leak", "who": "providers", "providers": "vonk-val"}
    answer = karin.post("/manage/routing", {**fields, **change})
    assert answer.status_code == 422
    assert says in answer.text
    assert "Because of the leak" in answer.text


def test_what_dispatch_refuses_is_said_on_the_form(played: FakeTransport, karin: Browser) -> None:
    wrong = {"providers": ["Name who gets it, or a skill."]}
    played.answers["dispatch.save_routing_rule"] = Invalid("invalid", "The rule could not be applied.", wrong)
    karin.get("/manage/routing/new")
    answer = karin.post("/manage/routing", {"name": "Night"})
    assert answer.status_code == 422
    assert "Name who gets it" in answer.text


def test_a_rule_is_moved_and_taken_away(played: FakeTransport, karin: Browser) -> None:
    karin.get(f"/manage/routing/{RULE_ID}")
    karin.post(f"/manage/routing/{RULE_ID}/move", {"version": "3", "position": "2"})
    assert played.asked("dispatch.move_routing_rule") == {"rule_id": RULE_ID, "version": 3, "position": 2}
    karin.post(f"/manage/routing/{RULE_ID}/delete", {"version": "3"})
    assert played.asked("dispatch.delete_routing_rule") == {"rule_id": RULE_ID, "version": 3}


TRIED = {
    "at": "2026-11-23T09:00:00Z",
    "steps": [
        {
            "key": "repair", "title": {"nl": "Herstel", "en": "Repair"}, "intended": "x", "provider": None,
            "why": {"by": "triage"}, "error": {"code": "nobody_available", "detail": "Nobody of 'Water'."},
            "rules": [
                {
                    "rule_id": RULE_ID, "name": "Water", "outcome": "nobody", "detail": None, "ends": True,
                    "failed": [],
                    "refused": [{"slug": "vonk-val", "name": "Vonk & Val", "lacks": ["full"]}],
                }
            ],
        }
    ],
}  # fmt: skip


def test_a_try_out_shows_why_and_why_not(played: FakeTransport, karin: Browser) -> None:
    played.answers["dispatch.try_routing"] = TRIED
    page = karin.get(f"/manage/routing?product_id={PRODUCT_ID}&place=De+Sluis&priority=P1&drafts=true")
    assert "The desk decides" in page.text
    assert "Vonk &amp; Val (has no room)" in page.text
    assert played.asked("dispatch.try_routing") == {
        "product_id": PRODUCT_ID, "priority": "P1", "location_id": PLACE_ID, "drafts": True,
    }  # fmt: skip


def test_an_agent_reads_the_rules_and_changes_none(
    played: FakeTransport, browser: Callable[..., Browser]
) -> None:
    page = browser("agent", language="en").get("/manage/routing").text
    assert "Water" in page
    assert f"/manage/routing/{RULE_ID}/move" not in page


def test_what_a_provider_can_take_on_is_read_and_said_again(played: FakeTransport, karin: Browser) -> None:
    assert "4 of 4 in hand" in karin.get("/manage/routing/providers").text
    page = karin.get(f"/manage/routing/providers/{PROVIDER_ID}").text
    assert 'value="water"' in page
    fields = {
        "version": "2", "skills": "Water, Locks ", "places": "De Sluis", "capacity": "5",
        "hours0_days": "1", "hours0_start": "08:00", "hours0_end": "16:00",
        "absence0_first": "2026-12-24", "absence0_last": "2026-12-26", "absence0_stand_in": "bezemwijs",
    }  # fmt: skip
    assert karin.post(f"/manage/routing/providers/{PROVIDER_ID}", fields).status_code == 303
    said = played.asked("dispatch.save_provider_profile")
    assert (said["skills"], said["places"], said["capacity"]) == (["Water", "Locks"], [PLACE_ID], 5)
    assert said["hours"] == [{"days": [1], "start": "08:00", "end": "16:00"}]
    (absence,) = said["absences"]
    assert str(absence["start"]).startswith("2026-12-24 00:00:00+01:00")
    assert str(absence["end"]).startswith("2026-12-27 00:00:00+01:00")
    assert absence["stand_in"] == "bezemwijs"


def test_a_profile_that_somebody_else_changed_is_kept_on_the_form(
    played: FakeTransport, karin: Browser
) -> None:
    played.answers["dispatch.save_provider_profile"] = Stale("stale", "Somebody changed it.")
    karin.get(f"/manage/routing/providers/{PROVIDER_ID}")
    answer = karin.post(f"/manage/routing/providers/{PROVIDER_ID}", {"version": "1", "skills": "welding"})
    assert answer.status_code == 412
    assert 'value="welding"' in answer.text


def test_an_absence_without_days_that_can_be_read_is_refused(played: FakeTransport, karin: Browser) -> None:
    karin.get(f"/manage/routing/providers/{PROVIDER_ID}")
    fields = {"absence0_first": "tomorrow", "absence0_last": ""}
    answer = karin.post(f"/manage/routing/providers/{PROVIDER_ID}", fields)
    assert answer.status_code == 422
    assert "Write a first and a last day." in answer.text


# --- danger without a product ---


@pytest.mark.parametrize(
    ("route", "said"),
    [(UNCHOSEN, True), (CHOSEN, False), ({**CHOSEN, "product": None, "fault": "Not offered."}, True)],
)
def test_the_page_of_the_rules_says_when_nobody_is_sent_to_danger(
    karin: Browser, played: FakeTransport, route: dict[str, Any], said: bool
) -> None:
    played.answers["intake.get_danger_route"] = route
    assert (NOBODY in karin.get("/manage/routing").text) is said


def test_only_what_is_danger_can_be_chosen_for_it(karin: Browser, played: FakeTransport) -> None:
    played.answers["intake.get_danger_route"] = UNCHOSEN
    played.answers["catalog.list_products"] = {"items": [{**PRODUCT, "product_id": RULE_ID}, GO_THERE],
                                               "next_cursor": None}  # fmt: skip
    card = karin.get("/manage/routing").text.split('id="danger_product_id"')[1].split("</select>")[0]
    assert (f'value="{PRODUCT_ID}"' in card, f'value="{RULE_ID}"' in card) == (True, False)


@pytest.mark.parametrize("product_id", [PRODUCT_ID, None])
def test_a_manager_chooses_or_lets_it_wait(
    karin: Browser, played: FakeTransport, product_id: str | None
) -> None:
    played.answers |= {"intake.get_danger_route": CHOSEN, "intake.set_danger_route": CHOSEN}
    karin.get("/manage/routing")
    sent = {"version": "4", "danger_product_id": product_id or ""}
    assert karin.post("/manage/routing/danger", sent).status_code == 303
    assert played.asked("intake.set_danger_route") == {"version": 4, "product_id": product_id}


def test_what_is_refused_says_why_at_the_field(karin: Browser, played: FakeTransport) -> None:
    text = "Choose a product that is a fault with priority P1: danger is nothing less."
    played.answers |= {
        "intake.get_danger_route": UNCHOSEN,
        "intake.set_danger_route": Invalid("invalid", text, {"product_id": [text]}),
    }
    karin.get("/manage/routing")
    answer = karin.post("/manage/routing/danger", {"version": "0", "danger_product_id": PRODUCT_ID})
    assert answer.status_code == 422
    assert text in answer.text


def test_while_it_cannot_be_asked_the_rules_are_there_all_the_same(
    karin: Browser, played: FakeTransport
) -> None:
    page = karin.get("/manage/routing")
    assert (page.status_code, NOBODY in page.text) == (200, False)
