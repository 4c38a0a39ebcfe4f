"""The tables under the pictures, which are also the files beside them: the same figures in both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from gateway.api.figures import Days
from gateway.clients import Json
from gateway.pages.labels import _, label, request_label
from gateway.pages.manage import links
from gateway.pages.manage.late_cancellations import cancelled_late
from gateway.pages.manage.numbers import percent
from gateway.pages.manage.period import Chosen
from gateway.pages.manage.table_shapes import Cell, Maker, Table
from gateway.pages.names import CLOCKS, PARTIES


def age_name(maker: Maker, age: Json) -> str:
    if age["from_days"] == 0:
        return maker.words("Less than a day")
    if age["until_days"] is None:
        return maker.words("More than %(days)s days", days=age["from_days"])
    return maker.words("%(first)s to %(last)s days", first=age["from_days"], last=age["until_days"])


def clock_name(maker: Maker, each: Json) -> str:
    name = CLOCKS[each["clock"]]
    return maker.words(name)


def term_name(maker: Maker, each: Json) -> str:
    return f"{clock_name(maker, each)} {each['priority']}"


def kind_name(maker: Maker, kind: str | None) -> str:
    if not kind:
        return maker.words("Not known yet")
    found = label("kind", kind)
    return maker.words(found.word)


def hand_offs_name(maker: Maker, number: int) -> str:
    if number == 0:
        return maker.words("Not handed over")
    if number >= 3:
        return maker.words("3 times or more")
    return maker.visit.words.many("Once", "%(count)s times", number)


def _flow(maker: Maker, figures: Json) -> Table:
    zone = maker.chosen.zone
    rows = []
    for each in figures["requests"]["days"]:
        day = date.fromisoformat(each["day"])
        one = Chosen(Days(day, day), zone, None)
        rows.append(
            (
                Cell(each["day"], maker.visit.moments.day(one.start)),
                maker.number(each["received"], links.requests(**one.within("received"))),
                maker.number(each["closed"], links.requests(**one.within("closed"))),
            )
        )
    return Table("flow", _head(maker, _("Day"), _("Received"), _("Closed")), tuple(rows))


def _backlog(maker: Maker, figures: Json) -> Table:
    rows = tuple(
        (
            maker.word(age_name(maker, each)),
            maker.number(
                each["count"],
                links.requests(
                    open=True, received_from=each["received_from"], received_before=each["received_before"]
                ),
            ),
        )
        for each in figures["requests"]["open"]["ages"]
    )
    return Table("backlog", _head(maker, _("Age"), _("Open now")), rows)


def _states(maker: Maker, figures: Json) -> Table:
    rows = tuple(
        (
            maker.word(maker.words(request_label(each["state"], None).word)),
            maker.number(each["count"], links.requests(open=True, state=each["state"])),
        )
        for each in figures["requests"]["open"]["states"]
    )
    return Table("states", _head(maker, _("State"), _("Open now")), rows)


def standard_of(maker: Maker, each: Json) -> str:
    """The list of what was standard in these days."""
    days = Days(date.fromisoformat(each["from"]), date.fromisoformat(each["until"]))
    return links.requests(
        **Chosen(days, maker.chosen.zone, None).within("received"),
        imported=False,
        planned=False,
        standard=True,
    )


def part_name(maker: Maker, each: Json) -> str:
    first, last = (maker.visit.moments.day(f"{each[name]}T12:00:00+00:00") for name in ("from", "until"))
    return first if first == last else f"{first} – {last}"


def _standard(maker: Maker, figures: Json) -> Table:
    rows = tuple(
        (
            Cell(each["from"], part_name(maker, each)),
            maker.number(each["count"], standard_of(maker, each)),
            maker.number(each["of"]),
            maker.share(each["count"], each["of"]),
        )
        for each in figures["requests"]["standard_over_time"]
    )
    return Table("standard", _head(maker, _("Days"), _("Standard"), _("Received"), _("Share")), rows)


def _kept(maker: Maker, figures: Json) -> Table:
    judged = maker.chosen.within("judged")
    rows = []
    for each in figures["clocks"]["kept"]:
        which = {**judged, "clock": each["clock"], "priority": each["priority"]}
        rows.append(
            (
                maker.word(term_name(maker, each)),
                maker.number(each["met"], links.clocks(**which, state="met")),
                maker.number(each["late"], links.clocks(**which, state="breached")),
                maker.share(each["met"], each["met"] + each["late"]),
            )
        )
    return Table("kept", _head(maker, _("Term"), _("In time"), _("Too late"), _("Kept")), tuple(rows))


def _promises(maker: Maker, figures: Json) -> Table:
    """Of what was promised for a moment in these days, by who has it in hand."""
    due = maker.chosen.within("until")
    states = ("kept", "broken", "replaced", "open")
    rows = tuple(
        (
            maker.word(each["team"] or maker.words("The desk")),
            *(
                maker.number(each[state], links.promises(**due, team=each["filter"], state=state))
                for state in states
            ),
            maker.share(each["kept"], each["kept"] + each["broken"]),
        )
        for each in figures["requests"]["promises"]["teams"]
    )
    head = _head(maker, _("Who"), _("Kept"), _("Not kept"), _("Replaced"), _("Still to come"), _("Kept"))
    return Table("promises", head, rows)


def _open_clocks(maker: Maker, figures: Json) -> Table:
    standings = ("late", "near", "fine", "paused")
    rows = tuple(
        (
            maker.word(clock_name(maker, each)),
            *(
                maker.number(each[standing], links.clocks(clock=each["clock"], standing=standing))
                for standing in standings
            ),
        )
        for each in figures["clocks"]["open"]
    )
    head = _head(maker, _("Term"), _("Too late"), _("Nearly due"), _("On course"), _("Paused"))
    return Table("open-clocks", head, rows)


def _minutes(maker: Maker, figures: Json) -> Table:
    found = figures["clocks"]["minutes"]
    total = sum(found[party] for party in ("desk", "supplier", "requester"))
    rows = tuple(
        (
            maker.word(maker.words(PARTIES[party]).capitalize()),
            Cell(round(found[party] / 60, 1), maker.numbers.hours(found[party])),
            Cell(
                round(found[party] / 60 / found["requests"], 2) if found["requests"] else None,
                maker.numbers.hours(found[party] / found["requests"]) if found["requests"] else "–",
            ),
            maker.share(found[party], total),
        )
        for party in ("desk", "supplier", "requester")
    )
    head = _head(maker, _("Whose turn it was"), _("Hours"), _("Hours per request"), _("Share"))
    return Table("minutes", head, rows)


def _hand_offs(maker: Maker, figures: Json) -> Table:
    closed = maker.chosen.within("closed")
    found = figures["requests"]
    rows = []
    for own, past in zip(found["hand_offs"], found["imported_hand_offs"], strict=True):
        number = own["hand_offs"]
        imported = {"imported": True, "hand_offs": number}
        rows.append(
            (
                maker.word(hand_offs_name(maker, number)),
                maker.number(own["count"], links.requests(**closed, imported=False, hand_offs=number)),
                maker.number(past["count"], links.requests(**imported)),
                maker.number(past["in_time"], links.requests(**imported, in_time=True)),
                maker.share(past["in_time"], past["judged"]),
            )
        )
    head = _head(maker, _("Handed over"), _("Closed here"), _("Imported"), _("Of which in time"), _("Kept"))
    return Table("hand-offs", head, tuple(rows))


PROVIDER_HEAD = (
    _("Provider"), _("Open now"), _("Past their plan"), _("Delivery failed"), _("Issued"), _("Refused"),
    _("Refused, share"), _("Accepted after"), _("Right at once"), _("Handed over"),
)  # fmt: skip


def _providers(maker: Maker, figures: Json) -> Table:
    rows = []
    for each in figures["work_orders"]["providers"]:
        own = {"provider_id": each["provider_id"]}
        issued = {**own, **maker.chosen.within("issued")}
        minutes = each["seconds_to_accept"] / 60 if each["seconds_to_accept"] is not None else None
        rows.append(
            (
                maker.word(each["name"]),
                maker.number(each["open"], links.orders(**own, open=True)),
                maker.number(each["late"], links.orders(**own, late=True)),
                maker.number(each["failed"], links.orders(**own, delivery="failed")),
                maker.number(each["issued"], links.orders(**issued)),
                maker.number(each["refused"], links.orders(**issued, refused=True)),
                maker.share(each["refused"], each["issued"]),
                Cell(
                    round(minutes, 1) if minutes is not None else None,
                    maker.visit.moments.minutes(round(minutes)) if minutes is not None else "–",
                ),
                Cell(
                    percent(each["completed"] - each["not_at_once"], each["completed"]),
                    maker.numbers.share(each["completed"] - each["not_at_once"], each["completed"]),
                    links.orders(**issued, completed=True, at_once=False) if each["not_at_once"] else "",
                ),
                maker.number(each["hand_overs"]),
            )
        )  # fmt: skip
    head = _head(maker, *PROVIDER_HEAD)
    return Table("providers", head, tuple(rows))


def _kinds(maker: Maker, figures: Json) -> Table:
    received = maker.chosen.within("received")
    rows = []
    for each in figures["requests"]["kinds"]:
        kind = each["kind"]
        href = links.requests(**received, kind=kind) if kind else ""
        rows.append((maker.word(kind_name(maker, kind)), maker.number(each["count"], href)))
    return Table("kinds", _head(maker, _("Kind"), _("Received")), tuple(rows))


def _products(maker: Maker, figures: Json) -> Table:
    received = maker.chosen.within("received")
    rows = tuple(
        (
            maker.word(maker.visit.words.of(each["name"]) or maker.words("Unknown")),
            maker.number(each["count"], links.requests(**received, product_id=each["product_id"])),
        )
        for each in figures["requests"]["products"]
    )
    return Table("products", _head(maker, _("Product"), _("Received")), rows)


def _head(maker: Maker, *texts: str) -> tuple[str, ...]:
    return tuple(maker.words(text) for text in texts)


# Of which part of the figures each is made, and how.
TABLES: Mapping[str, tuple[str, Callable[[Maker, Json], Table]]] = {
    "flow": ("requests", _flow),
    "backlog": ("requests", _backlog),
    "states": ("requests", _states),
    "standard": ("requests", _standard),
    "kept": ("clocks", _kept),
    "open-clocks": ("clocks", _open_clocks),
    "promises": ("requests", _promises),
    "minutes": ("clocks", _minutes),
    "hand-offs": ("requests", _hand_offs),
    "providers": ("work_orders", _providers),
    "kinds": ("requests", _kinds),
    "products": ("requests", _products),
    "cancelled-late": ("requests", cancelled_late),
}


def tables(maker: Maker, figures: Json) -> dict[str, Table]:
    """Those whose service answered, by name."""
    return {name: make(maker, figures) for name, (part, make) in TABLES.items() if figures[part] is not None}
