"""Faults that are reported from the stops of a round: one per defect, linked to the round that found it."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from servicekit.errors import NotYet

from intake.domain.links import FROM_THE_OTHER, Kind, Link
from intake.domain.proposing.duplicates import About, duplicates
from intake.domain.references import reference
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.domain.values import By, Entry, Requester
from intake.handlers.about_assets import name
from intake.handlers.promising import promised
from intake.handlers.proposing import RECENT
from intake.handlers.receiving import summary_of
from intake.storage.lookups import Found
from intake.storage.nearby import open_nearby
from intake.storage.unit_of_work import IntakeWork

Fact = dict[str, Any]
FAULT = "fault"
MAKER = "round:"


def defect_found(work: IntakeWork, rules: Rules, fact: Fact) -> None:
    """In the name of who found it, else of whoever keeps the plan. Nobody is mailed; the desk decides what
    must be done about it, and reads what is already open about the same.
    """
    work.links.take_turn()
    walked = work.requests.find_to_change(UUID(fact["request_id"]))
    if walked is None:
        raise NotYet(f"request {fact['request_id']} is not known here")
    by = By(fact["by"]["kind"], fact["by"]["name"] or fact["provider"]["name"])
    request = _fault(work, rules, walked, fact)
    known = _known_already(work, request)
    request.receive(by)
    request.assess(work.now, by)
    if known:
        said = {"references": known}
        request.entries.append(Entry(work.now, "maybe_known", by, {}, said, public=False))
    _link(work, request, walked, by)


def _link(work: IntakeWork, request: Request, walked: Request, by: By) -> None:
    link = Link(request.request_id, walked.request_id, Kind.FOUND_IN)
    request.link(link.kind, None, walked, work.now, by)
    walked.link(FROM_THE_OTHER[link.kind], None, request, work.now, by)
    work.add(request)
    work.links.add(link, work.now, {"kind": by.kind, "name": by.name})
    work.save(walked)
    work.touched(walked)


def _fault(work: IntakeWork, rules: Rules, walked: Request, fact: Fact) -> Request:
    requester = _requester(walked, fact)
    found = _found(work, rules, UUID(requester.person_id), fact)
    priority = rules.default_priority
    text = f"{fact['title']}: {fact['note']}"
    request = Request(
        request_id=work.new_id(),
        number=found.number,
        reference=reference(found.number, work.now.astimezone(ZoneInfo(rules.zone))),
        channel="api",
        kind=FAULT,
        object=fact["title"],
        priority=priority,
        summary=summary_of(text),
        text=text,
        received_at=work.now,
        promise=promised(rules, found.calendar, work.now, FAULT, priority, None, None),
        requester=found.requester or requester,
        customer_id=found.customer_id,
        notify=False,
        created_by={"kind": "program", "id": f"{MAKER}{fact['work_order_id']}", "name": fact["number"]},
        location=found.location or walked.location,
    )
    if found.asset:
        name(request, found.asset)
    return request


def _requester(walked: Request, fact: Fact) -> Requester:
    assert walked.requester is not None  # a plan's, which always has its keeper
    if fact["reporter_id"] is None:
        return walked.requester
    return Requester(fact["reporter_id"], fact["by"]["name"] or fact["provider"]["name"])


def _found(work: IntakeWork, rules: Rules, requester_id: UUID, fact: Fact) -> Found:
    place, asset = fact["location"], fact["asset"]
    return work.lookups.for_receipt(
        requester_id,
        UUID(place["location_id"]) if place else None,
        None,
        None,
        rules.zone,
        UUID(asset["asset_id"]) if asset else None,
    )


def _known_already(work: IntakeWork, request: Request) -> list[str]:
    """The references of what is open there and could be the same."""
    place, asset = request.location, request.asset
    here = UUID(place.location_id) if place and place.location_id else None
    if here is None:
        return []
    which = UUID(asset.asset_id) if asset else None
    known = open_nearby(work.connection, here, which, work.now - RECENT)
    about = About(None, request.object, which)
    return [each.known.reference for each in duplicates(request.text, about, known)]
