"""Proposing while somebody types, and keeping what they chose."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.worktime.period import Period

from intake.domain.proposing import places
from intake.domain.proposing.knowledge import Proposals
from intake.domain.requests import Request
from intake.handlers.access import DIRECT
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]
Proposed = dict[str, list[Any]]


def get_proposals(work: IntakeWork, text: str, requester_id: UUID | None) -> View:
    """Kinds, products and places that the words speak of. Places only for those who may read them; the usual
    place of another only for the desk.
    """
    found = work.knowledge.propose(text)
    whose = _whose(work, requester_id)
    return {
        "kinds": _kinds(found),
        "products": _products(work, found, whose),
        "locations": _locations(work, text, whose) if work.actor.can("relations.read") else [],
    }


def _whose(work: IntakeWork, requester_id: UUID | None) -> UUID | None:
    """Another than oneself only for the desk."""
    own = UUID(work.actor.person_id) if work.actor.person_id else None
    return (requester_id or own) if work.actor.can(DIRECT) else own


def _kinds(found: Proposals) -> list[View]:
    return [
        {"kind": guess.what, "confidence": guess.confidence, "because": guess.because}
        for guess in found.kinds
    ]


def _products(work: IntakeWork, found: Proposals, whose: UUID | None) -> list[View]:
    """But those that are for another group than this person's."""
    limited = whose and any(product.audience.departments for product, _ in found.products)
    person = work.relations.person(whose) if limited and whose else None
    return [
        {
            "product_id": product.ref.product_id,
            "slug": product.ref.slug,
            "name": product.ref.name,
            "category": product.category,
            "kind": product.kind,
            "confidence": guess.confidence,
            "because": guess.because,
        }
        for product, guess in found.products
        if person is None or product.audience.has_group(person.department)
    ]


def _locations(work: IntakeWork, text: str, whose: UUID | None) -> list[View]:
    mentioned = places.mentioned(text)
    found = places.found(work.locations.spelled(mentioned.spellings, whose), mentioned)
    return [
        {
            "location_id": place.candidate.location_id,
            "name": place.candidate.name,
            "path": place.candidate.path,
            "usual": place.candidate.usual,
            "because": place.because,
        }
        for place in found
    ]


def keep_choice(work: IntakeWork, request: Request, proposed: Proposed | None) -> None:
    """What the desk chose teaches; what anybody chose from proposals is counted. The rest is no choice."""
    by_desk = work.actor.can(DIRECT) and bool(request.kind or request.product)
    if not by_desk and proposed is None:
        return
    place = request.location
    work.choices.add(
        {
            "request_id": request.request_id,
            "at": work.now,
            "by_desk": by_desk,
            "kind": request.kind,
            "product_id": request.product.product_id if request.product else None,
            "location_id": place.location_id if place else None,
            "proposed": proposed,
        }
    )


def get_acceptance(work: IntakeWork, period: Period) -> View:
    return work.choices.accepted(period)
