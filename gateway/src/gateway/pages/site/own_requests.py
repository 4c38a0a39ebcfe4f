"""One's own requests: all of them, and one to follow, talk about, confirm or reopen."""

from __future__ import annotations

from servicekit.concurrency import gather

from gateway.clients import Json
from gateway.live import topics
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.site import finding
from gateway.pages.site.approvals import own_approvals
from gateway.pages.site.decisions import ACTIONS, Dossier, decide, send_file, show
from gateway.pages.site.visitors import own_id
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/requests/<uuid:request_id>"
OPEN_AT_MOST, CLOSED_AT_ONCE = 100, 15


@pages.get("/requests", "requests.read")
def own(visit: Visit) -> Outcome:
    """What one has asked and reported: what is open, and what is closed, page by page."""
    person_id, cursor = own_id(visit), visit.query.text("cursor")
    if person_id:
        visit.follow(topics.person(person_id))
    open_ones, closed, asked = gather(
        [
            lambda: [] if cursor else finding.open_requests(visit, OPEN_AT_MOST),
            lambda: _closed(visit, person_id, cursor),
            lambda: [] if cursor else own_approvals(visit),
        ]
    )
    visit.follow(*requesters_of([*open_ones, *closed["items"]]))
    return visit.show("site/requests.html", open_ones=open_ones, closed=closed, cursor=cursor, asked=asked)


def requesters_of(requests: list[Json]) -> list[str]:
    """The topics of whom they name: oneself, or who turned out to be the same person."""
    found = ((each.get("requester") or {}).get("person_id") for each in requests)
    return [topics.person(each) for each in dict.fromkeys(found) if each]


def _closed(visit: Visit, person_id: str | None, cursor: str | None) -> Json:
    if not person_id:
        return {"items": [], "next_cursor": None}
    return visit.services.intake.list_requests(
        requester_id=person_id, open=False, limit=CLOSED_AT_ONCE, cursor=cursor
    )


@pages.get(PATH, "requests.read")
def one(visit: Visit, request_id: str) -> Outcome:
    """Follow one request."""
    visit.follow(topics.request(request_id))
    return show(visit, _dossier(visit, request_id), is_new=visit.query.get("new") == "1")


@pages.get(f"{PATH}/attachments/<uuid:attachment_id>", "requests.read")
def attachment(visit: Visit, request_id: str, attachment_id: str) -> Outcome:
    """A file of the conversation, to be saved; the desk gets those of its notes here too."""
    return send_file(visit, _dossier(visit, request_id), attachment_id)


@pages.post(f"{PATH}/reply", "requests.reply", takes_files=True)
def reply(visit: Visit, request_id: str) -> Outcome:
    """Write to the desk, or answer its question."""
    return decide(visit, _dossier(visit, request_id), ACTIONS["reply"])


@pages.post(f"{PATH}/confirm", "requests.own_decision")
def confirm(visit: Visit, request_id: str) -> Outcome:
    """It works again."""
    return decide(visit, _dossier(visit, request_id), ACTIONS["confirm"])


@pages.post(f"{PATH}/reopen", "requests.own_decision")
def reopen(visit: Visit, request_id: str) -> Outcome:
    """It is not solved."""
    return decide(visit, _dossier(visit, request_id), ACTIONS["reopen"])


@pages.post(f"{PATH}/appointment", "appointments.answer")
def appointment(visit: Visit, request_id: str) -> Outcome:
    """Choose a moment that was proposed, or ask for others."""
    return decide(visit, _dossier(visit, request_id), ACTIONS["appointment"])


@pages.post(f"{PATH}/check", "appointments.answer")
def check(visit: Visit, request_id: str) -> Outcome:
    """Say whether work is right."""
    return decide(visit, _dossier(visit, request_id), ACTIONS["check"])


@pages.post(f"{PATH}/withdraw", "requests.own_decision")
def withdraw(visit: Visit, request_id: str) -> Outcome:
    """It is no longer needed."""
    return decide(visit, _dossier(visit, request_id), ACTIONS["withdraw"])


def _dossier(visit: Visit, request_id: str) -> Dossier:
    return Dossier(
        visit.services, request_id, f"/requests/{request_id}", may_withdraw=True, bearer=visit.actor.id
    )
