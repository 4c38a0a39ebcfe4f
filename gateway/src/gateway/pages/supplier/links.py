"""One order by a signed link, for a supplier without an account.

Who opens the link acts as its supplier, whoever else is signed in in this browser.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from servicekit.actor import Actor, service_actor
from servicekit.errors import Conflict, NotFound, ServiceError

from gateway.clients import Json
from gateway.order_links import is_over
from gateway.pages import errors, going_along, own_visits
from gateway.pages.acting import as_actor
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.own_orders import carry_out, order_values, send_file
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.site.following import HEADERS
from gateway.pages.visit import Visit

pages = Pages()

LINK = "/orders/<signed>"


class LinkEnded(Exception):
    """The link was ours and is good no more. `why`: expired, over, gone or taken_back."""

    def __init__(self, why: str) -> None:
        self.why = why


@pages.get(LINK, PUBLIC)
def order(visit: Visit, signed: str) -> Outcome:
    """The order of a link, for whoever has the link."""
    return _show(visit, signed)


@pages.get(f"{LINK}/files/<uuid:file_id>", PUBLIC)
def file(visit: Visit, signed: str, file_id: str) -> Outcome:
    """A photo or document that came with completion, to be saved."""
    try:
        order, actor = _open(visit, signed)
    except LinkEnded as ended:
        return _ended(visit, ended)
    return send_file(visit, as_actor(visit, actor), str(order["work_order_id"]), file_id)


@pages.post(f"{LINK}/visit/<action>", PUBLIC)
def move_visit_on(visit: Visit, signed: str, action: str) -> Outcome:
    """What the supplier does with all orders of the visit that this one is in."""
    try:
        order, actor = _open(visit, signed)
    except LinkEnded as ended:
        return _ended(visit, ended)
    services = as_actor(visit, actor)
    company = going_along.of_order(services, order)
    if company is None or company["visit"] is None:
        return visit.go(f"/orders/{signed}", _("This order is by itself now."))
    try:
        left, _found = own_visits.say(visit, services, str(company["visit"]["visit_id"]), action)
    except ServiceError as error:
        problem = own_visits.problem_of(visit, error, str(company["visit"]["visit_id"]), action)
        return _show(visit, signed, errors.status_of(visit, error), problem=problem, kept=visit.form.said())
    if left:
        return _show(visit, signed, outcomes=left)
    return visit.go(f"/orders/{signed}", _("Done for every order of the visit."))


@pages.post(f"{LINK}/<action>", PUBLIC, takes_files=True)
def move_on(visit: Visit, signed: str, action: str) -> Outcome:
    """What the supplier does with it; recorded as done by the supplier."""
    try:
        order, actor = _open(visit, signed)
    except LinkEnded as ended:
        return _ended(visit, ended)

    def again(status: int, **more: Any) -> Outcome:
        return _show(visit, signed, status, **more)

    name = action.replace("-", "_")
    return carry_out(visit, actor, str(order["work_order_id"]), name, again, f"/orders/{signed}")


def _show(visit: Visit, signed: str, status: int = 200, **more: Any) -> Outcome:
    try:
        order, actor = _open(visit, signed)
    except LinkEnded as ended:
        return _ended(visit, ended)
    values = order_values(visit, order, **more)
    company = going_along.of_order(as_actor(visit, actor), order)
    in_visit = company["visit"] if company else None
    page = visit.show(
        "supplier/link.html",
        status,
        path=f"/orders/{signed}",
        company=company if in_visit else None,
        whole=own_visits.whole_of(in_visit) if in_visit else None,
        visit_fields=own_visits.VISIT_FIELDS,
        left_out=own_visits.LEFT_OUT,
        outcomes=more.get("outcomes", {}),
        **values,
    )
    return replace(page, headers=HEADERS)


def _open(visit: Visit, signed: str) -> tuple[Json, Actor]:
    """The order as it stands now, and its supplier. Raises NotFound, LinkEnded."""
    link = visit.house.order_links.read(signed)
    if visit.house.order_links.is_expired(link):
        raise LinkEnded("expired")
    try:
        order = as_actor(visit, link.actor()).dispatch.get_order_by_link(link.work_order_id, link.serial)
    except NotFound as error:
        raise LinkEnded("gone") from error
    except Conflict as error:
        raise LinkEnded("taken_back") from error
    if is_over(order) or _is_shut_out(visit, link.provider_id):
        raise LinkEnded("over")
    return order, link.actor(str(order["provider"]["name"]))


def _is_shut_out(visit: Visit, provider_id: str) -> bool:
    """Whose access is revoked comes in by no door, so neither by this one."""
    known = as_actor(visit, service_actor("gateway")).dispatch.list_supplier_access()["items"]
    return any(str(each["provider_id"]) == provider_id and each["standing"] == "revoked" for each in known)


def _ended(visit: Visit, ended: LinkEnded) -> Outcome:
    return replace(visit.show("supplier/ended.html", 410, why=ended.why), headers=HEADERS)
