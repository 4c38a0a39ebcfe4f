"""What comes back from somebody who is not there, and what waits until they are."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from dispatch.domain.absences import PersonAbsence, Reason
from dispatch.domain.profiles import Absence
from dispatch.domain.work_order_states import IN_HAND, State

from ..samples import NOW, TEAM, known_id, order  # noqa: TID252  samples of this service alone

DAY = timedelta(days=1)
AWAY = PersonAbsence(
    known_id("absence"),
    TEAM.provider_id,
    known_id("bas"),
    "Bas",
    NOW,
    NOW + 7 * DAY,
    Reason.ILL,
    None,
    NOW,
    "Tom",
)
HIS = {"account_id": str(known_id("bas")), "name": "Bas", "since": NOW.isoformat()}


@pytest.mark.parametrize("state", list(State))
def test_of_what_he_has_in_hand_all_comes_back_and_nothing_else(state: State) -> None:
    returns = AWAY.returns(order(state=state, assignee=HIS))
    assert returns == (state in IN_HAND - {State.ISSUED})


@pytest.mark.parametrize(
    ("planned", "returns"),
    [(None, True), (NOW + 6 * DAY, True), (NOW + 7 * DAY, False), (NOW + 9 * DAY, False)],
)
def test_what_is_planned_for_after_his_return_waits_for_him(planned: datetime | None, returns: bool) -> None:
    assert AWAY.returns(order(state=State.ACCEPTED, assignee=HIS, planned_from=planned)) is returns


def test_the_work_of_colleagues_and_of_nobody_stays_where_it_is() -> None:
    tom = HIS | {"account_id": str(known_id("tom"))}
    assert not AWAY.returns(order(state=State.ACCEPTED, assignee=tom))
    assert not AWAY.returns(order(state=State.ACCEPTED))


@pytest.mark.parametrize(
    "absence", [Absence(NOW, NOW + DAY, "Verhuizing", "bezemwijs"), Absence(NOW, NOW + DAY)]
)
def test_the_absence_of_a_team_is_kept_and_read_again(absence: Absence) -> None:
    kept = absence.as_dict()
    assert Absence.from_dict(kept) == absence
    assert kept == {
        "start": NOW.isoformat(),
        "end": (NOW + DAY).isoformat(),
        "reason": absence.reason,
        "stand_in": absence.stand_in,
    }
