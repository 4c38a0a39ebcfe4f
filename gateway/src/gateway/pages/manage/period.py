"""Which days the visitor looks at: the last so many, or from one day up to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from servicekit.worktime.period import Period

from gateway.api.figures import Days
from gateway.api.schemas.figures import PeriodFilter
from gateway.pages import forms
from gateway.pages.visit import Visit

CHOICES = (7, 30, 90)
USUAL = 30


@dataclass(frozen=True)
class Chosen:
    """`count` is the number of days when they are the last ones up to today, else None."""

    days: Days
    zone: str
    count: int | None

    @property
    def start(self) -> datetime:
        return Period(self.days.first, self.days.last, self.zone).start

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return Period(self.days.first, self.days.last, self.zone).end

    def within(self, name: str) -> dict[str, Any]:
        """As filters of a list: `received` gives received_from and received_before."""
        return {f"{name}_from": self.start, f"{name}_before": self.end}

    def query(self) -> str:
        """So that another page looks at the same days."""
        if self.count:
            return urlencode({"days": self.count})
        return urlencode({"from": self.days.first, "until": self.days.last})


def chosen(visit: Visit) -> Chosen:
    """Raises Invalid for days that are none."""
    zone = visit.house.settings.zone
    given = {name: visit.query.text(name) for name in ("from", "until")}
    if not any(given.values()):
        asked = visit.query.text("days") or ""
        count = int(asked) if asked in {str(each) for each in CHOICES} else USUAL
        return Chosen(_last(count, visit.moments.today), zone, count)
    loaded = forms.load(PeriodFilter(), given)
    last = loaded.get("until", visit.moments.today)
    return Chosen(Days(loaded.get("from", _last(USUAL, last).first), last), zone, None)


def _last(count: int, last: date) -> Days:
    return Days(last - timedelta(days=count - 1), last)
