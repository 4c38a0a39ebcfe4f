"""Every entry point decodes its command, asks for its permission, and answers. The broker is
servicekit's part.
"""

from __future__ import annotations

from typing import Any

import deskcontracts
import pytest
from intake.domain.errors import NotAllowed, TooLate, Wrong
from intake.entrypoints.approvals import Approvals
from intake.entrypoints.assets import Assets
from intake.entrypoints.beginning import Beginning
from intake.entrypoints.confiding import Confiding
from intake.entrypoints.facts import Facts
from intake.entrypoints.importing import Importing
from intake.entrypoints.kwis import Kwis
from intake.entrypoints.ledger import Ledger
from intake.entrypoints.mails import Mails
from intake.entrypoints.promises import Promises
from intake.entrypoints.relations import Relations
from intake.entrypoints.requests import Requests
from intake.service import IntakeService
from servicekit.errors import Conflict, Invalid

from servicekit import json

from .house import House

SOMETHING = "01990a3e-5c10-7d2e-9a41-3f5b7c9d1e20"

PERMISSIONS = {
    "receive_request": "requests.create",
    "begin_report": "reports.begin",
    "find_begun_report": "reports.finish",
    "get_request": "requests.read",
    "list_requests": "requests.read",
    "list_counter_items": "ledger.keep",
    "get_counter_item": "ledger.keep",
    "find_counter_item": "ledger.keep",
    "find_counter_tag": "ledger.scan",
    "add_counter_item": "ledger.keep",
    "change_counter_item": "ledger.keep",
    "hand_out_item": "ledger.keep",
    "get_counter": "ledger.keep",
    "list_counter_entries": "ledger.keep",
    "get_counter_entry": "ledger.keep",
    "get_counter_signature": "ledger.keep",
    "find_counter_people": "ledger.keep",
    "receive_parcel": "ledger.keep",
    "keep_found": "ledger.keep",
    "welcome_visitor": "ledger.keep",
    "announce_visitor": "ledger.keep",
    "act_on_counter_entry": "ledger.keep",
    "report_counter_loss": "ledger.keep",
    "list_own_counter_entries": "ledger.own",
    "announce_own_visitor": "ledger.own",
    "cancel_own_visitor": "ledger.own",
    "count_requests": "requests.read_all",
    "preview_promise": "catalog.read",
    "get_figures": "figures.read",
    "get_proposals": "proposals.read",
    "join_request": "requests.triage",
    "split_request": "requests.triage",
    "get_acceptance": "figures.read",
    "triage_request": "requests.triage",
    "answer_request": "requests.answer",
    "reject_request": "requests.triage",
    "ask_requester": "requests.direct",
    "reply_to_desk": "requests.reply",
    "add_note": "requests.direct",
    "set_priority": "requests.direct",
    "get_priority_matrix": "priorities.read",
    "set_priority_matrix": "priorities.write",
    "post_update": "requests.direct",
    "acknowledge_complaint": "requests.direct",
    "find_cause": "requests.direct",
    "remedy_complaint": "requests.direct",
    "settle_complaint": "requests.direct",
    "note_attempt": "requests.direct",
    "close_unheard": "complaints.close",
    "chain_complaint": "requests.direct",
    "get_complaint_figures": "figures.read",
    "open_incident": "requests.triage",
    "gather_requests": "requests.triage",
    "tell_incident": "requests.direct",
    "split_from_incident": "requests.triage",
    "close_incident": "requests.triage",
    "get_incident": "requests.read_all",
    "list_incidents": "requests.read_all",
    "file_wish": "requests.triage",
    "decide_theme": "wishes.decide",
    "list_themes": "requests.read_all",
    "get_theme": "requests.read_all",
    "list_wishes": "requests.create",
    "wish_too": "requests.create",
    "link_requests": "requests.triage",
    "unlink_requests": "requests.triage",
    "get_sender": "mails.bring",
    "save_sender": "mails.bring",
    "note_mail": "mails.bring",
    "make_promise": "requests.direct",
    "list_promises": "requests.read_all",
    "get_attachment": "requests.read",
    "list_known_files": "requests.read_all",
    "confirm_request": "requests.own_decision",
    "reopen_request": "requests.own_decision",
    "withdraw_request": "requests.own_decision",
    "decide_approval": "approvals.decide",
    "get_approval": "approvals.decide",
    "list_approvals": "approvals.decide",
    "list_budgets": "relations.read_people",
    "save_budgets": "relations.write",
    "import_requests": "imports.run",
    "list_assets": "assets.read",
    "list_asset_kinds": "assets.read",
    "get_asset": "assets.read",
    "get_asset_history": "requests.read_all",
    "get_sticker": "assets.scan",
    "get_danger_route": "routing.read",
    "set_danger_route": "routing.write",
    "save_assets": "assets.write",
    "import_assets": "imports.run",
    "confide_request": "requests.direct",
    "list_confidants": "requests.read_all",
    "save_confidants": "confidants.write",
    "list_locations": "relations.read",
    "get_own_person": "relations.read",
    "save_locations": "relations.write",
    "list_people": "relations.read_people",
    "save_people": "relations.write",
}

