"""What was ordered for a moment and withdrawn when that was no longer free, and what that costs."""

from __future__ import annotations

from gateway.clients import Json
from gateway.pages.labels import _
from gateway.pages.manage import links
from gateway.pages.manage.figure import Figure
from gateway.pages.manage.table_shapes import Cell, Maker, Table
from gateway.pages.site.terms import euros


def figure(maker: Maker, late: Json) -> list[Figure]:
    """Nothing while nobody withdraws anything."""
    if not late["of"]:
        return []
    about = maker.words(
        "%(cost)s by the rules of their products; %(of)s were withdrawn",
        cost=euros(maker.visit.words, late["cost_cents"]),
        of=maker.numbers.count(late["of"]),
    )
    href = links.requests(**maker.chosen.within("closed"), cancelled_late=True)
    return [Figure(maker.words("Cancelled too late"), maker.numbers.count(late["count"]), about, href)]


def cancelled_late(maker: Maker, figures: Json) -> Table:
    """By product; what nobody can price is counted and costs nothing here."""
    closed = maker.chosen.within("closed")
    rows = tuple(
        (
            maker.word(maker.visit.words.of(each["name"]) or maker.words("Unknown")),
            maker.number(
                each["count"], links.requests(**closed, cancelled_late=True, product_id=each["product_id"])
            ),
            Cell(each["cost_cents"] / 100, euros(maker.visit.words, each["cost_cents"])),
            maker.number(each["unpriced"]),
        )
        for each in figures["requests"]["cancelled_late"]["products"]
    )
    head = (_("Product"), _("Cancelled too late"), _("Costs"), _("Without a price"))
    return Table("cancelled-late", tuple(maker.words(text) for text in head), rows)
