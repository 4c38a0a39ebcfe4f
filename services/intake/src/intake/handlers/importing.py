"""Bringing in requests of another system, one record at a time: each whole or not at all, and never twice.

Nothing is told about them: nobody is mailed, and no work is dispatched, for what happened elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from servicekit.errors import Invalid
from servicekit.worktime import Calendar

from intake.domain.errors import DomainError
from intake.domain.history import DONE, Outcome, Recorded, outcome
from intake.domain.references import reference
from intake.domain.request_states import Resolution, State
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.domain.values import By, Entry, Place, Requester, Waiting
from intake.handlers.promising import due, promised
from intake.handlers.receiving import summary_of
from intake.storage.unit_of_work import IntakeWork

Record = dict[str, Any]
Load = Callable[[Any], Record]


def import_requests(
    work: IntakeWork, rules: Rules, load: Load, mapping: str, records: Sequence[Any]
) -> dict[str, Any]:
    """`load` checks one record and raises Invalid. Answers what was made, what was there, and what was
    refused.
    """
    importer = _Importer(work, rules, mapping)
    keys = [str(record.get("key")) for record in records]
    known = work.requests.known_keys(mapping, keys)
    result: dict[str, Any] = {"created": 0, "existing": 0, "refused": []}
    for given, key in zip(records, keys, strict=True):
        try:
            made = key not in known and importer.bring_in(load(given))
            result["created" if made else "existing"] += 1
        except (Invalid, DomainError, sa.exc.DataError) as problem:
            reason = _reason(problem)
            result["refused"].append({"line": given.get("line"), "key": given.get("key"), "reason": reason})
    return result


class _Importer:
    """One run. People and places are looked up once."""

    def __init__(self, work: IntakeWork, rules: Rules, mapping: str) -> None:
        self._work = work
        self._rules = rules
        self._mapping = mapping
        self._calendar: Calendar = work.lookups.calendar(rules.zone)
        self._places: dict[str, Place] = {}
        self._people: dict[str, Requester] = {}

    def bring_in(self, record: Record) -> bool:
        """False when it was brought in before."""
        try:
            with self._work.connection.begin_nested():
                return self._work.requests.add_once(self._request(record))
        except Exception:
            # A person made for this record went with it.
            self._people.pop(record["requester_name"], None)
            raise

    def _request(self, record: Record) -> Request:
        states = [Recorded(**state) for state in record["states"]]
        result = outcome(states) if states else _outcome_without_states(record)
        kind, priority, received_at = record["kind"], record["priority"], record["received_at"]
        number = self._work.lookups.next_number()
        request = Request(
            request_id=self._work.new_id(),
            number=number,
            reference=reference(number, received_at.astimezone(ZoneInfo(self._rules.zone))),
            channel=record["channel"],
            kind=kind,
            priority=priority,
            summary=summary_of(record["summary"] or record["text"]),
            text=record["text"],
            received_at=received_at,
            promise=promised(self._rules, self._calendar, received_at, kind, priority, None, None),
            requester=self._requester(record["requester_name"]),
            notify=False,
            created_by={"kind": "program", "id": self._mapping, "name": self._mapping},
            location=self._place(record["location_name"]),
            announced=False,
            external_source=self._mapping,
            external_key=record["key"],
            imported=_kept(record),
        )
        self._fill_in(request, record, result)
        request.entries = _lines(request, states, self._mapping)
        return request

    def _fill_in(self, request: Request, record: Record, result: Outcome) -> None:
        """What is not done goes to triage, whatever it was called there: nobody works on it here."""
        done = result.state in DONE
        request.state = result.state if done else State.TRIAGE
        request.reassignment_count, request.reopen_count = result.reassignments, result.reopens
        request.version = 1
        request.updated_at = max((state["at"] for state in record["states"]), default=request.received_at)
        if result.waiting_on and result.waiting_since:
            reason = "awaiting_requester" if result.waiting_on == "requester" else "other"
            request.waiting = Waiting(reason, result.waiting_since, result.waiting_on)
        request.ready_at = result.ready_at
        if result.state is State.READY:
            request.closes_at = due(request.updated_at, self._rules.silence, self._calendar)
        if result.state is State.CLOSED:
            request.closed_at = record["closed_at"] or request.updated_at
            request.resolution = Resolution(record["resolution"] or "solved")

    def _requester(self, name: str | None) -> Requester | None:
        """Somebody of that name who was imported before, or a new person: their history must be
        found again.
        """
        if name is None:
            return None
        if name not in self._people:
            person_id = self._work.relations.imported_person(f"{self._mapping}:{name}", name)
            self._people[name] = Requester(str(person_id), name)
        return self._people[name]

    def _place(self, name: str | None) -> Place | None:
        """The place of that name if there is exactly one, else the name alone."""
        if name is None:
            return None
        if name not in self._places:
            found = self._work.locations.named([name])
            only = found[0] if len(found) == 1 else None
            self._places[name] = (
                Place(str(only.location_id), only.name, only.path) if only else Place(None, name, name)
            )
        return self._places[name]


def _lines(request: Request, states: Sequence[Recorded], mapping: str) -> list[Entry]:
    """Only the moments at which something that we keep differs from the moment before."""
    program = By("program", mapping)
    lines = [Entry(request.received_at, "imported", program, {"key": request.external_key})]
    before: tuple[Any, ...] | None = None
    for position, state in enumerate(states, start=1):
        what = (state.state, state.group, state.assignee)
        if what != before:
            data = {"state": state.state, "group": state.group, "assignee": state.assignee}
            by = By("person", state.by) if state.by else program
            lines.append(Entry(state.at, "recorded", by, data, public=False, position=position))
        before = what
    return lines


def _kept(record: Record) -> dict[str, Any]:
    """What the other system said, beside what we count ourselves."""
    return {
        "category": record["category"],
        "made_sla": record["made_sla"],
        "reassignment_count": record["reassignment_count"],
        "reopen_count": record["reopen_count"],
        "line": record["line"],
    }


def _outcome_without_states(record: Record) -> Outcome:
    closed_at: datetime | None = record["closed_at"]
    return Outcome(State.CLOSED if closed_at else State.TRIAGE, 0, 0, None, None, closed_at)


def _reason(problem: Exception) -> str:
    errors = getattr(problem, "errors", None)
    if isinstance(problem, Invalid) and errors:
        return "; ".join(f"{field}: {' '.join(texts)}" for field, texts in sorted(errors.items()))
    if isinstance(problem, sa.exc.DataError):
        return "a value does not fit in the database"
    return str(problem)
