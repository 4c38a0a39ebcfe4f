"""Where the desk gets the link for a supplier, sees whether one is used, ends them and mails one anew."""

from __future__ import annotations

from servicekit.errors import ServiceError

from gateway.api.schemas import order_links as shapes
from gateway.order_links import make_link
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

LINK = "/desk/orders/<uuid:work_order_id>/link"


@pages.get(LINK, "work_orders.repair")
def link(visit: Visit, work_order_id: str) -> Outcome:
    """The link that the desk gives to a supplier."""
    return _show(visit, work_order_id)


@pages.post(f"{LINK}/end", "work_orders.repair")
def end(visit: Visit, work_order_id: str) -> Outcome:
    """None that was made until now is good any more."""
    try:
        said = {"reason": visit.form.text("reason"), "send": "send" in visit.form}
        body = forms.load(shapes.EndingLinks(), said)
        visit.services.dispatch.end_order_links(work_order_id, **body)
    except ServiceError as error:
        return _show(visit, work_order_id, error)
    done = _("The links are ended, and a new one is mailed.") if body["send"] else _("The links are ended.")
    return visit.go(f"/desk/orders/{work_order_id}/link", done)


@pages.post(f"{LINK}/send", "work_orders.repair")
def send(visit: Visit, work_order_id: str) -> Outcome:
    """Mail it again."""
    try:
        visit.services.dispatch.send_order_link(work_order_id)
    except ServiceError as error:
        return _show(visit, work_order_id, error)
    return visit.go(f"/desk/orders/{work_order_id}/link", _("The link is mailed."))


def _show(visit: Visit, work_order_id: str, error: ServiceError | None = None) -> Outcome:
    order = visit.services.dispatch.get_work_order(work_order_id)
    links = visit.services.dispatch.get_order_links(work_order_id)
    made = make_link(visit.house, visit.actor, order, links)
    wrong = errors.field_errors(visit, error) if error else {}
    return visit.show(
        "supplier/made_link.html",
        errors.status_of(visit, error) if error else 200,
        order=order,
        links=links,
        kept=visit.form.said(),
        wrong=wrong,
        problem=errors.explain(visit, error) if error and not wrong else "",
        **made,
    )
