"""Who else a request touches, as it was given: each must be known, and of the requester's own customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from servicekit.errors import Invalid

from intake.domain.involved import CostCentre, OnSite
from intake.domain.requests import Request
from intake.domain.values import Requester
from intake.handlers.access import DIRECT
from intake.storage.unit_of_work import IntakeWork


@dataclass(frozen=True)
class Payer:
    """Whose budget decides what must be approved; without one nobody is asked."""

    cost_centre: CostCentre | None = None
    budget_id: UUID | None = None

    @classmethod
    def of(cls, row: Any) -> Payer:
        return cls(CostCentre(row.key, row.name), row.budget_id) if row else cls()


@dataclass(frozen=True)
class Involved:
    requested_for: Requester | None
    on_site: OnSite | None
    payer: Payer


def involved(work: IntakeWork, given: Mapping[str, Any], requester: Requester, own: Payer) -> Involved:
    """`given`: requested_for_id, on_site, cost_centre (its key), or nothing of it. `own`: what the
    requester's department is charged to. Without a word on it who it is for pays.
    """
    somebody = given.get("requested_for_id")
    requested_for = _colleague(work, requester, somebody) if somebody else None
    if given.get("cost_centre"):
        payer = Payer.of(_to_charge(work, requester, given["cost_centre"]))
    elif requested_for:
        payer = Payer.of(work.cost_centres.default_of(UUID(requested_for.person_id)))
    else:
        payer = own
    return Involved(requested_for, given.get("on_site"), payer)


def involve(work: IntakeWork, request: Request, given: Mapping[str, Any]) -> None:
    """In triage: what is given replaces what was said. Who is to pay is known from then on."""
    requester = request.requester
    if requester is None:
        return
    found = involved(work, given, requester, payer_of(work, request))
    request.requested_for = found.requested_for or request.requested_for
    request.on_site = found.on_site or request.on_site
    request.cost_centre = found.payer.cost_centre


def payer_of(work: IntakeWork, request: Request) -> Payer:
    """Of a request as it is; one that says nothing of it is charged to its requester's department."""
    if request.cost_centre:
        return Payer.of(work.cost_centres.by_key(request.cost_centre.key))
    person = request.requested_for or request.requester
    return Payer.of(work.cost_centres.default_of(UUID(person.person_id))) if person else Payer()


def colleague_for(work: IntakeWork, request: Request, person_id: UUID) -> Requester | None:
    """None when that is the requester. Raises Invalid."""
    assert request.requester is not None
    return _colleague(work, request.requester, person_id)


def cost_centre_for(work: IntakeWork, request: Request, key: str) -> CostCentre:
    """Raises Invalid."""
    assert request.requester is not None
    found = Payer.of(_to_charge(work, request.requester, key)).cost_centre
    assert found is not None
    return found


def list_colleagues(work: IntakeWork, q: str) -> dict[str, Any]:
    """Whom one may report for: name and department, no more."""
    own = work.actor.person_id
    rows = work.cost_centres.colleagues(UUID(own), q) if own else []
    named = ("person_id", "name", "department")
    return {"items": [{name: getattr(row, name) for name in named} for row in rows]}


def list_own_cost_centres(work: IntakeWork) -> dict[str, Any]:
    """Those that may be chosen. `own`: of one's own department, which is charged when nothing is said."""
    own = work.actor.person_id
    default = work.cost_centres.default_of(UUID(own)) if own else None
    if work.actor.can(DIRECT):
        rows = work.cost_centres.all()
    else:
        rows = work.cost_centres.of_customer_of(UUID(own)) if own else []
    return {
        "items": [
            {"key": row.key, "name": row.name, "own": default is not None and row.key == default.key}
            for row in rows
        ]
    }


def _colleague(work: IntakeWork, requester: Requester, person_id: UUID) -> Requester | None:
    """Of another customer is the same as unknown: nobody learns who else there is."""
    if str(person_id) == requester.person_id:
        return None
    row = work.cost_centres.colleague(UUID(requester.person_id), person_id)
    if row is None:
        raise _invalid("requested_for_id", "This person is not known. Choose a colleague of the requester.")
    phone = row.phones[0] if row.phones else None
    return Requester(str(row.person_id), row.name, row.email, phone, row.language, row.department)


def _to_charge(work: IntakeWork, requester: Requester, key: str) -> Any:
    """The desk may charge any: one of a project belongs to no department."""
    row = work.cost_centres.by_key(key, valid=True)
    if row and not work.actor.can(DIRECT):
        own = work.cost_centres.of_customer_of(UUID(requester.person_id), key)
        row = row if own else None
    if row is None:
        raise _invalid("cost_centre", "This cost centre is not known, or not of your organisation. "
                                      "Choose another, or none.")  # fmt: skip
    return row


def _invalid(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})
