"""Proposing while somebody types, and keeping what they chose."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from servicekit.worktime.period import Period

from intake.domain.danger import danger_in
from intake.domain.proposing import places
from intake.domain.proposing.duplicates import About, Duplicate, duplicates
from intake.domain.proposing.knowledge import Offered, Proposals
from intake.domain.proposing.model import Guess
from intake.domain.requests import Request
from intake.handlers.access import DIRECT, READ_ALL
from intake.storage.nearby import open_nearby
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]
Proposed = dict[str, list[Any]]


# What is older is either known to everybody or forgotten.
RECENT = timedelta(days=60)
# Others may know of these; what somebody orders, asks or complains about is their own affair.
SHARED = frozenset({"fault"})
MOST_PRODUCTS = 3
Likely = tuple[Offered, Guess]


def get_proposals(
    work: IntakeWork,
    text: str,
    requester_id: UUID | None,
    location_id: UUID | None,
    object: str | None = None,
    asset_id: UUID | None = None,
) -> View:
    """Kinds, products and places that the words speak of, and what is open about the same at the place that
    was chosen (that of the object, when one was), else the first that is proposed. Places only for
    those who may read them; the usual place of another only for the desk.
    """
    found = work.knowledge.propose(text)
    whose = _whose(work, requester_id)
    locations = _locations(work, text, whose) if work.actor.can("relations.read") else []
    here = location_id or (locations[0]["location_id"] if locations else None)
    usual = _usual_first(work, found, asset_id)
    return {
        "kinds": _kinds(found),
        "products": _products(work, usual, whose),
        "locations": locations,
        "duplicates": _duplicates(work, text, About(_likely(found), object, asset_id), here),
        "danger": danger_in(text),
    }


def _likely(found: Proposals) -> str | None:
    return found.products[0][0].ref.product_id if found.products else None


def _duplicates(work: IntakeWork, text: str, about: About, here: UUID | None) -> list[View]:
    if not (here or about.asset_id) or not work.actor.can("relations.read"):
        return []
    known = open_nearby(work.connection, here, about.asset_id, work.now - RECENT)
    visible = [each for each in known if is_open_to(work, each.requester) or each.kind in SHARED]
    return [duplicate_view(work, each) for each in duplicates(text, about, visible)]


def is_open_to(work: IntakeWork, requester: View | None) -> bool:
    own = requester is not None and UUID(requester["person_id"]) in work.own_ids
    return own or work.actor.can(READ_ALL)


def duplicate_view(work: IntakeWork, duplicate: Duplicate) -> View:
    """Of another's, to whoever may not read it: that it is known, where, since when and how it stands. Not
    who, not in which words (nor which of one's own are in it: that would be a way to ask), and nothing by
    which it could be opened.
    """
    known = duplicate.known
    view = {
        "kind": known.kind,
        "state": known.state,
        "product": known.product["name"] if known.product else None,
        "path": known.path,
        "received_at": known.received_at,
        "follow_id": None if known.follows else known.request_id,
    }
    if not is_open_to(work, known.requester):
        return {**view, "request_id": None, "reference": None, "summary": None, "because": ()}
    own = {name: getattr(known, name) for name in ("request_id", "reference", "summary")}
    return {**view, **own, "because": duplicate.because}


def _whose(work: IntakeWork, requester_id: UUID | None) -> UUID | None:
    """Another than oneself only for the desk."""
    own = UUID(work.actor.person_id) if work.actor.person_id else None
    return (requester_id or own) if work.actor.can(DIRECT) else own


def _kinds(found: Proposals) -> list[View]:
    return [
        {"kind": guess.what, "confidence": guess.confidence, "because": guess.because}
        for guess in found.kinds
    ]


def _usual_first(work: IntakeWork, found: Proposals, asset_id: UUID | None) -> list[Likely]:
    """The product by which the object is usually reported says more than any words."""
    usual = work.assets.usual_product(asset_id) if asset_id else None
    product = work.knowledge.on_offer(str(usual)) if usual else None
    if product is None:
        return found.products
    rest = [each for each in found.products if each[0].ref.product_id != product.ref.product_id]
    return [(product, Guess(product.ref.product_id, 1.0, ())), *rest][:MOST_PRODUCTS]


def _products(work: IntakeWork, likely: list[Likely], whose: UUID | None) -> list[View]:
    """But those that are for another group than this person's."""
    limited = whose and any(product.audience.groups for product, _ in likely)
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
        for product, guess in likely
        if person is None or product.audience.has_group(person.department, person.customer)
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
