"""A small organisation to test with, and its use cases as a caller of the service would reach them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import deskcontracts
import sqlalchemy as sa
from intake.domain.rules import Rules
from intake.service import IntakeService
from servicekit.actor import Actor
from servicekit.ids import new_id
from servicekit.messages import Message
from servicekit.receipts import Receipts

RULES = Rules()
RECEIPTS = Receipts("a secret of the house")
Facts = Sequence[dict[str, Any]]
Request = Any
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

    def call(self, method: str, by: Actor | None, /, **arguments: Any) -> Any:
        """Runs an entry point as servicekit would, for this actor. Answers and errors are as they
        leave it.
        """
        return getattr(IntakeService, method)(self._service(by), None, **arguments)

    def _service(self, by: Actor | None, now: datetime | None = None, batch: int = 100) -> Any:
        settings = SimpleNamespace(rules=RULES, closing_batch=batch, zone=RULES.zone, receipts=RECEIPTS)
        return bound(IntakeService, Opening(lambda: self.work(by, now)), settings)

    # --- what others publish ---

    def publish_product(self, **changes: Any) -> UUID:
        product_id = changes.pop("product_id", str(new_id()))
        self.tell("catalog.product_published", product_id=product_id, **changes)
        return UUID(product_id)

    def tell(self, event: str, **changes: Any) -> None:
        """A fact of another service: its contract's example, with changes."""
        fact = {**deskcontracts.example(event), **changes}
        wrong = deskcontracts.violations(event, 1, fact)
        assert not wrong, wrong
        message = Message(str(new_id()), event, 1, self.clock.now(), fact, "test")
        getattr(IntakeService, event.partition(".")[2])(self._service(None), message)

    # --- requests ---

    def receive(self, actor: Actor | None = None, **command: Any) -> Request:
        given = {"text": "De radiator blijft koud", "channel": "site", **command}
        return self.call("receive_request", actor or self.sanne, **given)

    def receive_standard(self, actor: Actor | None = None, **command: Any) -> Request:
        return self.receive(actor, product_id=str(self.radiator), answers=ANSWERS, **command)

    def get(self, request: Request, actor: Actor | None = None) -> Request:
        return self.call("get_request", actor or self.amira, request_id=str(request["request_id"]))

    def list(self, actor: Actor | None = None, **query: Any) -> Request:
        return self.call("list_requests", actor or self.amira, **query)

    def count(self, lists: dict[str, Any], most: int = 1000, actor: Actor | None = None) -> dict[str, int]:
        answer = self.call("count_requests", actor or self.amira, lists=lists, most=most)
        counts: dict[str, int] = answer["counts"]
        return counts

    def triage(self, request: Request, **command: Any) -> Request:
        given = {"product_id": str(self.radiator), "answers": ANSWERS, **command}
        return self.call("triage_request", self.amira, **_which(request), **given)

    def answer(self, request: Request, **command: Any) -> Request:
        given = {"text": "Het loket is open tot vijf uur.", **command}
        return self.call("answer_request", self.amira, **_which(request), **given)

    def reject(self, request: Request) -> Request:
        return self.call("reject_request", self.amira, **_which(request), reason="Dat doen we niet.")

    def ask(self, request: Request) -> Request:
        return self.call("ask_requester", self.amira, **_which(request), question="Welke kamer?")

    def reply(self, request: Request, actor: Actor | None = None) -> Request:
        which = {"request_id": str(request["request_id"])}
        return self.call("reply_to_desk", actor or self.sanne, **which, text="Kamer 2.14")

    def note(self, request: Request, text: str = "Belt liever niet.") -> Request:
        return self.call("add_note", self.amira, request_id=str(request["request_id"]), text=text)

    def confirm(self, request: Request, actor: Actor | None = None) -> Request:
        return self.call("confirm_request", actor or self.sanne, **_which(request))

    def reopen(self, request: Request, actor: Actor | None = None) -> Request:
        return self.call("reopen_request", actor or self.sanne, **_which(request), reason="Weer koud.")

    def withdraw(self, request: Request, actor: Actor | None = None) -> Request:
        return self.call("withdraw_request", actor or self.sanne, **_which(request), reason="Niet nodig.")

    def complete(self, request: Request, round_: int = 1) -> Request:
        at = self.clock.now().isoformat().replace("+00:00", "Z")
        which = {"request_id": str(request["request_id"]), "round": round_}
        self.tell("dispatch.process_completed", **which, completed_at=at)
        return self.get(request)

    def call_timer(self, name: str) -> None:
        """It goes once."""
        getattr(IntakeService, name)(self._service(None))

    def correct(self, request: Request, what: str, cause: str = "misunderstood", **wish: Any) -> Request:
        which = {"request_id": str(request["request_id"]), "version": self.get(request)["version"]}
        return self.call("correct_request", self.amira, **which, what=what, cause=cause, **wish)

    def preview(self, request: Request, what: str, cause: str = "misunderstood", **wish: Any) -> Request:
        which = {"request_id": str(request["request_id"])}
        return self.call("preview_correction", self.amira, **which, what=what, cause=cause, **wish)

    def answer_correction(self, request: Request, outcome: str = "carried_out", **more: Any) -> None:
        """Dispatch's word on the last correction of the request; `stopped` as (order, state)."""
        correction = self.get(request)["corrections"][-1]
        at = self.clock.now().isoformat().replace("+00:00", "Z")
        told = {"correction_id": str(correction["correction_id"]), "request_id": str(request["request_id"])}
        self.tell("dispatch.correction_answered", **told, at=at, outcome=outcome, **more)

    def close_silent(self, now: datetime | None = None, most: int = 100) -> int:
        """The timer goes once; answers how many it closed."""
        before = len(self.list(state="closed", limit=100)["items"])
        IntakeService.close_silent_requests(self._service(None, now, most))
        return len(self.list(state="closed", limit=100)["items"]) - before

    def import_(self, *records: dict[str, Any], mapping: str = "log") -> Request:
        return self.call("import_requests", self.program, mapping=mapping, records=list(records))

    def link(self, request: Request, other: Request, kind: str, rule: str | None = None) -> Request:
        which = {**_which(self.get(request)), "other_id": str(other["request_id"]), "kind": kind}
        return self.call("link_requests", self.amira, **which, rule=rule)

    def unlink(self, request: Request, other: Request, kind: str) -> Request:
        which = {**_which(self.get(request)), "other_id": str(other["request_id"]), "kind": kind}
        return self.call("unlink_requests", self.amira, **which)

    def update(self, request: Request, text: str = "De pomp is besteld.", **reach: str) -> Request:
        return self.call("post_update", self.amira, **_which(self.get(request)), text=text, **reach)

    def hear_own(self) -> None:
        """What the house tells itself, heard as the broker would bring it; twice, as it may."""
        heard = 0
        while len(own := [fact for fact in self.told() if fact["type"] == "intake.part_done"]) > heard:
            for fact in [each for each in own[heard:] for _ in range(2)]:
                message = Message(str(new_id()), fact["type"], 1, self.clock.now(), fact["data"], "intake")
                IntakeService.part_done(self._service(None), message)
            heard = len(own)

    def complain(self, about: Request | None = None, actor: Actor | None = None, **more: Any) -> Request:
        """`more` may say which order or promise of it."""
        which = {name: more.pop(name) for name in ("work_order_id", "promise") if name in more}
        said = {"about": {"request_id": str(about["request_id"]), **which}} if about else {}
        return self.receive(actor, kind="complaint", text="Er is nooit iemand gekomen.", **said, **more)

    def act(self, method: str, request: Request, **said: Any) -> Request:
        """Something that the desk does with a request as it is now."""
        return self.call(method, self.amira, **_which(self.get(request)), **said)

    def remedy(self, request: Request, **more: Any) -> Request:
        self.act("acknowledge_complaint", request, text="Wij zoeken het uit.")
        self.act("find_cause", request, cause="not_done", note="Vergeten in te plannen.")
        return self.act("remedy_complaint", request, text="Morgen om negen uur alsnog.", **more)

    # --- relations ---

    def save_people(self, *items: dict[str, Any]) -> Request:
        return self.call("save_people", None, items=list(items))

    def list_people(self, **query: Any) -> Request:
        return self.call("list_people", None, **query)

    def save_locations(self, *items: dict[str, Any]) -> Request:
        return self.call("save_locations", None, items=list(items))

    def list_locations(self, **query: Any) -> Request:
        return self.call("list_locations", None, **query)

    # --- what was told ---

    def told(self) -> Facts:
        """The facts in the outbox, oldest first; signals for open pages are none."""
        with self.engine.connect() as connection:
            return [each for each in self._published(connection) if not each["headers"].get("signal")]

    def touched(self) -> list[Any]:
        """The requests that open pages were told to look at again, oldest first."""
        with self.engine.connect() as connection:
            signals = [each for each in self._published(connection) if each["headers"].get("signal")]
        return [about["request_id"] for each in signals for about in each["data"]["touched"]]

    def told_types(self) -> Sequence[str]:
        return [fact["type"].removeprefix("intake.") for fact in self.told()]

    def told_last(self, event: str) -> dict[str, Any]:
        return next(fact["data"] for fact in reversed(self.told()) if fact["type"] == f"intake.{event}")


class Opening:
    """As a service's `work`: each time a transaction of its own."""

    def __init__(self, begin: Any) -> None:
        self.apart = self._begin = begin

    def __call__(self) -> Any:
        return self._begin()


def bound(service: type[Any], work: Any, settings: Any) -> Any:
    """The service without its container: its methods find `work` and `settings` on themselves."""
    made = object.__new__(service)
    made.__dict__.update(work=work, settings=settings)
    return made


def _which(request: dict[str, Any]) -> dict[str, Any]:
    return {"request_id": str(request["request_id"]), "version": request["version"]}


def _answers() -> dict[str, Any]:
    values = {"text": "iets", "number": 2, "date": "2026-12-01", "boolean": False}
    questions = deskcontracts.example("catalog.product_published")["questions"]
    return {
        q["key"]: q["choices"][0]["value"] if q["type"] == "choice" else values[q["type"]] for q in questions
    }


ANSWERS = _answers()
