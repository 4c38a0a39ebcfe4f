"""A small organisation to test with, and its use cases as a caller of the service would reach them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import deskcontracts
import sqlalchemy as sa
from intake import heard, messages
from intake.domain.rules import Rules
from intake.handlers import (
    completion,
    conversation,
    facts,
    importing,
    reading,
    receiving,
    relations,
    triage,
)
from servicekit.actor import Actor
from servicekit.ids import new_id

RULES = Rules()
Facts = Sequence[dict[str, Any]]
SANNE = {
    "key": "sanne",
    "name": "Sanne de Wit",
    "email": "sanne@meerwal.example",
    "phone": "020-555 01 23",
}


def person(name: str, *roles: str, person_id: str | None = None, language: str = "nl") -> Actor:
    return Actor("person", f"account-{name}", name, frozenset(roles), person_id, language=language)


class House:
    """Every method is one transaction. Results are plain values, as a caller gets them."""

    def __init__(self, work: Any, clock: Any, published: Any) -> None:
        self.work, self.clock, self._published = work, clock, published
        self.engine: sa.Engine = work.engine
        saved = self.save_people(
            {**SANNE, "department": "Communicatie", "customer": "Stichting Meerwal"},
            {"key": "daan", "name": "Daan Smit", "email": "daan@meerwal.example", "language": "en"},
        )
        ids = {item["key"]: str(item["person_id"]) for item in saved["items"]}
        self.sanne = person("Sanne de Wit", "requester", person_id=ids["sanne"])
        self.daan = person("Daan Smit", "requester", person_id=ids["daan"], language="en")
        self.amira = person("Amira Haddad", "agent", person_id=str(new_id()))
        self.program = Actor("program", "sensor", "Sensor", frozenset({"program"}))
        self.radiator = self.publish_product()

    # --- what others publish ---

    def publish_product(self, **changes: Any) -> UUID:
        fact = {**deskcontracts.example("catalog.product_published"), "product_id": str(new_id()), **changes}
        with self.work() as w:
            facts.product_published(w, heard.ProductPublished().load(fact))
        return UUID(fact["product_id"])

    def tell(self, event: str, **changes: Any) -> None:
        """A fact of another service: its contract's example, with changes."""
        fact = {**deskcontracts.example(event), **changes}
        wrong = deskcontracts.violations(event, 1, fact)
        assert not wrong, wrong
        with self.work() as w:
            self._take_in(w, event, fact)

    def _take_in(self, w: Any, event: str, fact: dict[str, Any]) -> None:
        match event:
            case "dispatch.work_orders_planned":
                facts.orders_planned(w, heard.WorkOrdersPlanned().load(fact))
            case "dispatch.work_order_changed":
                facts.order_changed(w, heard.WorkOrderChanged().load(fact))
            case "dispatch.process_completed":
                facts.process_completed(w, RULES, heard.ProcessCompleted().load(fact))
            case "dispatch.process_unplannable":
                facts.process_unplannable(w, heard.ProcessUnplannable().load(fact))
            case "monitoring.deadline_warning":
                facts.deadline_signalled(w, "warning", heard.Deadline().load(fact))
            case "monitoring.deadline_breached":
                facts.deadline_signalled(w, "breached", heard.Deadline().load(fact))
            case "monitoring.calendar_published":
                facts.calendar_published(w, heard.CalendarPublished().load(fact))
            case "catalog.product_withdrawn":
                facts.product_withdrawn(w, heard.ProductWithdrawn().load(fact))
            case "catalog.article_published":
                facts.article_published(w, heard.ArticlePublished().load(fact))
            case _:
                raise AssertionError(event)

    # --- requests ---

    def receive(self, actor: Actor | None = None, **command: Any) -> dict[str, Any]:
        given = {"text": "De radiator blijft koud", "channel": "site", **command}
        with self.work(actor or self.sanne) as w:
            return receiving.receive_request(w, RULES, **messages.ReceiveRequest().load(given))

    def receive_standard(self, actor: Actor | None = None, **command: Any) -> dict[str, Any]:
        return self.receive(actor, product_id=str(self.radiator), answers=ANSWERS, **command)

    def get(self, request: dict[str, Any], actor: Actor | None = None) -> dict[str, Any]:
        with self.work(actor or self.amira) as w:
            return reading.get_request(w, UUID(str(request["request_id"])))

    def list(self, actor: Actor | None = None, **query: Any) -> dict[str, Any]:
        with self.work(actor or self.amira) as w:
            return reading.list_requests(w, **messages.ListRequests().load(query))

    def triage(self, request: dict[str, Any], actor: Actor | None = None, **command: Any) -> dict[str, Any]:
        given = {**_which(request), "product_id": str(self.radiator), "answers": ANSWERS, **command}
        with self.work(actor or self.amira) as w:
            return triage.triage_request(w, RULES, **messages.TriageRequest().load(given))

    def answer(self, request: dict[str, Any], **command: Any) -> dict[str, Any]:
        with self.work(self.amira) as w:
            given = {**_which(request), "text": "Het loket is open tot vijf uur.", **command}
            return triage.answer_request(w, **messages.AnswerRequest().load(given))

    def reject(self, request: dict[str, Any], reason: str = "Dat doen we niet.") -> dict[str, Any]:
        with self.work(self.amira) as w:
            return triage.reject_request(
                w, **messages.WithReason().load({**_which(request), "reason": reason})
            )

    def ask(self, request: dict[str, Any], question: str = "Welke kamer?") -> dict[str, Any]:
        with self.work(self.amira) as w:
            given = messages.AskRequester().load({**_which(request), "question": question})
            return conversation.ask_requester(w, **given)

    def reply(self, request: dict[str, Any], actor: Actor | None = None) -> dict[str, Any]:
        with self.work(actor or self.sanne) as w:
            return conversation.reply_to_desk(w, UUID(str(request["request_id"])), "Kamer 2.14")

    def note(self, request: dict[str, Any], text: str = "Belt liever niet.") -> dict[str, Any]:
        with self.work(self.amira) as w:
            return conversation.add_note(w, UUID(str(request["request_id"])), text)

    def confirm(self, request: dict[str, Any], actor: Actor | None = None) -> dict[str, Any]:
        with self.work(actor or self.sanne) as w:
            return completion.confirm_request(w, **messages.Change().load(_which(request)))

    def reopen(self, request: dict[str, Any], actor: Actor | None = None) -> dict[str, Any]:
        with self.work(actor or self.sanne) as w:
            given = messages.WithReason().load({**_which(request), "reason": "Weer koud."})
            return completion.reopen_request(w, RULES, **given)

    def withdraw(self, request: dict[str, Any], actor: Actor | None = None) -> dict[str, Any]:
        with self.work(actor or self.sanne) as w:
            given = messages.WithReason().load({**_which(request), "reason": "Niet meer nodig."})
            return completion.withdraw_request(w, **given)

    def complete(self, request: dict[str, Any], round_: int = 1) -> dict[str, Any]:
        at = self.clock.now().isoformat().replace("+00:00", "Z")
        self.tell(
            "dispatch.process_completed", request_id=str(request["request_id"]), round=round_, completed_at=at
        )
        return self.get(request)

    def close_silent(self, now: datetime | None = None, most: int = 100) -> int:
        """How many were closed, as the timer does it."""
        with self.work(now=now) as w:
            silent = completion.silent_requests(w, most)
        closed = 0
        for request_id in silent:
            with self.work(now=now) as w:
                closed += completion.close_silent(w, request_id)
        return closed

    def import_(self, *records: dict[str, Any], mapping: str = "log") -> dict[str, Any]:
        with self.work(self.program) as w:
            return importing.import_requests(w, RULES, messages.ImportedRequest().load, mapping, records)

    # --- relations ---

    def save_people(self, *items: dict[str, Any]) -> dict[str, Any]:
        with self.work() as w:
            return relations.save_people(w, **messages.SavePeople().load({"items": list(items)}))

    def list_people(self, **query: Any) -> dict[str, Any]:
        with self.work() as w:
            return relations.list_people(w, **messages.ListPeople().load(query))

    def save_locations(self, *items: dict[str, Any]) -> dict[str, Any]:
        with self.work() as w:
            return relations.save_locations(w, **messages.SaveLocations().load({"items": list(items)}))

    def list_locations(self, **query: Any) -> dict[str, Any]:
        with self.work() as w:
            return relations.list_locations(w, **messages.ListLocations().load(query))

    # --- what was told ---

    def told(self) -> Facts:
        """The facts in the outbox, oldest first."""
        with self.engine.connect() as connection:
            found: Facts = self._published(connection)
            return found

    def told_types(self) -> Sequence[str]:
        return [fact["type"].removeprefix("intake.") for fact in self.told()]

    def told_last(self, event: str) -> dict[str, Any]:
        return next(fact["data"] for fact in reversed(self.told()) if fact["type"] == f"intake.{event}")


def _which(request: dict[str, Any]) -> dict[str, Any]:
    return {"request_id": str(request["request_id"]), "version": request["version"]}


def _answers() -> dict[str, Any]:
    values = {"text": "iets", "number": 2, "date": "2026-12-01", "boolean": False}
    questions = deskcontracts.example("catalog.product_published")["questions"]
    return {
        q["key"]: q["choices"][0]["value"] if q["type"] == "choice" else values[q["type"]] for q in questions
    }


ANSWERS = _answers()
