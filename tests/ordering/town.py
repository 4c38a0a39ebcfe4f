"""The listening services, each with a database of its own; facts are carried between them by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import deskcontracts
import sqlalchemy as sa
from dispatch.service import DispatchService
from dispatch.storage.unit_of_work import DispatchWork
from intake.domain.rules import Rules
from intake.service import IntakeService
from intake.storage.unit_of_work import IntakeWork
from monitoring.handlers import agreements
from monitoring.service import MonitoringService
from monitoring.storage.unit_of_work import MonitoringWork
from notifications.handlers.telling import Teller
from notifications.service import NotificationsService
from notifications.storage.unit_of_work import NotificationsWork
from servicekit.actor import Actor
from servicekit.messages import Message
from servicekit.receipts import Receipts
from servicekit.storage import inbox
from servicekit.testing.databases import delete_rows
from sqlalchemy.dialects.postgresql import insert

from servicekit import json

AT_THE_END = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)  # whatever is replayed is handled at this moment
TEAM = {"kind": "team", "delivery": "none", "address": None}
SUPPLIER = {"kind": "supplier", "delivery": "portal", "address": None}
PROVIDERS = {"huisdienst": TEAM, "it-werkplek": TEAM, "bezemwijs": SUPPLIER}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
HOURS = {
    "zone": "Europe/Amsterdam",
    "weekly": {day: [{"from": "07:30", "until": "17:30"}] for day in DAYS},
    "country": "NL",
    "optional_holidays": [],
    "closings": [],
}
LEVEL = {
    "respond": {"amount": 60, "unit": "working_minutes"},
    "resolve": {"amount": 600, "unit": "working_minutes"},
}
CONTRACT = {
    "party_kind": "customer",
    "party": None,
    "calendar": "organisation",
    "valid_from": None,
    "valid_until": None,
    "levels": [{"priority": f"P{number}", **LEVEL} for number in (1, 2, 3, 4)],
}


@dataclass(frozen=True)
class Kind:
    """A service, and what its entry points find on themselves."""

    service: type[Any]
    work: type[Any]
    settings: Any = None
    more: Any = None

    @property
    def name(self) -> str:
        return str(self.service.name)

    @property
    def listens(self) -> dict[str, str]:
        """Event -> entry point, as nameko finds them: also those of its parts."""
        return {
            entry.event: name
            for name in dir(self.service)
            for entry in getattr(getattr(self.service, name), "nameko_entrypoints", ())
            if hasattr(entry, "event")
        }


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            IntakeService,
            IntakeWork,
            SimpleNamespace(rules=Rules(), closing_batch=100, receipts=Receipts("secret")),
        ),
        Kind(
            DispatchService,
            DispatchWork,
            SimpleNamespace(receipts=Receipts("secret")),
            more={"_targets": None},
        ),
        Kind(MonitoringService, MonitoringWork),
        Kind(
            NotificationsService,
            NotificationsWork,
            more={"_teller": Teller("Europe/Amsterdam", "Meerwal", lambda: None)},
        ),
    )
}


class Opening:
    """As a service's `work`: each time a unit of work, also apart."""

    def __init__(self, begin: Callable[[], Any]) -> None:
        self.apart = self._begin = begin

    def __call__(self) -> Any:
        return self._begin()


