"""What an agent does with faults, complaints, wishes and questions, beyond what all requests need."""

from __future__ import annotations

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
