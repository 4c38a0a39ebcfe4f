"""Work that is done and waits for somebody to look whether it is right: of the desk, or of a team's lead."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.clients import Json
from gateway.pages.outcome import Outcome
from gateway.pages.process_picture import CHECKERS
from gateway.pages.visit import Visit

SHOWN = 50


def show(visit: Visit, back: str, whose: Sequence[str]) -> Outcome:
    """For each of those whose check it is, what waits longest first. `back` is the list it stands behind."""
    lists = [(visit.words(CHECKERS[who]), who, _waiting(visit, who)) for who in whose]
    return visit.show("crew/checks.html", back=back, lists=lists)


def _waiting(visit: Visit, who: str) -> Json:
    return visit.services.dispatch.list_work_orders(awaiting_check=who, oldest_first=True, limit=SHOWN)
