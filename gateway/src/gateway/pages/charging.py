"""What was charged to cost centres: per month, line by line, and as a file.

For who keeps the books among the pages of managers; for who holds a cost centre on the site, theirs alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_skeleton
from servicekit.errors import NotFound

from gateway import charge_files
from gateway.api.schemas.charges import ChargeFilter, ChargeTotalFilter
from gateway.charge_files import Tongue, is_difference
from gateway.clients import Json
from gateway.pages import forms
from gateway.pages.labels import Label, _
from gateway.pages.money_words import CHARGED
from gateway.pages.outcome import File, Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

READ, OWN = "charges.read", "charges.own"
LINES = 50
OFFERED = 25  # months to choose from
OF_ONE = ("cost_centre", "unassigned")
REASONS: Mapping[str, Label] = {
    "done": Label(_("Done"), "check", "good"),
    "changed": Label(_("Put right"), "note", "info"),
    "taken_back": Label(_("Booked back"), "undo", "warn"),
}
HEAD = (
    _("Month"), _("Difference on"), _("Cost centre"), _("Name"), _("Amount"), _("What"), _("Why"),
    _("Request"), _("Work order"), _("Product"), _("For whom"), _("Booked"), _("Line"),
)  # fmt: skip
ABOUT = (
    _("What was charged to cost centres, one row for each line. An amount below zero was booked back."),
    _("A month that is over does not change any more. What turns out otherwise later is a difference: it "
      "stands in the month in which it was booked, and says on which month it is a difference."),
    _("Of what is confidential there is an amount, and nothing else."),
)  # fmt: skip
BOOKS, SITE = "/manage/charges", "/charges"


@pages.get(BOOKS, READ)
@pages.get(SITE, OWN)
def totals(visit: Visit) -> Outcome:
    """By cost centre and month."""
    wanted = forms.load(ChargeTotalFilter(), _asked(visit))
    page = visit.services.intake.list_charge_totals(**wanted, limit=LINES)
    return visit.show("charges/totals.html", page=page, **_shared(visit, wanted, page))


@pages.get(f"{BOOKS}/lines", READ)
@pages.get(f"{SITE}/lines", OWN)
def lines(visit: Visit) -> Outcome:
    """Line by line, newest first."""
    wanted = forms.load(ChargeFilter(), _asked(visit, *OF_ONE))
    page = visit.services.intake.list_charges(**wanted, limit=LINES)
    shown = [{**each, "differs": is_difference(each)} for each in page["items"]]
    return visit.show(
        "charges/lines.html", page={**page, "items": shown}, REASONS=REASONS,
        **_shared(visit, wanted, page),
    )  # fmt: skip


@pages.get(f"{BOOKS}/file/<ending>", READ)
@pages.get(f"{SITE}/file/<ending>", OWN)
def file(visit: Visit, ending: str) -> Outcome:
    """All lines of these months, in words."""
    if ending not in charge_files.FORMATS:
        raise NotFound("no_such_format", "There is no such format.")
    wanted = forms.load(ChargeFilter(), {**_asked(visit, *OF_ONE), "cursor": None})
    found = charge_files.gather(visit.services.intake, **wanted)
    about = [visit.words(each) for each in ABOUT]
    body, media_type = charge_files.packed(found, _tongue(visit), ending, about)
    return File(body, media_type, f"{charge_files.called(wanted['first'], wanted['last'])}.{ending}")


def _asked(visit: Visit, *more: str) -> dict[str, Any]:
    """This month and the one before, when no months are named."""
    given = {name: visit.query.text(name) for name in ("from", "until", "cursor", *more)}
    today = visit.moments.today
    this, last = _month(today), _month(today.replace(day=1) - timedelta(days=1))
    return {**given, "from": given["from"] or last, "until": given["until"] or this}


def _shared(visit: Visit, wanted: Mapping[str, Any], page: Json) -> dict[str, Any]:
    """What both pages have: their frame, the months, and where the others are."""
    manages = visit.path.startswith(BOOKS)
    base = BOOKS if manages else SITE
    of_one = {name: wanted[name] for name in OF_ONE if wanted.get(name)}
    months = {"from": wanted["first"], "until": wanted["last"]}
    cursor = page["next_cursor"]
    return {
        "base": base,
        "layout": "layout/work.html" if manages else "layout/site.html",
        "months": months,
        "offered": _offered(visit, *months.values()),
        "month_name": partial(month_name, visit),
        "of_one": of_one,
        "query": urlencode({**months, **of_one}),
        "further": urlencode({**months, **of_one, "cursor": cursor}) if cursor else "",
    }


def _offered(visit: Visit, *chosen: str) -> list[str]:
    """The newest first, with those that were chosen."""
    count = visit.moments.today.year * 12 + visit.moments.today.month - 1
    found = {f"{(count - back) // 12}-{(count - back) % 12 + 1:02}" for back in range(OFFERED)}
    return sorted({*found, *chosen}, reverse=True)


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def month_name(visit: Visit, month: str) -> str:
    """`November 2026`."""
    return str(format_skeleton("yMMMM", date.fromisoformat(f"{month}-01"), locale=visit.words.language))


def _tongue(visit: Visit) -> Tongue:
    def code(kind: str, word: str) -> str:
        return visit.words(CHARGED[word] if kind == "what" else REASONS[word].word)

    def moment(at: Any) -> str:
        return f"{visit.moments.local(at):%Y-%m-%d %H:%M}"

    head = [visit.words(each) for each in HEAD]
    return Tongue(head, code, visit.words.of, moment, visit.words(_("Confidential")))
