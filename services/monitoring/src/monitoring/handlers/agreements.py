"""Saving and listing contracts and calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from servicekit.errors import Invalid
from servicekit.worktime import Calendar

from monitoring.domain.agreements import Agreements, NamedCalendar
from monitoring.domain.contract import Contract
from monitoring.domain.errors import Refused
from monitoring.domain.levels import TERMS, Level
from monitoring.storage.unit_of_work import MonitoringWork

KEPT_DAYS = 90  # over which everybody can read how well norms are kept


def save_calendar(work: MonitoringWork, name: str, calendar: dict[str, Any]) -> dict[str, Any]:
    """A first or next version of the calendar with this name. The same content again makes no new version."""
    definition = _calendar(calendar)
    known = work.agreements.lock().calendars.get(name)
    if known and known.calendar == definition:
        return calendar_view(known)
    calendar_id = known.calendar_id if known else work.new_id()
    version = known.version + 1 if known else 1
    saved = NamedCalendar(calendar_id, name, version, definition, work.now)
    work.agreements.save_calendar(saved, work.actor)
    work.after_commit(work.agreements.forget)
    work.publish("calendar_published", calendar_view(saved))
    return calendar_view(saved)


def save_contract(work: MonitoringWork, name: str, **content: Any) -> dict[str, Any]:
    """A first or next version of the contract with this name. The same content again makes no new version."""
    agreements = work.agreements.lock()
    known = next((contract for contract in agreements.contracts if contract.name == name), None)
    contract = _contract(agreements, work.new_id(), name, content)
    if known:
        contract = replace(contract, contract_id=known.contract_id, version=known.version)
        if contract == known:
            return contract_view(known)
        contract = replace(contract, version=known.version + 1)
    work.agreements.save_contract(contract, work.now, work.actor)
    work.after_commit(work.agreements.forget)
    return contract_view(contract)


def list_contracts(work: MonitoringWork, q: str | None, cursor: str | None, limit: int) -> dict[str, Any]:
    """By name; the calendars that they count by stand beside them. There are dozens, so all are in memory."""
    agreements = work.agreements.current(fresh=True)
    wanted = (q or "").casefold()
    found = [
        contract
        for contract in agreements.contracts
        if wanted in contract.name.casefold() and contract.name > (cursor or "")
    ]
    return {
        "items": [contract_view(contract) for contract in found[:limit]],
        "next_cursor": found[limit - 1].name if len(found) > limit else None,
        "calendars": [calendar_view(each) for each in agreements.calendars.values()],
    }


def list_norms(work: MonitoringWork, kept: bool = False) -> dict[str, Any]:
    """What every customer is promised, for everybody to read: the general contract with customers, its terms
    alone. Terms for one customer or one product, and what teams and suppliers agreed, are nobody else's.
    `kept`: and how often it was kept lately, over all requests.
    """
    agreements = work.agreements.current()
    contract = agreements.contract_for(None, work.now)
    how_well = {"kept": _kept(work) if kept else None, "kept_days": KEPT_DAYS}
    if contract is None:
        return {"items": [], "opening_hours": None, **how_well}
    named = agreements.calendars.get(contract.calendar)
    return {
        "items": [_norm(level) for level in contract.levels if level.product_id is None],
        "opening_hours": named.calendar.to_dict()["weekly"] if named else None,
        **how_well,
    }


def _kept(work: MonitoringWork) -> list[dict[str, Any]]:
    """A clock counts when it was decided: when it stopped in time, or when its deadline passed."""
    found = work.figures.judged_since(work.now - timedelta(days=KEPT_DAYS))
    return [{"priority": row.priority, "clock": row.clock, "met": row.met, "late": row.late} for row in found]


def _norm(level: Level) -> dict[str, Any]:
    shown = ("kind", "priority", *TERMS)
    return {name: value for name, value in level.to_dict().items() if name in shown}


def calendar_view(named: NamedCalendar) -> dict[str, Any]:
    """monitoring.calendar_published.v1, and what a caller sees."""
    return {
        "calendar_id": named.calendar_id,
        "name": named.name,
        "version": named.version,
        "published_at": named.published_at,
        "calendar": named.calendar.to_dict(),
    }


def contract_view(contract: Contract) -> dict[str, Any]:
    return {
        "contract_id": contract.contract_id,
        "version": contract.version,
        "name": contract.name,
        **contract.content(),
    }


def _calendar(definition: dict[str, Any]) -> Calendar:
    try:
        return Calendar.from_dict(definition)
    except ValueError as error:
        raise Invalid(
            "invalid_calendar", f"This calendar can't be right: {error}.", {"calendar": [str(error)]}
        ) from error


def _contract(agreements: Agreements, contract_id: UUID, name: str, content: dict[str, Any]) -> Contract:
    if content["calendar"] not in agreements.calendars:
        known = ", ".join(sorted(agreements.calendars)) or "none yet"
        text = f"There is no calendar '{content['calendar']}'; save it first. Known: {known}."
        raise Invalid("no_such_calendar", text, {"calendar": [text]})
    dates = {name: _text(content[name]) for name in ("valid_from", "valid_until")}
    try:
        return Contract.of(contract_id, 1, name, {**content, **dates}).checked()
    except Refused as refused:
        raise Invalid(refused.code, str(refused), refused.errors) from refused


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
