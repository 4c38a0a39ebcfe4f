"""Who may look at work that is done: the desk, unless its step names another."""

from __future__ import annotations

import pytest
from dispatch.domain.work_order_states import Party, State
from dispatch.handlers.parties import parties_of
from servicekit.actor import Actor

from ..samples import AGENT, PORTAL, TEAM, executor_of, order  # noqa: TID252  samples of this service alone


def of_team(*roles: str, provider: str = str(TEAM.provider_id)) -> Actor:
    return Actor("person", "tom", "Tom", frozenset(roles), provider_id=provider)


MANAGER = Actor("person", "karin", "Karin", frozenset({"manager"}))
LEAD = of_team("team", "team_lead")
LEAD_ELSEWHERE = of_team("team", "team_lead", provider=str(PORTAL.provider_id))
WHO = {"agent": AGENT, "manager": MANAGER, "member": of_team("team"), "lead": LEAD, "other": LEAD_ELSEWHERE}


@pytest.mark.parametrize(
    ("by", "may"),
    [
        (None, {"agent", "manager"}),
        ("desk", {"agent", "manager"}),
        ("customer", {"agent", "manager"}),  # on behalf of who telephones
        ("team_lead", {"manager", "lead"}),
    ],
)
def test_a_check_is_in_the_hands_of_whom_the_step_names(by: str | None, may: set[str]) -> None:
    done = order("a", State.TECHNICALLY_COMPLETE, check_required=True, check_by=by)
    assert {name for name, actor in WHO.items() if Party.CHECKER in parties_of(actor, done)} == may


def test_a_supplier_never_looks_at_its_own_work() -> None:
    done = order("a", State.TECHNICALLY_COMPLETE, PORTAL, check_required=True, check_by="team_lead")
    assert Party.CHECKER not in parties_of(executor_of(PORTAL), done)
