"""What a caller began on the site, opened with the code that they read out."""

from __future__ import annotations

from dataclasses import dataclass, field

from servicekit.errors import ServiceError

from gateway.clients import Json
from gateway.pages import errors
from gateway.pages.visit import Visit

FINISH = "reports.finish"
NO_PLACE = "none"


@dataclass(frozen=True)
class Begun:
    """`report` is as intake tells it; `problem` why there is none. Both empty: no code was typed."""

    code: str = ""
    report: Json | None = None
    problem: str = ""
    status: int = 200
    filled: dict[str, str] = field(default_factory=dict)


def opened(visit: Visit) -> Begun:
    """By the code in the address; only for the page as a whole."""
    code = visit.query.text("begun")
    if not code or visit.target is not None or not visit.can(FINISH):
        return Begun(code or "")
    try:
        report = visit.services.intake.find_begun_report(code[:40])
    except ServiceError as error:
        return Begun(code, None, errors.explain(visit, error), errors.status_of(visit, error))
    return Begun(report["code"], report, filled=_filled(visit, report) if report["state"] == "open" else {})


def _filled(visit: Visit, report: Json) -> dict[str, str]:
    """As the form of a new call names it. Searched for, so that the finders show what was chosen."""
    filled = {**report["filled"], "begun_id": str(report["begun_id"])}
    if filled.get("location_id") == NO_PLACE:
        del filled["location_id"]
    if report["location"]:
        filled["place_q"] = report["location"]["path"]
    if report["person"]:
        filled["requester_id"] = str(report["person"]["person_id"])
    if "product_id" in filled:
        filled["product_q"] = _name_of(visit, filled["product_id"])
    return filled


def _name_of(visit: Visit, product_id: str) -> str:
    """Empty when it is not offered any more: the desk then chooses anew."""
    try:
        return visit.words.of(visit.services.catalog.get_product(product_id)["name"])
    except ServiceError:
        return ""
