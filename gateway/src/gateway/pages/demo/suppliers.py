"""The demo's suppliers: what their programs do now, their last orders, and switches for both."""

from __future__ import annotations

from functools import partial
from typing import Any

from servicekit.concurrency import gather
from servicekit.errors import Invalid, ServiceError, Unavailable

from gateway.clients import Caller, Json, Services
from gateway.demo.suppliers import PREFIX
from gateway.demo.tour import OBSERVER
from gateway.live import topics
from gateway.pages import errors
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.visit import Visit

pages = Pages()

LAST = 5
MODES = {
    "accept": (_("Accepts by itself"), _("plans, does and completes each order within seconds")),
    "manual": (_("By hand"), _("says that it received it; a person accepts on the supplier's page")),
    "refuse": (_("Refuses"), _("says no to every order")),
    "silent": (_("Silent"), _("receives and never answers")),
    "fail": (_("Breaks"), _("answers that its own program is out of order")),
}
SAID = {
    "stop": _("The program is stopped. Orders wait, and their deliveries will fail."),
    "start": _("The program runs again."),
    "mode": _("From the next order on it behaves like that."),
}


@pages.get("/demo/suppliers", PUBLIC, demo_only=True)
def suppliers(visit: Visit) -> Outcome:
    """Each supplier with its program and its last orders."""
    return _show(visit)


@pages.post("/demo/suppliers/<name>/<switch>", PUBLIC, demo_only=True)
def turn(visit: Visit, name: str, switch: str) -> Outcome:
    """Stop its program, start it, or have it behave otherwise."""
    switches = visit.house.switches
    try:
        if switch == "mode":
            switches.set_mode(name, visit.form.get("mode", ""))
        elif switch == "stop":
            switches.stop(name)
        elif switch == "start":
            switches.start(name)
        else:
            raise Invalid("invalid", "There is no such switch.")
    except ServiceError as error:
        return _show(visit, errors.status_of(visit, error), errors.explain(visit, error))
    return visit.go("/demo/suppliers", SAID[switch])


def _show(visit: Visit, status: int = 200, wrong: str = "") -> Outcome:
    services = Services(Caller(visit.house.transport, OBSERVER, visit.correlation_id))
    (programs, available), providers = gather(
        [lambda: _programs(visit), lambda: services.dispatch.list_providers()["items"]]
    )
    known = [each for each in providers if each["kind"] == "supplier"]
    orders = gather([partial(_last_orders, services, each) for each in known])
    accounts = {person.name: person.login for person in visit.house.demo_people()}
    shown: list[dict[str, Any]] = [
        {
            **provider,
            "program": programs.get(PREFIX + provider["slug"]),
            "process": PREFIX + provider["slug"],
            "login": accounts.get(provider["name"]),
            "orders": last,
        }
        for provider, last in zip(known, orders, strict=True)
    ]
    if visit.signed_in:
        visit.follow(topics.REQUESTS)
    return visit.show(
        "demo/suppliers.html", status, suppliers=shown, available=available, modes=MODES, wrong=wrong
    )


def _programs(visit: Visit) -> tuple[dict[str, Json], bool]:
    try:
        return {program["name"]: program for program in visit.house.switches.programs()}, True
    except Unavailable:
        return {}, False


def _last_orders(services: Services, provider: Json) -> list[Json]:
    found: list[Json] = services.dispatch.list_work_orders(
        provider_id=str(provider["provider_id"]), limit=LAST
    )["items"]
    return found
