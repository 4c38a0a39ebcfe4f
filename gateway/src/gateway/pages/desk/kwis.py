"""What an agent does with faults, complaints, wishes and questions, beyond what all requests need."""

from __future__ import annotations

from servicekit.errors import Invalid

from gateway.api.schemas import complaints as complaint_shapes
from gateway.api.schemas.links import NewLink, Update
from gateway.api.schemas.priorities import NewPriority
from gateway.api.schemas.wishes import FileWish
from gateway.clients import Json
from gateway.pages import forms
from gateway.pages.desk.actions import PATH, done
from gateway.pages.labels import _
from gateway.pages.order_forms import moment_from
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


@pages.post(f"{PATH}/complaint/about", "requests.direct")
def complaint_about(visit: Visit, request_id: str) -> Outcome:
    """Say what it is about, by the number of the request."""

    def act(visit: Visit, request_id: str) -> Json:
        other = by_reference(visit, "reference", visit.form.text("reference"))
        number = (visit.form.text("number") or "").casefold()
        about: Json = {"request_id": other["request_id"], "promise": visit.form.text("promise")}
        if number:
            about["work_order_id"] = _order_of(visit, other["request_id"], number)
        body = forms.load(complaint_shapes.About(), about)
        return visit.services.intake.chain_complaint(request_id, visit.version, body)

    return done(visit, request_id, "about", act, _("It is clear now what it is about."))


@pages.post(f"{PATH}/complaint/acknowledge", "requests.direct")
def acknowledge(visit: Visit, request_id: str) -> Outcome:
    """Tell the customer who looks at it."""

    def act(visit: Visit, request_id: str) -> Json:
        body = forms.load(complaint_shapes.Acknowledge(), {"text": visit.form.text("text")})
        return visit.services.intake.acknowledge_complaint(request_id, visit.version, body["text"])

    return done(visit, request_id, "acknowledge", act, _("Acknowledged; the customer hears it."))


@pages.post(f"{PATH}/complaint/cause", "requests.direct")
def cause(visit: Visit, request_id: str) -> Outcome:
    """Say why it happened."""

    def act(visit: Visit, request_id: str) -> Json:
        given = {name: visit.form.text(name) for name in ("cause", "note")}
        body = forms.load(complaint_shapes.Cause(), given)
        return visit.services.intake.find_cause(request_id, visit.version, **body)

    return done(visit, request_id, "cause", act, _("The cause is noted."))


@pages.post(f"{PATH}/complaint/remedy", "requests.direct")
def remedy(visit: Visit, request_id: str) -> Outcome:
    """Tell the customer what is done about it."""

    def act(visit: Visit, request_id: str) -> Json:
        given: Json = {"text": visit.form.text("text")}
        if reference := visit.form.text("reference"):
            given["other_id"] = by_reference(visit, "reference", reference)["request_id"]
        body = forms.load(complaint_shapes.Remedy(), given)
        return visit.services.intake.remedy_complaint(request_id, visit.version, **body)

    return done(visit, request_id, "remedy", act, _("Told; it is the customer's word now."))


@pages.post(f"{PATH}/complaint/settle", "requests.direct")
def settle(visit: Visit, request_id: str) -> Outcome:
    """Close it on the customer's spoken word."""

    def act(visit: Visit, request_id: str) -> Json:
        said_at = moment_from("said_at", visit.form.text("said_at") or "", visit.moments.zone)
        body = forms.load(
            complaint_shapes.Settle(), {"said_by": visit.form.text("said_by"), "said_at": said_at}
        )
        return visit.services.intake.settle_complaint(request_id, visit.version, **body)

    return done(visit, request_id, "settle", act, _("Settled on the customer's word, and closed."))


@pages.post(f"{PATH}/complaint/attempt", "requests.direct")
def attempt(visit: Visit, request_id: str) -> Outcome:
    """Note that the customer was tried to be reached."""

    def act(visit: Visit, request_id: str) -> Json:
        tried_at = moment_from("tried_at", visit.form.text("tried_at") or "", visit.moments.zone)
        given = {name: visit.form.text(name) for name in ("way", "note")}
        body = forms.load(complaint_shapes.Attempt(), {**given, "tried_at": tried_at})
        return visit.services.intake.note_attempt(request_id, visit.version, **body)

    return done(visit, request_id, "attempt", act, _("The attempt is noted."))


@pages.post(f"{PATH}/complaint/close", "complaints.close")
def close_unheard(visit: Visit, request_id: str) -> Outcome:
    """Close it without the customer's word."""

    def act(visit: Visit, request_id: str) -> Json:
        body = forms.load(complaint_shapes.CloseUnheard(), {"reason": visit.form.text("reason")})
        return visit.services.intake.close_unheard(request_id, visit.version, body["reason"])

    return done(visit, request_id, "close", act, _("Closed without their word; the customer is told why."))


def _order_of(visit: Visit, request_id: str, number: str) -> str:
    """By its number, whole or the last part."""
    for order in visit.services.intake.get_request(request_id)["orders"]:
        if order["number"].casefold() == number or order["number"].rpartition("-")[2] == number:
            return str(order["work_order_id"])
    text = visit.words("There is no such order of that request.")
    raise Invalid("invalid", text, {"number": [text]})


@pages.post(f"{PATH}/theme", "requests.triage")
def theme(visit: Visit, request_id: str) -> Outcome:
    """File a wish under a theme that is there, or under a new one."""

    def act(visit: Visit, request_id: str) -> Json:
        form = visit.form
        name = {language: text for language in ("nl", "en") if (text := form.text(f"name.{language}"))}
        given: Json = {"name": name} if name else {"theme_id": form.text("theme")}
        return visit.services.intake.file_wish(request_id, visit.version, **forms.load(FileWish(), given))

    return done(visit, request_id, "theme", act, _("Filed; the wisher hears what is decided."))


def by_reference(visit: Visit, field: str, reference: str | None) -> Json:
    """The request with this number. Raises Invalid for the field when there is none."""
    found = visit.services.intake.list_requests(q=reference, limit=2)["items"] if reference else []
    same = [each for each in found if reference and each["reference"].casefold() == reference.casefold()]
    if len(same or found) != 1:
        text = visit.words("There is no request with this number. Write it as SD-26-000123.")
        raise Invalid("invalid", text, {field: [text]})
    return dict((same or found)[0])
