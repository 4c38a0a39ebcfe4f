"""Requests, people and places."""

from __future__ import annotations

from datetime import date
from typing import Any

from gateway.clients.assets import Assets
from gateway.clients.begun import Begun
from gateway.clients.charges import Charges
from gateway.clients.confiding import Confiding
from gateway.clients.correcting import Correcting
from gateway.clients.cost_centres import CostCentres
from gateway.clients.counter import Counter
from gateway.clients.customers import Customers
from gateway.clients.involving import Involving
from gateway.clients.kwis import Kwis
from gateway.clients.mails import Mails
from gateway.clients.people import People
from gateway.clients.plans import Plans
from gateway.clients.promises import Promises
from gateway.clients.repeats import Repeats
from gateway.clients.transport import BULK_SECONDS, PART_SECONDS, Json


class Intake(
    Assets,
    Begun,
    Charges,
    Confiding,
    Involving,
    Kwis,
    Mails,
    People,
    Plans,
    Promises,
    Repeats,
    Correcting,
    Counter,
    Customers,
    CostCentres,
):
    __slots__ = ()
    service = "intake"

    def receive_request(self, **command: Any) -> Json:
        return self._call("receive_request", command)

    def preview_promise(self, product_id: str | None = None) -> Json:
        return self._call("preview_promise", {"product_id": product_id}, PART_SECONDS)

    def get_proposals(self, text: str, **more: Any) -> Json:
        return self._call("get_proposals", {"text": text, **more}, PART_SECONDS)

    def get_acceptance(self, first: date, last: date) -> Json:
        return self._call("get_acceptance", {"first": first, "last": last})

    def get_request(self, request_id: str) -> Json:
        return self._call("get_request", {"request_id": request_id})

    def list_requests(self, **filters: Any) -> Json:
        return self._call("list_requests", filters)

    def get_figures(self, first: date, last: date) -> Json:
        return self._call("get_figures", {"first": first, "last": last})

    def count_requests(self, lists: Json) -> Json:
        return self._call("count_requests", {"lists": lists})

    def triage_request(self, request_id: str, version: int, **command: Any) -> Json:
        return self._call("triage_request", {"request_id": request_id, "version": version, **command})

    def answer_request(self, request_id: str, version: int, **command: Any) -> Json:
        return self._call("answer_request", {"request_id": request_id, "version": version, **command})

    def decide_approval(self, request_id: str, version: int, **decision: Any) -> Json:
        return self._call("decide_approval", {"request_id": request_id, "version": version, **decision})

    def get_approval(self, request_id: str) -> Json:
        return self._call("get_approval", {"request_id": request_id})

    def list_approvals(self) -> Json:
        return self._call("list_approvals", {}, PART_SECONDS)

    def list_budgets(self) -> Json:
        return self._call("list_budgets", {})

    def save_budgets(self, items: list[Json]) -> Json:
        return self._call("save_budgets", {"items": items}, BULK_SECONDS)

    def reject_request(self, request_id: str, version: int, reason: str) -> Json:
        return self._call("reject_request", {"request_id": request_id, "version": version, "reason": reason})

    def join_request(self, request_id: str, version: int, main_id: str) -> Json:
        return self._call("join_request", {"request_id": request_id, "version": version, "main_id": main_id})

    def split_request(self, request_id: str, version: int) -> Json:
        return self._call("split_request", {"request_id": request_id, "version": version})

    def ask_requester(self, request_id: str, version: int, question: str) -> Json:
        return self._call(
            "ask_requester", {"request_id": request_id, "version": version, "question": question}
        )

    def reply_to_desk(self, request_id: str, **words: Any) -> Json:
        """`words`: text, and attachments (receipts) when there are any."""
        return self._call("reply_to_desk", {"request_id": request_id, **words})

    def add_note(self, request_id: str, **words: Any) -> Json:
        return self._call("add_note", {"request_id": request_id, **words})

    def get_attachment(self, request_id: str, attachment_id: str) -> Json:
        return self._call("get_attachment", {"request_id": request_id, "attachment_id": attachment_id})

    def list_known_files(self, digests: list[str]) -> Json:
        return self._call("list_known_files", {"digests": digests})

    def confirm_request(self, request_id: str, version: int) -> Json:
        return self._call("confirm_request", {"request_id": request_id, "version": version})

    def reopen_request(self, request_id: str, version: int, reason: str) -> Json:
        return self._call("reopen_request", {"request_id": request_id, "version": version, "reason": reason})

    def withdraw_request(self, request_id: str, version: int, reason: str) -> Json:
        return self._call(
            "withdraw_request", {"request_id": request_id, "version": version, "reason": reason}
        )

    def import_requests(self, mapping: str, records: list[Json]) -> Json:
        return self._call("import_requests", {"mapping": mapping, "records": records}, BULK_SECONDS)

    def get_own_person(self) -> Json:
        return self._call("get_own_person", {}, PART_SECONDS)

    def list_locations(self, **filters: Any) -> Json:
        return self._call("list_locations", filters)

    def list_people(self, **filters: Any) -> Json:
        return self._call("list_people", filters)

    def save_locations(self, items: list[Json]) -> Json:
        return self._call("save_locations", {"items": items}, BULK_SECONDS)

    def save_people(self, items: list[Json]) -> Json:
        return self._call("save_people", {"items": items}, BULK_SECONDS)
