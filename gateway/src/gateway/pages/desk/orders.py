"""What the desk does with the work orders of a request: deliver again, give to another, check, cancel."""

from __future__ import annotations

from servicekit.errors import Invalid
from servicekit.receipts import bearer_of

from gateway.api.schemas import routing
from gateway.api.schemas import work_orders as shapes
from gateway.api.schemas.deviations import AddedStep
from gateway.clients import Json
from gateway.pages import forms
from gateway.pages.desk.actions import done
from gateway.pages.labels import _
from gateway.pages.order_forms import FIELDS, details_of
from gateway.pages.outcome import Outcome
from gateway.pages.own_orders import send_file
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/desk/requests/<uuid:request_id>/orders/<uuid:work_order_id>"
# In the hands of the desk; the executor's own actions may be done on its behalf too.
ACTIONS = frozenset(FIELDS)


@pages.post("/desk/requests/<uuid:request_id>/give-out", "work_orders.repair")
def give_out(visit: Visit, request_id: str) -> Outcome:
    """Decide who does what no rule gives to anybody."""

    def act(visit: Visit, request_id: str) -> Json:
        given = {name: visit.form.text(name) for name in ("provider_id", "reason")}
        return visit.services.dispatch.plan_by_hand(request_id, **forms.load(routing.ByHand(), given))

    return done(visit, request_id, "give-out", act, _("It is given out."))


@pages.post("/desk/requests/<uuid:request_id>/added-steps", "work_orders.repair")
def add_step(visit: Visit, request_id: str) -> Outcome:
    """Give out work that the process does not know."""

    def act(visit: Visit, request_id: str) -> Json:
        names = ("title", "provider_id", "reason", "instructions")
        body = forms.load(AddedStep(), {name: visit.form.text(name) for name in names})
        return visit.services.dispatch.add_step(request_id, **body)

    return done(visit, request_id, "add-step", act, _("The step is added and given out."))


@pages.post(f"{PATH}/redeliver", "work_orders.repair")
def redeliver(visit: Visit, request_id: str, work_order_id: str) -> Outcome:
    """Deliver it again: its number keeps it from being done twice."""

    def act(visit: Visit, _request_id: str) -> Json:
        return visit.services.dispatch.redeliver_work_order(work_order_id, _version(visit, work_order_id))

    return done(visit, request_id, f"order-{work_order_id}", act, _("It is being delivered again."))


@pages.post(f"{PATH}/reroute", "work_orders.repair")
def reroute(visit: Visit, request_id: str, work_order_id: str) -> Outcome:
    """Give the work to another provider; a new order takes over."""

    def act(visit: Visit, _request_id: str) -> Json:
        given = {name: visit.form.text(name) for name in ("provider_id", "reason")}
        body = forms.load(shapes.Reroute(), given)
        return visit.services.dispatch.reroute_work_order(
            work_order_id, _version(visit, work_order_id), **body
        )

    return done(visit, request_id, f"order-{work_order_id}", act, _("Another order takes over."), "reroute")


@pages.get(f"{PATH}/files/<uuid:file_id>", "work_orders.read")
def file(visit: Visit, request_id: str, work_order_id: str, file_id: str) -> Outcome:
    """A photo or document that came with completion, to be saved."""
    return send_file(visit, visit.services, work_order_id, file_id)


@pages.post(f"{PATH}/<action>", "work_orders.act", takes_files=True)
def move_on(visit: Visit, request_id: str, work_order_id: str, action: str) -> Outcome:
    """Move it on, as the desk or on behalf of its provider."""

    def act(visit: Visit, _request_id: str) -> Json:
        name = action.replace("-", "_")
        if name not in ACTIONS:
            raise Invalid("unknown_action", "There is no such action.")
        details = details_of(visit, name, bearer_of(visit.actor))
        version = _version(visit, work_order_id)
        return visit.services.dispatch.act_on_work_order(work_order_id, name, version, **details)

    return done(visit, request_id, f"order-{work_order_id}", act, _("Done."), action.replace("-", "_"))


def _version(visit: Visit, work_order_id: str) -> int:
    """The order's own version: the dossier shows orders as intake mirrors them, without it. What the action
    needs of the state dispatch checks itself, under its lock.
    """
    if visit.version:
        return visit.version
    version: int = visit.services.dispatch.get_work_order(work_order_id)["version"]
    return version
