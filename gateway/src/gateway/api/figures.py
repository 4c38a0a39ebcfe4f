"""How the desk is doing, from the three services that know, asked at the same time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import eventlet
from servicekit.errors import ServiceError

from gateway.clients import Json, Services
from servicekit import logs

log = logs.logger("figures")

USUAL_DAYS = 30


@dataclass(frozen=True)
class Days:
    """From `first` up to and including `last`."""

    first: date
    last: date

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1


def days(first: date | None, last: date | None, now: datetime, zone: str) -> Days:
    """Without a last day up to today, without a first one the usual number of days."""
    last = last or now.astimezone(ZoneInfo(zone)).date()
    return Days(first or last - timedelta(days=USUAL_DAYS - 1), last)


def compose(services: Services, of: Days) -> Json:
    """{"requests": ..., "clocks": ..., "work_orders": ..., "unavailable": [...]}. A part whose service is
    away is None. Raises Invalid for days that no service takes.
    """
    parts: dict[str, tuple[str, Callable[[date, date], Json]]] = {
        "requests": ("intake", services.intake.get_figures),
        "clocks": ("monitoring", services.monitoring.get_figures),
        "work_orders": ("dispatch", services.dispatch.get_figures),
    }
    asked = {name: eventlet.spawn(_ask, ask, of) for name, (_, ask) in parts.items()}
    found = {name: greenlet.wait() for name, greenlet in asked.items()}
    refused = [answer for answer in found.values() if isinstance(answer, ServiceError) and answer.errors]
    if refused:
        raise refused[0]
    away = [parts[name][0] for name, answer in found.items() if isinstance(answer, ServiceError)]
    if away:
        log.warning("figures are not complete", unavailable=away)
    known = {name: None if isinstance(answer, ServiceError) else answer for name, answer in found.items()}
    return {"from": of.first, "until": of.last, **known, "unavailable": away}


def _ask(ask: Callable[[date, date], Json], of: Days) -> Json | ServiceError:
    try:
        return ask(of.first, of.last)
    except ServiceError as error:
        return error
