"""The repair list: everything that failed, by cause, and what is done about one, some, or all of a cause."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import eventlet
from servicekit.errors import Invalid, NotFound, ServiceError

from gateway.api import repairing
from gateway.api.schemas import failures as shapes
from gateway.clients import SERVICES, Json, Recovery
from gateway.live import topics
from gateway.pages import errors, failure_words, forms
from gateway.pages.failure_words import kind_label, meaning
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

LINES = 50
PATH = "/desk/repair/<service>"
# What a button asks for, the client's method, and how it is called.
ACTS = {"replay": _("Try again"), "set-aside": _("Set aside")}


@pages.get("/desk/repair", "failures.read")
def overview(visit: Visit) -> Outcome:
    """All causes, most frequent first."""
    wanted = forms.load(shapes.CauseFilter(), {name: visit.query.text(name) for name in ("state", "kind")})
    visit.follow(topics.REQUESTS)
    names = eventlet.spawn(_provider_names, visit)
    found = repairing.overview(visit.services, **wanted)
    types = {**names.wait(), **{name: visit.words(word) for name, word in failure_words.MAILS.items()}}
    return visit.show(
        "desk/repair.html",
        found=found,
        types=types,
        state=wanted.get("state", "open"),
        kind=wanted.get("kind", ""),
        names_of=lambda names: ", ".join(visit.words(failure_words.SERVICES[name]) for name in names),
        link=_link,
        **_words(),
    )


@pages.get(PATH, "failures.read")
def cause(visit: Visit, service: str) -> Outcome:
    """What failed for one cause, newest first."""
    return _cause(visit, service)


@pages.get(f"{PATH}/preview", "failures.repair")
def preview(visit: Visit, service: str) -> Outcome:
    """What acting on the whole cause would touch, before anything is done."""
    asked = forms.load(shapes.OneCause(), {"cause": visit.query.text("cause")})
    act = _act(visit.query.get("act", "replay"))
    found = _list_of(visit, service).preview_failures(**asked)
    return visit.show(
        "desk/repair_preview.html", found=found, service=service, act=act, link=_link, **asked, **_words()
    )


@pages.get(f"{PATH}/<uuid:failure_id>", "failures.read")
def failure(visit: Visit, service: str, failure_id: str) -> Outcome:
    """One of them, with what was decided and what it says."""
    found = _list_of(visit, service).get_failure(failure_id)
    return visit.show("desk/repair_item.html", item=found, service=service, link=_link, **_words())


@pages.post(PATH, "failures.repair")
def act(visit: Visit, service: str) -> Outcome:
    """Try again or set aside: those that were ticked, or a whole cause up to what the preview counted."""
    wanted = _act(visit.form.get("act", ""))
    try:
        done = _do(visit, service, wanted)
    except NotFound:
        raise
    except ServiceError as error:
        problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
        return _cause(visit, service, errors.status_of(visit, error), problem)
    return visit.show(
        "desk/repair_outcome.html",
        done=done,
        service=service,
        cause=visit.form.get("cause", ""),
        act=wanted,
        reason=visit.form.get("reason", ""),
        whole=_whole(visit),
        goes_on=bool(done["remaining"] and done["counts"].keys() & {"replayed", "set_aside"}),
        link=_link,
        **_words(),
    )


def _do(visit: Visit, service: str, wanted: str) -> Json:
    recovery, form = _list_of(visit, service), visit.form
    given: dict[str, Any] = {"reason": form.text("reason")} if wanted == "set-aside" else {}
    if _whole(visit):
        up_to = form.text("up_to") or ""
        given |= {"cause": form.text("cause"), "up_to": int(up_to) if up_to.isdigit() else None}
    else:
        given["failure_ids"] = form.many("failure_id") or None
        if given["failure_ids"] is None:
            raise Invalid("nothing_chosen", visit.words("Tick at least one first."))
    if wanted == "set-aside":
        return recovery.set_aside_failures(**forms.load(shapes.SetAside(), given))
    return recovery.replay_failures(**forms.load(shapes.Which(), given))


def _cause(visit: Visit, service: str, status: int = 200, problem: Json | None = None) -> Outcome:
    source = visit.form or visit.query
    asked = {name: source.text(name) for name in ("state", "kind", "cause")}
    wanted = forms.load(shapes.FailureFilter(), {**asked, "cursor": visit.query.text("cursor")})
    visit.follow(topics.REQUESTS)
    page = _list_of(visit, service).list_failures(**wanted, limit=LINES)
    return visit.show(
        "desk/repair_cause.html",
        status,
        page=page,
        service=service,
        state=wanted.get("state", "open"),
        cause=wanted.get("cause", ""),
        first=page["items"][0] if page["items"] else None,
        problem=problem,
        chosen=frozenset(visit.form.many("failure_id")),
        reason=visit.form.get("reason", ""),
        link=_link,
        **_words(),
    )


def _provider_names(visit: Visit) -> dict[str, str]:
    """By what causes call them. Without their names the list is as good."""
    try:
        found = visit.services.dispatch.list_providers()["items"]
    except ServiceError:
        return {}
    return {each["slug"]: each["name"] for each in found}


def _list_of(visit: Visit, service: str) -> Recovery:
    """Raises NotFound for a service that the house does not have."""
    if service not in SERVICES:
        raise NotFound("no_such_service", "There is no such service.")
    return visit.services.recovery(service)


def _whole(visit: Visit) -> bool:
    return visit.form.get("which") == "all"


def _act(asked: str) -> str:
    if asked not in ACTS:
        raise Invalid("unknown_action", "There is no such action.")
    return asked


def _link(path: str = "", **query: str) -> str:
    """Within the repair list; what is empty is left out."""
    given = {name: value for name, value in query.items() if value}
    return f"/desk/repair{path}" + (f"?{urlencode(given)}" if given else "")


def _words() -> dict[str, Any]:
    return {
        "acts": ACTS,
        "kinds": failure_words.KINDS,
        "states": failure_words.STATES,
        "outcomes": failure_words.OUTCOMES,
        "service_names": failure_words.SERVICES,
        "mails": failure_words.MAILS,
        "kind_label": kind_label,
        "meaning": meaning,
    }