class Member:
    """One service. Each call and each fact is one transaction, as at work."""

    def __init__(self, kind: Kind, work: Any) -> None:
        self.kind, self.work = kind, work
        self.name = kind.name
        self._tables: list[str] = []

    def call(self, method: str, by: Actor | None, now: datetime | None, /, **arguments: Any) -> Any:
        service = self._service(lambda: self.work(by, now))
        return json.plain(getattr(self.kind.service, method)(service, None, **arguments))

    def hear(self, message: Message, now: datetime) -> None:
        """Once in effect; raises what the entry point raises, and then nothing of it is left."""
        with self.work(None, now) as work:
            new = insert(inbox).values(message_id=message.message_id).on_conflict_do_nothing()
            if work.connection.execute(new.returning(inbox.c.message_id)).first() is None:
                return
            service = self._service(lambda: nullcontext(work))
            getattr(self.kind.service, self.kind.listens[message.type])(service, message)

    def rows(self, query: str) -> list[dict[str, Any]]:
        with self.work.engine.connect() as connection:
            return [json.plain(dict(row)) for row in connection.execute(sa.text(query)).mappings()]

    def begin(self, empty: bool = True) -> None:
        """As on its first day: with its providers, its contract."""
        if empty:
            self._empty()
        if self.name == "dispatch":
            for slug, provider in PROVIDERS.items():
                self.call("save_provider", OWNER, None, slug=slug, name=slug.title(), **provider)
        if self.name == "monitoring":
            with self.work() as work:
                agreements.save_calendar(work, "organisation", HOURS)
            with self.work() as work:
                agreements.save_contract(work, "DVO", **CONTRACT)
        if self.name == "intake":
            self.call("save_people", None, None, items=[SANNE, KARIN])
            self.call("save_budgets", None, None, items=[BUDGET])
            self.call("save_locations", None, None, items=[{"key": "sluis", "name": "De Sluis"}])

    def _service(self, work: Callable[[], Any]) -> Any:
        """The service without its container: its methods find on themselves what they need."""
        given = {"work": Opening(work), "settings": self.kind.settings, **(self.kind.more or {})}
        return type("Bound", (self.kind.service,), given)()

    def _empty(self) -> None:
        with self.work.engine.begin() as connection:
            if not self._tables:
                listed = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                names = set(connection.scalars(sa.text(listed))) - {"alembic_version", "agreements"}
                self._tables = sorted(names)
            delete_rows(connection, self._tables)


SANNE = {"key": "sanne", "name": "Sanne de Wit", "email": "sanne@meerwal.example", "phone": "0205550123",
         "department": "Communicatie"}  # fmt: skip
KARIN = {"key": "karin", "name": "Karin Smit"}
BUDGET = {
    "key": "4100", "name": "Communicatie", "threshold_cents": 1_000_000, "departments": ["Communicatie"],
    "holders": [{"person_key": "karin"}],
}  # fmt: skip
AMIRA = Actor("person", "amira", "Amira", frozenset({"agent"}))
OWNER = Actor("person", "lars", "Lars", frozenset({"product_owner"}))
PRODUCT = deskcontracts.example("catalog.product_published")
ANSWERS = {
    question["key"]: question["choices"][0]["value"] if question["choices"] else "3.12"
    for question in PRODUCT["questions"]
}


def sanne(intake: Member) -> Actor:
    """The requester, under the identity that intake gave her."""
    return _known(intake, "sanne", SANNE["name"])


def karin(intake: Member) -> Actor:
    """Who holds the budget of her department."""
    return _known(intake, "karin", KARIN["name"])


def confidant(intake: Member) -> Actor:
    """Karin at the desk: who says so of a request reads it from then on."""
    return _known(intake, "karin", KARIN["name"], "agent")


def _known(intake: Member, key: str, name: str, role: str = "requester") -> Actor:
    (row,) = intake.rows(f"SELECT person_id FROM people WHERE key = '{key}'")
    return Actor("person", key, name, frozenset({role}), person_id=str(row["person_id"]))


def is_called(error: Exception, *names: str) -> bool:
    """Whether it is of one of these kinds, each service having classes of its own by the same names."""
    return any(kind.__name__ in names for kind in type(error).__mro__)


def as_message(row: dict[str, Any]) -> Message:
    """A row of an outbox, as a listener gets it."""
    return Message(
        message_id=str(row["message_id"]),
        type=row["type"],
        version=row["version"],
        occurred_at=row["occurred_at"],
        data=json.plain(row["data"]),
        correlation_id="test",
    )


def listeners_of(event: str) -> Sequence[str]:
    return [name for name, kind in KINDS.items() if event in kind.listens]
