"""The pictures of the dashboard: which marks, in which tone, with which words and links beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gateway.clients import Json
from gateway.pages import charts
from gateway.pages.charts import Mark, Part
from gateway.pages.labels import _
from gateway.pages.manage import links
from gateway.pages.manage.tables import (
    Maker,
    age_name,
    clock_name,
    hand_offs_name,
    kind_name,
    part_name,
    standard_of,
    term_name,
)
from gateway.pages.names import PARTIES


@dataclass(frozen=True)
class Row:
    """A lying bar with its name before and its number behind it."""

    name: str
    value: str
    parts: list[Part]
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Flow:
    """Upright bars and a line over days; `labels` stand under the first, the middle and the last."""

    bars: list[Mark]
    line: str
    ticks: list[int]
    labels: list[str]
    about: str


@dataclass(frozen=True)
class Pictures:
    flow: Flow | None = None
    ages: list[Row] = field(default_factory=list)
    kept: list[Row] = field(default_factory=list)
    standing: list[Row] = field(default_factory=list)
    minutes: list[Row] = field(default_factory=list)
    standard: list[Row] = field(default_factory=list)
    hand_offs: list[Row] = field(default_factory=list)
    lesson: str = ""
    providers: list[Row] = field(default_factory=list)
    kinds: list[Row] = field(default_factory=list)
    products: list[Row] = field(default_factory=list)


def draw(maker: Maker, figures: Json) -> Pictures:
    """A part whose service is away is empty."""
    found: dict[str, Any] = {}
    if requests := figures["requests"]:
        found |= {
            "flow": _flow(maker, requests),
            "ages": _ages(maker, requests["open"]["ages"]),
            "hand_offs": _hand_offs(maker, requests["imported_hand_offs"]),
            "lesson": _lesson(maker, requests["imported_hand_offs"]),
            "standard": _standard(maker, requests["standard_over_time"]),
            "kinds": _counted(maker, requests["kinds"], "kind"),
            "products": _counted(maker, requests["products"], "product_id"),
        }
    if clocks := figures["clocks"]:
        found |= {
            "kept": _kept(maker, clocks["kept"]),
            "standing": _standing(maker, clocks["open"]),
            "minutes": _minutes(maker, clocks["minutes"]),
        }
    if orders := figures["work_orders"]:
        found["providers"] = _providers(maker, orders["providers"])
    return Pictures(**found)


def _flow(maker: Maker, requests: Json) -> Flow:
    days = requests["days"]
    received, closed = ([day[name] for day in days] for name in ("received", "closed"))
    scale = charts.ticks(max([*received, *closed, 1]))
    places = sorted({0, len(days) // 2, len(days) - 1})
    return Flow(
        charts.bars(received, scale[-1]),
        charts.line(closed, scale[-1]),
        scale,
        [maker.visit.moments.day(f"{days[place]['day']}T12:00:00+00:00") for place in places],
        maker.words(
            "%(received)s received and %(closed)s closed; at most %(most)s a day.",
            received=maker.numbers.count(requests["received"]),
            closed=maker.numbers.count(requests["closed"]),
            most=maker.numbers.count(max([*received, *closed])),
        ),
    )


AGE_TONES = ("good", "info", "info", "warn", "bad")


def _ages(maker: Maker, ages: list[Json]) -> list[Row]:
    most = max(each["count"] for each in ages)
    return [
        _bar(
            maker, age_name(maker, age), age["count"], most, tone,
            links.requests(
                open=True, received_from=age["received_from"], received_before=age["received_before"]
            ),
        )
        for age, tone in zip(ages, AGE_TONES, strict=True)
    ]  # fmt: skip


def _kept(maker: Maker, kept: list[Json]) -> list[Row]:
    return [
        Row(
            term_name(maker, each),
            maker.numbers.share(each["met"], each["met"] + each["late"]),
            charts.stacked(
                [
                    Part(maker.words("in time"), each["met"], "good"),
                    Part(maker.words("too late"), each["late"], "bad striped"),
                ]
            ),
            links.clocks(
                **maker.chosen.within("judged"), clock=each["clock"], priority=each["priority"],
                state="breached" if each["late"] else "met",
            ),
            _late(maker, each["late"]),
        )
        for each in kept
    ]  # fmt: skip


def _standard(maker: Maker, parts: list[Json]) -> list[Row]:
    """Days without any request have no share, and no bar."""
    return [
        Row(
            part_name(maker, each),
            maker.numbers.share(each["count"], each["of"]),
            charts.stacked([Part(maker.words("started at once"), each["count"], "good")], each["of"]),
            standard_of(maker, each),
            maker.words("of %(count)s", count=maker.numbers.count(each["of"])),
        )
        for each in parts
        if each["of"]
    ]


def _late(maker: Maker, count: int) -> str:
    return maker.words("%(late)s late", late=maker.numbers.count(count)) if count else ""


STANDINGS = (
    ("late", _("too late"), "bad striped"),
    ("near", _("nearly due"), "warn"),
    ("fine", _("on course"), "good"),
    ("paused", _("paused"), "wait"),
)


def _standing(maker: Maker, clocks: list[Json]) -> list[Row]:
    rows = []
    for each in clocks:
        total = sum(each[name] for name, _word, _tone in STANDINGS)
        if total:
            parts = [Part(maker.words(word), each[name], tone) for name, word, tone in STANDINGS]
            late = _late(maker, each["late"])
            href = links.clocks(clock=each["clock"], standing="late" if each["late"] else "fine")
            name = clock_name(maker, each)
            rows.append(Row(name, maker.numbers.count(total), charts.stacked(parts), href, late))
    return rows


PARTY_TONES = (("desk", "bar"), ("supplier", "warn"), ("requester", "wait"))


def _minutes(maker: Maker, minutes: Json) -> list[Row]:
    most = max(minutes[party] for party, _tone in PARTY_TONES)
    href = links.clocks(clock="resolve", **maker.chosen.within("stopped"))
    if not most:
        return []
    return [
        Row(
            maker.words(PARTIES[party]).capitalize(),
            maker.words("%(hours)s h", hours=maker.numbers.hours(minutes[party])),
            _one(maker.words(PARTIES[party]), minutes[party], most, tone),
            href,
        )
        for party, tone in PARTY_TONES
    ]


def _hand_offs(maker: Maker, past: list[Json]) -> list[Row]:
    """The share that met its deadline, by how often it was handed over."""
    return [
        Row(
            hand_offs_name(maker, each["hand_offs"]),
            maker.numbers.share(each["in_time"], each["judged"]),
            charts.stacked([Part(maker.words("in time"), each["in_time"], "bar")], each["judged"]),
            links.requests(imported=True, hand_offs=each["hand_offs"]),
            maker.words("of %(count)s", count=maker.numbers.count(each["judged"])),
        )
        for each in past
        if each["judged"]
    ]


def _lesson(maker: Maker, past: list[Json]) -> str:
    """What the picture says, in a sentence; nothing when there is nothing to compare."""
    first, last = past[0], past[-1]
    if not first["judged"] or not last["judged"]:
        return ""
    return maker.words(
        "Without a hand-over %(first)s met the deadline, after three or more %(last)s.",
        first=maker.numbers.share(first["in_time"], first["judged"]),
        last=maker.numbers.share(last["in_time"], last["judged"]),
    )


def _providers(maker: Maker, providers: list[Json]) -> list[Row]:
    most = max((each["open"] for each in providers), default=0)
    rows = []
    for each in sorted(providers, key=lambda each: -each["open"]):
        parts = [
            Part(maker.words("on plan"), each["open"] - each["late"], "bar"),
            Part(maker.words("past their plan"), each["late"], "bad striped"),
        ]
        notes = [
            _late(maker, each["late"]),
            maker.words("%(count)s not delivered", count=each["failed"]) if each["failed"] else "",
        ]
        href = links.orders(provider_id=each["provider_id"], open=True)
        shown = charts.stacked(parts, most) if most else []
        rows.append(
            Row(each["name"], maker.numbers.count(each["open"]), shown, href, ", ".join(filter(None, notes)))
        )
    return rows


def _counted(maker: Maker, found: list[Json], name: str) -> list[Row]:
    received = maker.chosen.within("received")
    most = max((each["count"] for each in found), default=0)
    return [
        _bar(
            maker, _name_of(maker, each), each["count"], most, "bar",
            links.requests(**received, **{name: each[name]}) if each[name] else "",
        )
        for each in found
    ]  # fmt: skip


def _name_of(maker: Maker, each: Json) -> str:
    if "kind" in each:
        return kind_name(maker, each["kind"])
    return maker.visit.words.of(each["name"]) or maker.words("Unknown")


def _bar(maker: Maker, name: str, count: float, most: float, tone: str, href: str) -> Row:
    return Row(name, maker.numbers.count(count), _one(name, count, most, tone), href if count else "")


def _one(name: str, value: float, most: float, tone: str) -> list[Part]:
    return [Part(name, value, tone, 0.0, charts.width(value, most))] if value else []