PARTS = (
    Requests, Approvals, Relations, Importing, Facts, Assets, Beginning, Confiding, Kwis, Ledger, Mails,
    Promises,
)  # fmt: skip


def entrypoints(attribute: str) -> dict[str, Any]:
    return {
        name: getattr(entrypoint, attribute)
        for part in PARTS
        for name in vars(part)
        for entrypoint in getattr(getattr(IntakeService, name), "nameko_entrypoints", ())
        if hasattr(entrypoint, attribute)
    }


def test_every_entry_point_asks_for_its_permission() -> None:
    assert entrypoints("permission") == PERMISSIONS
    assert set(PERMISSIONS.values()) <= set(deskcontracts.permissions())


def test_every_event_that_is_listened_to_has_a_contract_and_an_entry_point_of_its_name() -> None:
    events = entrypoints("event")

    assert set(events.values()) <= {event for event, _ in deskcontracts.events()}
    assert all(event.endswith(f".{name}") for name, event in events.items())


def test_answers_are_plain_json(house: House) -> None:
    request = json.plain(house.receive_standard())
    assert request["received_at"] == "2026-11-23T09:00:00Z"
    assert request["product"]["slug"] == "werkplek-verhuizen"

    found = json.plain(house.get(request))
    assert found["timeline"][0] == {
        "at": "2026-11-23T09:00:00Z",
        "type": "received",
        "by": {"kind": "person", "name": "Sanne de Wit"},
        "public": True,
        "data": {"channel": "site"},
    }
    assert {name: found[name] for name in request} == request
    [line] = json.plain(house.list())["items"]
    assert line == request


@pytest.mark.parametrize(
    ("method", "arguments", "field"),
    [
        ("receive_request", {"channel": "site"}, "text"),
        ("get_request", {"request_id": "SD-26-000001"}, "request_id"),
        ("list_requests", {"limit": 101}, "limit"),
        ("list_requests", {"sort": "name"}, "sort"),
        ("list_requests", {"q": "a\x00"}, "q"),
        ("triage_request", {"request_id": SOMETHING, "version": 1}, "product_id"),
        ("answer_request", {"request_id": SOMETHING, "version": "1", "text": "Ja."}, "version"),
        ("reject_request", {"request_id": SOMETHING, "version": 1}, "reason"),
        ("ask_requester", {"request_id": SOMETHING, "version": 1, "question": " "}, "question"),
        ("reply_to_desk", {"request_id": SOMETHING}, "text"),
        ("add_note", {"request_id": SOMETHING, "text": "x" * 20_001}, "text"),
        ("confirm_request", {"request_id": SOMETHING}, "version"),
        ("reopen_request", {"request_id": SOMETHING, "version": 1}, "reason"),
        ("withdraw_request", {"request_id": SOMETHING, "version": 1}, "reason"),
        ("import_requests", {"mapping": "m", "records": [{}] * 1001}, "records"),
        ("save_locations", {"items": [{"key": "a"}]}, "items.0.name"),
        ("save_people", {"items": [{"key": "a", "name": "A", "language": "fr"}]}, "items.0.language"),
        ("list_people", {"limit": 0}, "limit"),
        ("list_locations", {"q": 1}, "q"),
    ],
)
def test_what_is_malformed_is_refused_at_its_field(
    house: House, method: str, arguments: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        house.call(method, house.amira, **arguments)
    assert list(refused.value.errors) == [field]


def test_refusals_of_the_domain_reach_the_caller_by_kind() -> None:
    assert IntakeService.errors == {NotAllowed: Conflict, TooLate: Conflict, Wrong: Invalid}


def test_one_that_cannot_be_closed_does_not_keep_the_others_open(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = house.complete(house.receive_standard())
    fine = house.complete(house.receive_standard())
    from intake.handlers import completion

    close = completion.close_silent

    def fails_for_one(work: Any, rules: Any, request_id: Any) -> bool:
        if request_id == broken["request_id"]:
            raise RuntimeError("broken")
        return close(work, rules, request_id)

    monkeypatch.setattr(completion, "close_silent", fails_for_one)
    assert house.close_silent(fine["closes_at"]) == 1
    assert house.get(fine)["state"] == "closed"
