"""A complaint about one's own request: about the whole of it, about who came, or about what was promised."""

from __future__ import annotations

from typing import Any

from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas import requests as shapes
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.site import happening
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/requests/<uuid:request_id>/complain"
# What one may choose, beside who came.
WHOLE = (
    ("request", _("How it was dealt with")),
    ("respond", _("That I heard from you too late")),
    ("resolve", _("That it was not done when you promised")),
)


@pages.get(PATH, "requests.create")
def ask(visit: Visit, request_id: str) -> Outcome:
    """The form."""
    return _form(visit, request_id)


@pages.post(PATH, "requests.create")
def send(visit: Visit, request_id: str) -> Outcome:
    """Send it; it becomes a request of its own, chained to this one."""
    try:
        received = visit.services.intake.receive_request(**_command(visit, request_id))
    except NotFound:
        raise
    except ServiceError as error:
        problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
        return _form(visit, request_id, errors.status_of(visit, error), problem)
    return visit.go(f"/requests/{received['request_id']}?new=1")


def _form(visit: Visit, request_id: str, status: int = 200, problem: Json | None = None) -> Outcome:
    request = visit.services.intake.get_request(request_id)
    who = [
        (f"order.{order['work_order_id']}", order["provider"]["name"], visit.words.of(order["title"]))
        for order in happening.visits(request)
    ]
    promise = request["promise"] or {}
    whole = [
        (value, visit.words(text), "")
        for value, text in WHOLE
        if value == "request" or promise.get(f"{value}_by")
    ]
    return visit.show(
        "site/complain.html",
        status,
        request=request,
        choices=[*whole, *who],
        filled=visit.form.said(),
        problem=problem,
    )


def _command(visit: Visit, request_id: str) -> dict[str, Any]:
    chosen, _dot, order = (visit.form.text("about") or "request").partition(".")
    about: Json = {"requestId": request_id}
    if chosen == "order":
        about["workOrderId"] = order
    elif chosen != "request":
        about["promise"] = chosen
    given = {"kind": "complaint", "channel": "site", "text": visit.form.text("text"), "about": about}
    return forms.load(shapes.NewRequest(), given)
