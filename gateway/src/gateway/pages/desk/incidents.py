"""Major incidents for the desk: gather reports, tell all their reporters at once, close them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from servicekit.errors import Forbidden, Invalid, NotFound, ServiceError

from gateway.api.schemas import incidents as shapes
from gateway.clients import Json
from gateway.live import topics
from gateway.pages import errors, forms
from gateway.pages.desk.kwis import by_reference
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.proposing import proposals_for
from gateway.pages.visit import Visit

pages = Pages()

LIST, NEW = "/desk/incidents", "/desk/incidents/new"
ONE = f"{LIST}/<uuid:incident_id>"
MOST = 50
OUTCOMES: Mapping[str, str] = {
    "gathered": _("gathered"),
    "already": _("was gathered already"),
    "elsewhere": _("belongs to another major incident"),
    "goes_along": _("goes along with another request: gather that one"),
    "over": _("is over"),
    "by_itself": _("is a complaint or a wish, which is answered by itself"),
    "unknown": _("does not exist"),
    "ready": _("ready; its reporter is asked"),
    "own_work": _("has work of its own, and goes on with that"),
    "not_now": _("can't be made ready now, and goes on by itself"),
}
DEEDS: Mapping[str, tuple[str, str]] = {
    "gather": (_("gathered"), "people"),
    "tell": (_("told the reporters"), "send"),
    "split": (_("split off"), "undo"),
    "close": (_("closed together"), "check"),
}


@pages.get(LIST, "requests.read_all")
def all_of_them(visit: Visit) -> Outcome:
    """The newest first."""
    visit.follow(topics.REQUESTS)
    return visit.show("desk/incidents.html", items=visit.services.intake.list_incidents()["items"])


@pages.get(NEW, "requests.triage")
def new(visit: Visit) -> Outcome:
    """Which requests, under which title."""
    return _new(visit, visit.query.many("request"))


@pages.post(LIST, "requests.triage")
def open_it(visit: Visit) -> Outcome:
    """Gather them under a new one."""
    chosen = visit.form.many("request")
    try:
        given = {"title": visit.form.text("title"), "request_ids": [*chosen, *_named(visit)]}
        made = visit.services.intake.open_incident(**forms.load(shapes.NewIncident(), given))
    except (NotFound, Forbidden):
        raise
    except ServiceError as error:
        return _new(visit, chosen, errors.status_of(visit, error), _problem(visit, "new", error))
    return visit.go(f"{LIST}/{made['incident_id']}", _said(visit, made))


@pages.get(ONE, "requests.read_all")
def one(visit: Visit, incident_id: str) -> Outcome:
    """Its requests, and what was done."""
    return _show(visit, incident_id)


@pages.post(f"{ONE}/gather", "requests.triage")
def gather(visit: Visit, incident_id: str) -> Outcome:
    """Gather more: those that were ticked, and those that are named."""

    def act() -> str:
        chosen = [*visit.form.many("request"), *_named(visit)]
        body = forms.load(shapes.MoreRequests(), {"request_ids": chosen or None})
        return _said(visit, visit.services.intake.gather_requests(incident_id, visit.version, **body))

    return _done(visit, incident_id, "gather", act)


@pages.post(f"{ONE}/update", "requests.direct")
def tell(visit: Visit, incident_id: str) -> Outcome:
    """One word to all."""

    def act() -> str:
        body = forms.load(shapes.ToAll(), {"text": visit.form.text("text")})
        told = visit.services.intake.tell_incident(incident_id, visit.version, body["text"])
        return visit.words.many("Told %(count)s reporter.", "Told %(count)s reporters.", told["reached"])

    return _done(visit, incident_id, "update", act)


@pages.post(f"{ONE}/split", "requests.triage")
def split(visit: Visit, incident_id: str) -> Outcome:
    """One goes on by itself."""

    def act() -> str:
        body = forms.load(shapes.OneRequest(), {"request_id": visit.form.text("request")})
        visit.services.intake.split_from_incident(incident_id, visit.version, body["request_id"])
        return visit.words("It goes on by itself.")

    return _done(visit, incident_id, "split", act)


@pages.post(f"{ONE}/close", "requests.triage")
def close(visit: Visit, incident_id: str) -> Outcome:
    """All together."""

    def act() -> str:
        body = forms.load(shapes.ToAll(), {"text": visit.form.text("text")})
        return _said(visit, visit.services.intake.close_incident(incident_id, visit.version, body["text"]))

    return _done(visit, incident_id, "close", act)


def _done(visit: Visit, incident_id: str, name: str, act: Callable[[], str]) -> Outcome:
    try:
        said = act()
    except (NotFound, Forbidden):
        raise
    except ServiceError as error:
        return _show(visit, incident_id, errors.status_of(visit, error), _problem(visit, name, error))
    return visit.go(f"{LIST}/{incident_id}", said)


def _problem(visit: Visit, name: str, error: ServiceError) -> Json:
    fields = errors.field_errors(visit, error)
    return {"form": name, "text": errors.explain(visit, error), "fields": fields}


def _said(visit: Visit, answer: Json) -> str:
    """How many, by what became of them."""
    found = Counter(each["outcome"] for each in answer["outcomes"])
    return ", ".join(f"{count} {visit.words(OUTCOMES.get(name, name))}" for name, count in found.items())


def _named(visit: Visit) -> list[str]:
    """Numbers as they are written in one field, parted by spaces or commas. Raises Invalid for one that is
    none.
    """
    written = (visit.form.text("references") or "").replace(",", " ").split()
    if len(written) > MOST:
        text = visit.words("At most %(count)s at a time.", count=MOST)
        raise Invalid("invalid", text, {"references": [text]})
    return [str(by_reference(visit, "references", each)["request_id"]) for each in written]


def _show(visit: Visit, incident_id: str, status: int = 200, problem: Json | None = None) -> Outcome:
    visit.follow(topics.REQUESTS)
    incident = visit.services.intake.get_incident(incident_id)
    known = {each["request_id"] for each in incident["requests"]}
    found = _alike(visit, incident["title"], incident["requests"]) if incident["state"] == "open" else []
    return visit.show(
        "desk/incident.html",
        status,
        incident=incident,
        alike=[each for each in found if each["request_id"] not in known],
        deeds=DEEDS,
        problem=problem,
        kept=visit.form.said(),
    )


def _new(visit: Visit, chosen: list[str], status: int = 200, problem: Json | None = None) -> Outcome:
    requests = []
    for request_id in dict.fromkeys(chosen[:MOST]):
        try:
            requests.append(visit.services.intake.get_request(request_id))
        except ServiceError:
            continue
    known = {each["request_id"] for each in requests}
    title = visit.form.text("title") or (requests[0]["summary"] if requests else "")
    found = _alike(visit, title, requests) if requests else []
    return visit.show(
        "desk/incident_new.html",
        status,
        reports=requests,
        alike=[each for each in found if each["request_id"] not in known],
        title=title,
        problem=problem,
        kept=visit.form.said(),
    )


def _alike(visit: Visit, title: str, requests: list[Json]) -> list[Json]:
    """What is open about the same, at the place of the first."""
    place = (requests[0].get("location") or {}).get("location_id") if requests else None
    found = proposals_for(visit.services, title, location_id=place)["duplicates"]
    return [each for each in found if each["request_id"] and each["follow_id"]]
