"""What an agent does with faults, complaints, wishes and questions, beyond what all requests need."""

from __future__ import annotations

from servicekit.errors import Invalid

from gateway.api.schemas.links import NewLink, Update
from gateway.api.schemas.priorities import NewPriority
from gateway.clients import Json
from gateway.pages import forms
from gateway.pages.desk.actions import PATH, done
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()


@pages.post(f"{PATH}/priority", "requests.direct")
def priority(visit: Visit, request_id: str) -> Outcome:
    """Say how pressing it is."""

    def act(visit: Visit, request_id: str) -> Json:
        names = ("impact", "urgency", "priority", "reason")
        body = forms.load(NewPriority(), {name: visit.form.text(name) for name in names})
        return visit.services.intake.set_priority(request_id, visit.version, **body)

    return done(visit, request_id, "priority", act, _("Weighed anew; promise and clocks follow."))


@pages.post(f"{PATH}/update", "requests.direct")
def update(visit: Visit, request_id: str) -> Outcome:
    """Tell the requester how it stands, or all who wait for the same."""
    reached: list[int] = []

    def act(visit: Visit, request_id: str) -> Json:
        body = forms.load(Update(), {name: visit.form.text(name) for name in ("text", "reach")})
        told = visit.services.intake.post_update(request_id, visit.version, **body)
        reached.append(told["reached"])
        return told

    def said() -> str:
        return visit.words.many("Told %(count)s reporter.", "Told %(count)s reporters.", reached[0])

    return done(visit, request_id, "update", act, said)


@pages.post(f"{PATH}/link", "requests.triage")
def link(visit: Visit, request_id: str) -> Outcome:
    """Link it to another, by its number."""

    def act(visit: Visit, request_id: str) -> Json:
        kind, _dot, rule = (visit.form.text("kind") or "").partition(".")
        other = by_reference(visit, "reference", visit.form.text("reference"))["request_id"]
        body = forms.load(NewLink(), {"request_id": other, "kind": kind, "rule": rule})
        return visit.services.intake.link_requests(request_id, visit.version, body.pop("request_id"), **body)

    return done(visit, request_id, "link", act, _("Linked; both dossiers show it."))


@pages.post(f"{PATH}/unlink", "requests.triage")
def unlink(visit: Visit, request_id: str) -> Outcome:
    """Remove a link that was made from here."""

    def act(visit: Visit, request_id: str) -> Json:
        body = forms.load(
            NewLink(), {"request_id": visit.form.text("other"), "kind": visit.form.text("kind")}
        )
        return visit.services.intake.unlink_requests(
            request_id, visit.version, body["request_id"], body["kind"]
        )

    return done(visit, request_id, "link", act, _("The link is removed."))


def by_reference(visit: Visit, field: str, reference: str | None) -> Json:
    """The request with this number. Raises Invalid for the field when there is none."""
    found = visit.services.intake.list_requests(q=reference, limit=2)["items"] if reference else []
    same = [each for each in found if reference and each["reference"].casefold() == reference.casefold()]
    if len(same or found) != 1:
        text = visit.words("There is no request with this number. Write it as SD-26-000123.")
        raise Invalid("invalid", text, {field: [text]})
    return dict((same or found)[0])
