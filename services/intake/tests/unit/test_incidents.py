"""Major incidents: every cell of their table, and what can be gathered and closed together."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from intake.domain.complaints import Complaint
from intake.domain.errors import NotAllowed
from intake.domain.incidents import TABLE, Deed, Gathering, Incident, IncidentState, closing, gathering
from intake.domain.request_states import State
from intake.domain.work_orders import ENDED

from .samples import AMIRA, MONDAY, a_request, after, in_progress, in_triage, is_closed, is_ready, planned

# Written down apart from the table on purpose.
DEEDS = {"gather": "open", "tell": "open", "split": "open", "close": "closed"}
CELLS = {("open", deed): to for deed, to in DEEDS.items()}
HERE, ELSEWHERE = UUID(int=7), UUID(int=8)


def incident(state: IncidentState = IncidentState.OPEN) -> Incident:
    return Incident(HERE, "Geen verwarming in De Sluis", MONDAY, {"name": "Amira"}, state)


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize("state", IncidentState)
def test_each_cell_leads_where_it_should_or_is_forbidden(state: IncidentState, deed: Deed) -> None:
    expected = CELLS.get((state.value, deed.value))
    one = incident(state)
    if expected is None:
        with pytest.raises(NotAllowed):
            one.note(deed, 1, None, after(5), AMIRA)
        assert (one.state, one.version, one.log) == (state, 0, [])
    else:
        one.note(deed, 1, None, after(5), AMIRA)
        assert (one.state, one.version) == (expected, 1)
        assert (one.closed_at is not None) is (expected == "closed")
    assert {(str(a), str(b)): str(c) for (a, b), c in TABLE.items()} == CELLS


@pytest.mark.parametrize(
    ("request_", "outcome"),
    [
        (None, Gathering.UNKNOWN),
        (in_triage(), Gathering.GATHERED),
        (in_progress(), Gathering.GATHERED),
        (in_triage(incident_id=HERE), Gathering.ALREADY),
        (in_triage(incident_id=ELSEWHERE), Gathering.ELSEWHERE),
        (in_triage(follows=UUID(int=3)), Gathering.GOES_ALONG),
        (is_ready(), Gathering.OVER),
        (is_closed(), Gathering.OVER),
        (in_triage(kind="complaint"), Gathering.BY_ITSELF),
        (in_triage(kind="wish"), Gathering.BY_ITSELF),
    ],
)
def test_what_can_be_gathered(request_: Any, outcome: Gathering) -> None:
    assert gathering(request_, HERE) is outcome


@pytest.mark.parametrize("state", State)
def test_what_is_made_ready_with_the_others(state: State) -> None:
    request = a_request()
    request.state = state
    over = {State.READY: Gathering.OVER, State.CLOSED: Gathering.OVER}
    can = {State.TRIAGE: Gathering.READY, State.IN_PROGRESS: Gathering.READY}
    assert closing(request) is {**over, **can}.get(state, Gathering.NOT_NOW)


@pytest.mark.parametrize("state", ["issued", "accepted", "in_progress", "paused", *sorted(ENDED)])
def test_work_of_its_own_is_finished_first(state: str) -> None:
    from intake.domain.direction import orders_planned

    request = in_progress()
    orders_planned(request, planned(state=state), MONDAY)
    assert closing(request) is (Gathering.READY if state in ENDED else Gathering.OWN_WORK)


def test_a_complaint_that_became_one_afterwards_is_not_closed_around_the_customer() -> None:
    """Whatever it was called when it was gathered."""
    request = in_triage(kind="complaint", complaint=Complaint())
    assert closing(request) is Gathering.NOT_NOW
