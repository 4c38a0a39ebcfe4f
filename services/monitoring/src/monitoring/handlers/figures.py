"""How well the levels are kept, how the open clocks stand, and whose minutes it took."""

from __future__ import annotations

from collections import Counter
from typing import Any

from servicekit.worktime.period import Period

from monitoring.domain.clocks import CLOCKS
from monitoring.domain.story import PARTIES
from monitoring.storage.unit_of_work import MonitoringWork

STANDINGS = ("late", "near", "fine", "paused")


def get_figures(work: MonitoringWork, period: Period) -> dict[str, Any]:
    """A clock counts in the period in which it was decided: when it stopped in time, or when its deadline
    passed. Minutes are of resolve clocks that stopped in the period, counted as their terms count; those that
    the clock stood still for are the requester's.
    """
    kept: Counter[tuple[str, str, bool]] = Counter()
    on_day: Counter[tuple[Any, bool]] = Counter()
    for row in work.figures.judged(period):
        if row.day is not None:
            on_day[row.day, row.met] += row.count
        else:
            kept[row.clock, row.priority, row.met] += row.count
    minutes = work.figures.minutes(period)
    return {
        "kept": [
            {"clock": clock, "priority": priority, "met": kept[clock, priority, True],
             "late": kept[clock, priority, False]}
            for clock in CLOCKS
            for priority in sorted({which[1] for which in kept if which[0] == clock})
        ],
        "days": [{"day": day, "met": on_day[day, True], "late": on_day[day, False]} for day in period.days()],
        "open": _open(work),
        "minutes": {
            "requests": minutes.requests,
            **{party: int(getattr(minutes, party)) for party in PARTIES},
        },
    }  # fmt: skip


def _open(work: MonitoringWork) -> list[dict[str, Any]]:
    found = Counter({(row.clock, row.standing): row.count for row in work.figures.open()})
    return [
        {"clock": clock, **{standing: found[clock, standing] for standing in STANDINGS}} for clock in CLOCKS
    ]
