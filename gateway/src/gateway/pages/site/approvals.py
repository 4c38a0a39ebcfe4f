"""For who holds a budget: what waits for their word, and giving it; signed in, or by the link in a mail.

The link names one request and one person. Its actor has the role `approver`, which services let do nothing
but read what that person is asked, and answer it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from servicekit.actor import Actor
from servicekit.errors import Conflict, Forbidden, NotFound, ServiceError, Stale
from servicekit.personal_links import LinkEnded

from gateway.api.schemas.approvals import Decision
from gateway.clients import Json, Services
from gateway.live import topics
from gateway.pages import errors, forms
from gateway.pages.answered import answers_in_words
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome, Show
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.site.following import HEADERS
from gateway.pages.site.visitors import items
from gateway.pages.visit import Visit

pages = Pages()

PERMISSION = "approvals.decide"
LINK = "/approve/<token>"
ROLE = "approver"
SAID: Mapping[bool, str] = {
    True: _("You agreed. Thank you."),
    False: _("You did not agree. The requester hears why."),
}


@dataclass(frozen=True)
class Asked:
    """One request that costs what somebody must agree to. `path` is where the form goes."""

    services: Services
    request_id: str
    path: str


@pages.get("/approvals", PERMISSION)
def waiting(visit: Visit) -> Outcome:
    """What waits for one's own word."""
    visit.follow(topics.REQUESTS)
    return visit.show("site/approvals.html", asked=visit.services.intake.list_approvals()["items"])


@pages.get("/approvals/<uuid:request_id>", PERMISSION)
def one(visit: Visit, request_id: str) -> Outcome:
    """What is asked, what it costs, and a yes or a no."""
    return show(visit, Asked(visit.services, request_id, f"/approvals/{request_id}"))


@pages.post("/approvals/<uuid:request_id>", PERMISSION)
def decide(visit: Visit, request_id: str) -> Outcome:
    """Say yes or no."""
    return _decide(visit, Asked(visit.services, request_id, f"/approvals/{request_id}"))


@pages.get(LINK, PUBLIC)
def by_link(visit: Visit, token: str) -> Outcome:
    """The same by the link in a mail, without signing in."""
    asked = _by_link(visit, token)
    return _ended(visit) if asked is None else _secret(show(visit, asked))


@pages.post(LINK, PUBLIC)
def decide_by_link(visit: Visit, token: str) -> Outcome:
    """Say yes or no by the link in a mail."""
    asked = _by_link(visit, token)
    return _ended(visit) if asked is None else _secret(_decide(visit, asked))


def own_approvals(visit: Visit) -> list[Json]:
    """For pages that have other things to say first."""
    return items(visit.services.intake.list_approvals) if visit.signed_in and visit.can(PERMISSION) else []


def show(visit: Visit, asked: Asked, status: int = 200, problem: Json | None = None) -> Outcome:
    """Raises NotFound for what this person is not asked."""
    request = asked.services.intake.get_approval(asked.request_id)
    return visit.show(
        "site/approval.html",
        status,
        request=request,
        answers=answers_in_words(visit, request),
        path=asked.path,
        problem=problem,
        kept=visit.form.said(),
    )


def _decide(visit: Visit, asked: Asked) -> Outcome:
    """What another decided at the same moment is shown with how it stands now."""
    approved = visit.form.get("approved") == "yes"
    try:
        given = {"approved": approved, "reason": visit.form.text("reason")}
        body = forms.load(Decision(), given)
        asked.services.intake.decide_approval(asked.request_id, visit.version, **body)
    except (NotFound, Forbidden):
        raise
    except ServiceError as error:
        late = isinstance(error, Conflict | Stale)
        text = visit.words("Somebody else decided meanwhile.") if late else errors.explain(visit, error)
        problem: Json = {"text": text, "fields": errors.field_errors(visit, error)}
        return show(visit, asked, errors.status_of(visit, error), problem)
    return visit.go(asked.path, SAID[approved])


def _by_link(visit: Visit, token: str) -> Asked | None:
    """None for a link that has ended, or whose person is not asked (any more)."""
    try:
        link = visit.house.approve_links.read(token, visit.moments.now)
        person_id, request_id = str(link.person_id), str(link.thing_id)
        actor = Actor("person", f"link-{person_id}", roles=frozenset({ROLE}), person_id=person_id,
                      language=visit.words.language)  # fmt: skip
        request = visit.services_of(actor).intake.get_approval(request_id)
    except (LinkEnded, NotFound):
        return None
    # Their word gets their name on the time line.
    services = visit.services_of(replace(actor, name=request["approval"].get("you") or ""))
    return Asked(services, request_id, f"/approve/{token}")


def _ended(visit: Visit) -> Outcome:
    return _secret(visit.show("site/link_ended.html", 404))


def _secret(outcome: Outcome) -> Outcome:
    return replace(outcome, headers={**outcome.headers, **HEADERS}) if isinstance(outcome, Show) else outcome
