"""How the desk is doing: the backlog as it is now, and what happened in a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from servicekit.worktime.period import Period

from intake.domain.ages import AGES, borders, received
from intake.domain.request_states import State
from intake.handlers import beginning, pledging
from intake.storage import figures as counted
from intake.storage.figures import Rows
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]

MOST_PRODUCTS = 10
LONG_DAYS = 190  # some twenty-seven weeks side by side can still be told apart
# Closed with what the customer asked for.
HELPED = ("solved", "answered")


def get_figures(work: IntakeWork, period: Period) -> View:
    """Shares are {count, of}. What was brought in from another system counts in the flow, but says nothing
    of how standard or how quick this desk is.
    """
    came, went = work.figures.received(period), work.figures.closed(period)
    return {
        "days": _days(period, came, went),
        "received": sum(_by(came, "day").values()),
        "closed": sum(_by(went, "day").values()),
        "open": _open(work.figures.open(borders(work.now)), work.now),
        "standard": _standard(came),
        "standard_over_time": _standard_over_time(period, came),
        "first_contact": _first_contact(went),
        "reopened": _reopened(went),
        "hand_offs": _own_hand_offs(went),
        "imported_hand_offs": _imported_hand_offs(work.figures.imported()),
        "kinds": _most(_by(came, "kind"), "kind"),
        "products": _products(work, came),
        "cancelled_late": _cancelled_late(work, period, went),
        "promises": pledging.figures(work, period),
        "begun": beginning.figures(work, period),
    }


def _by(rows: Rows, *names: str) -> Counter[Any]:
    """The counts by one value of the rows, or by several."""
    found: Counter[Hashable] = Counter()
    for row in rows:
        if row.by_day == ("day" in names):
            values = tuple(getattr(row, name) for name in names)
            found[values if len(values) > 1 else values[0]] += row.count
    return found


def _days(period: Period, came: Rows, went: Rows) -> list[View]:
    received_on, closed_on = _by(came, "day"), _by(went, "day")
    return [{"day": day, "received": received_on[day], "closed": closed_on[day]} for day in period.days()]


def _open(rows: Rows, now: datetime) -> View:
    states: Counter[str] = Counter()
    ages: Counter[int] = Counter()
    for row in rows:
        states[row.state] += row.count
        ages[row.age] += row.count
    oldest = len(AGES) - 1
    return {
        "count": sum(states.values()),
        "states": [{"state": state, "count": states[state]} for state in State if state in states],
        "ages": [
            {
                "from_days": age.from_days,
                "until_days": age.until_days,
                "received_from": received(age, now)[0],
                "received_before": received(age, now)[1],
                "count": ages[oldest - place],
            }
            for place, age in enumerate(AGES)
        ],
    }


def _standard(came: Rows) -> View:
    found = _by(came, "own", "standard")
    return {"count": found[True, True], "of": found[True, True] + found[True, False]}


def _standard_over_time(period: Period, came: Rows) -> list[View]:
    """By week from Monday, over a long period by month; the first and the last may be cut off."""
    found, days = _by(came, "day", "own", "standard"), list(period.days())
    begins = _month if len(days) > LONG_DAYS else _week
    return [
        {
            "from": part[0],
            "until": part[-1],
            "count": sum(found[day, True, True] for day in part),
            "of": sum(found[day, True, standard] for day in part for standard in (True, False)),
        }
        for part in (list(each) for _, each in groupby(days, begins))
    ]


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> date:
    return day.replace(day=1)


def _first_contact(went: Rows) -> View:
    """Answered at intake or in triage, so without any work order."""
    found = _by(went, "own", "resolution")
    return {"count": found[True, "answered"], "of": sum(found[True, word] for word in HELPED)}


def _reopened(went: Rows) -> View:
    found = _by(went, "reopened")
    return {"count": found[True], "of": found.total()}


def _own_hand_offs(went: Rows) -> list[View]:
    """Of what was closed in the period. The last of them stands for so many or more."""
    found = _by(went, "own", "hand_offs")
    return [{"hand_offs": number, "count": found[True, number]} for number in _numbers()]


def _imported_hand_offs(rows: Rows) -> list[View]:
    """Of all that was ever brought in: a past to learn from, whatever the period. `judged`: of which the
    other system says whether they were in time.
    """
    found: Counter[tuple[int, bool | None]] = Counter()
    for row in rows:
        found[row.hand_offs, row.in_time] += row.count
    return [
        {
            "hand_offs": number,
            "count": sum(found[number, verdict] for verdict in (True, False, None)),
            "judged": found[number, True] + found[number, False],
            "in_time": found[number, True],
        }
        for number in _numbers()
    ]


def _numbers() -> range:
    return range(counted.MANY_HAND_OFFS + 1)


def _products(work: IntakeWork, came: Rows) -> list[View]:
    found = _by(came, "product_id")
    most = _most({key: count for key, count in found.items() if key}, "product_id")
    names = work.figures.product_names([each["product_id"] for each in most])
    return [{**each, "name": names.get(each["product_id"])} for each in most]


def _cancelled_late(work: IntakeWork, period: Period, went: Rows) -> View:
    """Of what was withdrawn in the period: what no longer was free, and what that costs by the rules of the
    products. `unpriced`: of which nobody can say what it costs.
    """
    rows = work.figures.cancelled_late(period)
    names = work.figures.product_names([row.product_id for row in rows])
    parts = ("count", "cost_cents", "unpriced")
    return {
        **{name: sum(getattr(row, name) for row in rows) for name in parts},
        "of": _by(went, "resolution")["withdrawn"],
        "products": [
            {"product_id": row.product_id, "name": names.get(row.product_id),
             **{name: getattr(row, name) for name in parts}}
            for row in rows[:MOST_PRODUCTS]
        ],
    }  # fmt: skip


def _most(found: Any, name: str) -> list[View]:
    """The most frequent first; of equals always in the same order."""
    ranked = sorted(found.items(), key=lambda item: (-item[1], str(item[0])))
    return [{name: value, "count": count} for value, count in ranked[:MOST_PRODUCTS]]
