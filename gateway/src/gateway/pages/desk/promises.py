"""What an agent promises a requester anew."""

from __future__ import annotations

from gateway.api.schemas.promises import NewPromise
from gateway.clients import Json
from gateway.pages import forms
from gateway.pages.desk.actions import PATH, done
from gateway.pages.labels import _
from gateway.pages.order_forms import moment_from
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()


@pages.post(f"{PATH}/promise", "requests.direct")
def promise(visit: Visit, request_id: str) -> Outcome:
    """Promise by when they hear more, or by when it is done."""

    def act(visit: Visit, request_id: str) -> Json:
        given = {name: visit.form.text(name) for name in ("what", "text", "until")}
        if text := given["until"]:
            given["until"] = moment_from("until", text, visit.moments.zone)
        body = forms.load(NewPromise(), given)
        return visit.services.intake.make_promise(request_id, visit.version, **body)

    return done(visit, request_id, "promise", act, _("Promised; the requester is told."))
