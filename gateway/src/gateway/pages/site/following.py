"""Following one's request by the link in a mail, without signing in: read, reply, confirm, reopen, choose a
moment.

The link is the whole of the right: it names one request and its requester. Its actor has the role `follower`,
which services let do these things and nothing else, and only with requests of that person; this page
does them with that one request.
"""

from __future__ import annotations

from dataclasses import replace

from servicekit.actor import Actor
from servicekit.errors import NotFound
from servicekit.personal_links import Link, LinkEnded

from gateway.pages.outcome import Outcome, Show
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.site.decisions import ACTIONS, Dossier, decide, send_file, show
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/follow/<token>"
ROLE = "follower"
# The address is a secret. It goes to no other site, and to our own pages neither; search engines keep off.
# With no referrer at all browsers would not say either that our own forms come from us.
HEADERS = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex, nofollow"}


@pages.get(PATH, PUBLIC)
def follow(visit: Visit, token: str) -> Outcome:
    """Read how one's request stands."""
    dossier = _dossier(visit, token)
    return _ended(visit) if dossier is None else _secret(show(visit, dossier))


@pages.get(f"{PATH}/attachments/<uuid:attachment_id>", PUBLIC)
def attachment(visit: Visit, token: str, attachment_id: str) -> Outcome:
    """A file of the conversation, to be saved."""
    dossier = _dossier(visit, token)
    return _ended(visit) if dossier is None else send_file(visit, dossier, attachment_id)


@pages.post(f"{PATH}/reply", PUBLIC, takes_files=True)
def reply(visit: Visit, token: str) -> Outcome:
    """Write to the desk, or answer its question."""
    return _decide(visit, token, "reply")


@pages.post(f"{PATH}/confirm", PUBLIC)
def confirm(visit: Visit, token: str) -> Outcome:
    """It works again."""
    return _decide(visit, token, "confirm")


@pages.post(f"{PATH}/reopen", PUBLIC)
def reopen(visit: Visit, token: str) -> Outcome:
    """It is not solved."""
    return _decide(visit, token, "reopen")


@pages.post(f"{PATH}/appointment", PUBLIC)
def appointment(visit: Visit, token: str) -> Outcome:
    """Choose a moment that was proposed, or ask for others."""
    return _decide(visit, token, "appointment")


@pages.post(f"{PATH}/check", PUBLIC)
def check(visit: Visit, token: str) -> Outcome:
    """Say whether work is right."""
    return _decide(visit, token, "check")


def _decide(visit: Visit, token: str, action: str) -> Outcome:
    dossier = _dossier(visit, token)
    return _ended(visit) if dossier is None else _secret(decide(visit, dossier, ACTIONS[action]))


def _dossier(visit: Visit, token: str) -> Dossier | None:
    """None for a link that has ended, or whose request is not that person's (any more)."""
    try:
        link = visit.house.follow_links.read(token, visit.moments.now)
        actor, request_id = _holder(visit, link), str(link.thing_id)
        request = visit.services_of(actor).intake.get_request(request_id)
    except (LinkEnded, NotFound):
        return None
    # Their words get their name on the time line.
    services = visit.services_of(replace(actor, name=(request.get("requester") or {}).get("name") or ""))
    return Dossier(
        services, request_id, f"/follow/{token}", may_withdraw=False, bearer=actor.id, request=request
    )


def _holder(visit: Visit, link: Link) -> Actor:
    person_id = str(link.person_id)
    return Actor(
        "person", f"link-{person_id}", roles=frozenset({ROLE}), person_id=person_id,
        language=visit.words.language,
    )  # fmt: skip


def _ended(visit: Visit) -> Outcome:
    return _secret(visit.show("site/link_ended.html", 404))


def _secret(outcome: Outcome) -> Outcome:
    return replace(outcome, headers={**outcome.headers, **HEADERS}) if isinstance(outcome, Show) else outcome
