"""The stops of a round in the form of a plan: a row each, with a few empty ones at the end."""

from __future__ import annotations

from typing import Any

from servicekit.errors import Invalid

from gateway.clients import Json
from gateway.pages.labels import _
from gateway.pages.manage import places
from gateway.pages.visit import Visit

PARTS = ("title", "where", "points", "optional")
MOST_ROWS, SPARE, MORE = 100, 2, 10
# The button that asks for more rows.
MORE_ROWS = "more"
# Before a point that may stay open.
MAY_STAY_OPEN = "?"


def rows_of(visit: Visit) -> list[dict[str, str]]:
    """As they were filled in; empty ones are left out, so that one is taken away by emptying it."""
    found = []
    for index in range(MOST_ROWS):
        row = {part: visit.form.text(f"stop{index}_{part}") or "" for part in PARTS}
        if any(row[part] for part in ("title", "where", "points")):
            found.append(row)
    return found


def rows_from(stops: list[Json]) -> list[dict[str, str]]:
    """Of a plan as it is."""
    return [
        {
            "title": stop["title"],
            "where": (stop["asset"] or {}).get("code") or (stop["location"] or {}).get("path") or "",
            "points": "\n".join(_line(point) for point in stop["points"]),
            "optional": "yes" if stop["optional"] else "",
        }
        for stop in stops
    ]


def spaced(rows: list[dict[str, str]], more: bool = False) -> list[dict[str, str]]:
    """With room for others."""
    room = min(MORE if more else SPARE, MOST_ROWS - len(rows))
    return [*rows, *(dict.fromkeys(PARTS, "") for _each in range(room))]


def stops_of(visit: Visit, rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """As the API takes them. Raises Invalid at the row that names a place or code that is not known."""
    stops, wrong = [], {}
    for index, row in enumerate(rows):
        try:
            where = _where(visit, row["where"]) if row["where"] else {}
        except Invalid as error:
            wrong[f"stops.{index}.where"] = next(iter(error.errors.values()))
            continue
        points = [_point(line.strip()) for line in row["points"].splitlines() if line.strip()]
        stop = {"title": row["title"] or row["where"], "points": points, "optional": bool(row["optional"])}
        stops.append({**stop, **where})
    if wrong:
        raise Invalid("invalid", visit.words(_("Some fields are not right.")), wrong)
    return stops


def _where(visit: Visit, said: str) -> dict[str, str]:
    """A code on a sticker, else a place. Raises Invalid."""
    if places.SEPARATOR not in said:
        for asset in visit.services.intake.list_assets(q=said[:200], limit=5)["items"]:
            if str(asset["code"]).casefold() == said.casefold():
                return {"asset_id": str(asset["asset_id"])}
    return {"location_id": places.ids_of(visit, said.replace("\n", " "), "where")[0]}


def _line(point: Json) -> str:
    return f"{MAY_STAY_OPEN} {point['text']}" if point["optional"] else str(point["text"])


def _point(line: str) -> dict[str, Any]:
    optional = line.startswith(MAY_STAY_OPEN)
    return {"text": line.removeprefix(MAY_STAY_OPEN).strip() or line, "optional": optional}
