"""How the desk is doing: pictures first, the tables under them, a file beside each."""

from __future__ import annotations

from servicekit.errors import NotFound, Unavailable

from gateway import spreadsheets
from gateway.api.figures import compose
from gateway.clients import Json
from gateway.pages import charts
from gateway.pages.labels import _
from gateway.pages.manage import late_cancellations, links, pictures
from gateway.pages.manage.figure import Figure
from gateway.pages.manage.numbers import Numbers, percent
from gateway.pages.manage.period import CHOICES, chosen
from gateway.pages.manage.tables import TABLES, Maker, tables
from gateway.pages.outcome import File, Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PERMISSION = "figures.read"
SERVICE_NAMES = {"intake": _("Requests"), "monitoring": _("Deadlines"), "dispatch": _("Work orders")}


@pages.get("/manage", PERMISSION)
def dashboard(visit: Visit) -> Outcome:
    """The whole of it, over the days that were chosen."""
    of = chosen(visit)
    figures = compose(visit.services, of.days)
    maker = Maker(visit, of)
    return visit.show(
        "manage/dashboard.html",
        chosen=of,
        choices=CHOICES,
        figures=figures,
        key_figures=_key_figures(maker, figures),
        tables=tables(maker, figures),
        pictures=pictures.draw(maker, figures),
        away=[visit.words(SERVICE_NAMES[name]) for name in figures["unavailable"]],
        numbers=Numbers(visit.words.language),
    )


@pages.get("/manage/files/<name>.csv", PERMISSION)
def file(visit: Visit, name: str) -> Outcome:
    """One of its tables as a file for a spreadsheet."""
    if name not in TABLES:
        raise NotFound("no_such_table", "There is no such table.")
    of = chosen(visit)
    figures = compose(visit.services, of.days)
    found = tables(Maker(visit, of), figures).get(name)
    if found is None:
        raise Unavailable("no_figures", "The service that knows this does not answer.")
    body = spreadsheets.written(found.head, found.plain())
    return File(body, "text/csv; charset=utf-8", f"{name}-{of.days.first}-{of.days.last}.csv")


def _key_figures(maker: Maker, figures: Json) -> list[Figure]:
    found: list[Figure] = []
    if figures["requests"]:
        found += _of_requests(maker, figures["requests"])
    if figures["clocks"]:
        found[1:1] = _of_clocks(maker, figures["clocks"])
    return found


def _of_requests(maker: Maker, requests: Json) -> list[Figure]:
    days = requests["days"]
    closed = maker.chosen.within("closed")
    received = maker.chosen.within("received")
    return [
        Figure(
            maker.words("Open now"),
            maker.numbers.count(requests["open"]["count"]),
            maker.words(
                "%(received)s came in, %(closed)s were closed",
                received=maker.numbers.count(requests["received"]),
                closed=maker.numbers.count(requests["closed"]),
            ),
            links.requests(open=True),
            spark=charts.sparkline([day["received"] for day in days]),
        ),
        _share(
            maker, _("First contact"), requests["first_contact"], _("%(count)s of %(of)s answered at once"),
            links.requests(**closed, imported=False, first_contact=True),
        ),
        _share(
            maker, _("Standard"), requests["standard"], _("%(count)s of %(of)s started at once"),
            links.requests(**received, imported=False, planned=False, standard=True),
        ),
        _share(
            maker, _("Came back"), requests["reopened"], _("%(count)s of %(of)s were reopened"),
            links.requests(**closed, reopened=True),
        ),
        _of_promises(maker, requests["promises"]),
        *late_cancellations.figure(maker, requests["cancelled_late"]),
    ]  # fmt: skip


def _of_promises(maker: Maker, promises: Json) -> Figure:
    """Of those that passed in these days: kept or not."""
    kept, broken = promises["outcomes"]["kept"], promises["outcomes"]["broken"]
    about = maker.words(
        "%(broken)s not kept; %(made)s were made",
        broken=maker.numbers.count(broken),
        made=maker.numbers.count(promises["made"]),
    )
    href = links.promises(**maker.chosen.within("until"), state="broken")
    return Figure(maker.words("Promises kept"), maker.numbers.share(kept, kept + broken), about, href)


def _of_clocks(maker: Maker, clocks: Json) -> list[Figure]:
    met, late = (sum(each[name] for each in clocks["kept"]) for name in ("met", "late"))
    now_late = sum(each["late"] for each in clocks["open"])
    near = sum(each["near"] for each in clocks["open"])
    kept = [percent(day["met"], day["met"] + day["late"]) for day in clocks["days"]]
    return [
        Figure(
            maker.words("Deadlines passed"),
            maker.numbers.count(now_late),
            maker.words("of what is open; %(count)s nearly due", count=maker.numbers.count(near)),
            links.clocks(standing="late"),
            "bad" if now_late else "good",
        ),
        Figure(
            maker.words("Levels kept"),
            maker.numbers.share(met, met + late),
            maker.words(
                "%(count)s of %(of)s in time",
                count=maker.numbers.count(met),
                of=maker.numbers.count(met + late),
            ),
            links.clocks(**maker.chosen.within("judged")),
            spark=charts.sparkline(kept),
        ),
    ]


def _share(maker: Maker, name: str, share: Json, about: str, href: str) -> Figure:
    values = {each: maker.numbers.count(share[each]) for each in ("count", "of")}
    value = maker.numbers.share(share["count"], share["of"])
    return Figure(maker.words(name), value, maker.words(about, **values), href)
