"""Confidential requests: naming who reads them, by hand or by the list of confidants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from servicekit.errors import Conflict, Invalid, NotYet

from intake.domain.confidence import Reader, told_before
from intake.domain.requests import Request
from intake.handlers import views
from intake.handlers.access import DIRECT, to_change
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]
MOST_SHOWN = 50


def confide(work: IntakeWork, request_id: UUID, version: int, reader_ids: Sequence[UUID]) -> views.View:
    """Confidential from now on; of one that is, its readers are these from now on. Who says so of one that
    was open to them goes on reading it, so that it is never nobody's.
    """
    request = to_change(work, request_id, version)
    readers = _named(work, reader_ids) or work.confidence.confidants()
    request.confide(_with_oneself(work, request, readers), work.now, work.by)
    save_confided(work, request, True)
    return views.summary(request, work.actor)


def at_receipt(work: IntakeWork, request: Request, follows: UUID | None) -> None:
    """Before anything is told of it. Raises Invalid, Conflict."""
    if follows:
        text = "A confidential report stands by itself. Leave `follows` out, or report it openly."
        raise Invalid("invalid", text, {"follows": [text]})
    readers = work.confidence.confidants()
    if work.actor.can(DIRECT):
        readers = _with_oneself(work, request, readers)
    if not readers:
        raise Conflict(
            "no_confidants", "Nobody has been named to read confidential reports. Ask the service desk."
        )
    request.readers = list(readers)


def confide_by(work: IntakeWork, request: Request, confidential: bool) -> None:
    """By the product that it turns out to be; `save_confided` saves it."""
    if confidential and not request.confidential:
        readers = _with_oneself(work, request, work.confidence.confidants())
        request.confide(readers, work.now, work.by)


def save_confided(work: IntakeWork, request: Request, confidential: bool) -> None:
    """With what was kept of its words elsewhere put away, when it is `confidential` since now."""
    work.save(request)
    if confidential:
        work.requests.seal(request)
        work.batches.seal(request.request_id)


def order_opened(work: IntakeWork, fact: dict[str, Any]) -> None:
    """By one of those who carry it out: shown among the others who opened it, with whom they work for."""
    request = work.requests.find(fact["request_id"])
    if request is None:
        raise NotYet(f"request {fact['request_id']} is not known here")
    name, provider = fact["name"], fact["provider"]["name"]
    who = name if name == provider else f"{name} ({provider})"
    work.confidence.note_opening(request.request_id, fact["actor_id"], who, fact["at"])


def list_confidants(work: IntakeWork) -> View:
    return {"items": [_view(each) for each in work.confidence.confidants()]}


def save_confidants(work: IntakeWork, person_ids: Sequence[UUID]) -> View:
    """Who reads what is reported in confidence from now on. What was reported before keeps its readers."""
    work.confidence.save_confidants([UUID(each.person_id) for each in _named(work, person_ids)])
    return list_confidants(work)


def confidence_of(work: IntakeWork, request: Request, lines: Sequence[Mapping[Any, Any]]) -> View:
    """For who may read it: who else does, who has opened it, and who had its words before."""
    opened = work.confidence.openings(request.request_id, MOST_SHOWN)
    return {
        "readers": [_view(each) for each in request.readers or ()],
        "openings": [{"name": row.name, "at": row.at} for row in opened],
        "told_before": told_before(lines, request),
    }


def _named(work: IntakeWork, person_ids: Sequence[UUID]) -> list[Reader]:
    found = work.confidence.people(person_ids)
    if len(found) != len(set(person_ids)):
        text = "One of these people is not known. Choose others."
        raise Invalid("invalid", text, {"reader_ids": [text]})
    return found


def _with_oneself(work: IntakeWork, request: Request, readers: Sequence[Reader]) -> list[Reader]:
    own = work.actor.person_id
    known = {each.person_id for each in readers}
    may_go_on = own and own not in known and (request.readers is None or request.opens_to({own}))
    return [*readers, Reader(own, work.actor.name)] if own and may_go_on else list(readers)


def _view(reader: Reader) -> View:
    return {"person_id": reader.person_id, "name": reader.name}
