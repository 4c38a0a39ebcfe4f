"""Whose turn it is, for every state of a work order, and what the request is about."""

from __future__ import annotations

import pytest
from monitoring.domain.facts import Fact, in_order
from monitoring.domain.story import Subject, holder_now, is_closed, marks, started_at, subject

from ..samples import ACCEPTED, RECEIVED, at, fact, order  # noqa: TID252  samples of this service alone

STATES = {
    # state: (is with the provider, has been taken up)
    "prepared": (False, False),
    "issued": (True, False),
    "accepted": (True, True),
    "refused": (False, False),
    "scheduled": (True, True),
    "in_progress": (True, True),
    "paused": (True, True),
    "technically_complete": (False, True),
    "checked": (False, True),
    "rejected": (True, True),
    "administratively_complete": (False, True),
    "cancellation_requested": (False, False),
    "cancelled": (False, False),
    "not_carried_out": (False, False),
}


@pytest.mark.parametrize(("state", "meant"), STATES.items(), ids=STATES)
def test_every_state_of_an_order(state: str, meant: tuple[bool, bool]) -> None:
    with_provider, taken_up = meant
    told = order(2, state, "Mon 10:00", provider="supplier")
    assert holder_now([RECEIVED, told]).party == ("supplier" if with_provider else "desk")
    assert ("taken_up" in marks(told)) == taken_up


@pytest.mark.parametrize(
    ("facts", "party", "pause"),
    [
        pytest.param([], "desk", None, id="nothing happened yet"),
        pytest.param([order(2, "accepted", "Mon 10:00")], "desk", None, id="with a team of ours"),
        pytest.param(
            [
                order(2, "accepted", "Mon 10:00", "a", provider="supplier"),
                order(2, "issued", "Mon 10:00", "b"),
            ],
            "desk",
            None,
            id="with a supplier and a team: we have it too",
        ),
        pytest.param(
            [
                order(2, "accepted", "Mon 10:00", "a", provider="supplier"),
                order(2, "technically_complete", "Mon 10:00", "b"),
            ],
            "supplier",
            None,
            id="the team is done, the supplier is not",
        ),
        pytest.param(
            [order(2, "paused", "Mon 10:00", provider="supplier", counterparty="requester")],
            "requester",
            None,
            id="the supplier waits for the requester, and nobody has paused the request",
        ),
        pytest.param(
            [
                order(2, "paused", "Mon 10:00", "a", provider="supplier", counterparty="requester"),
                order(2, "in_progress", "Mon 10:00", "b", provider="supplier"),
            ],
            "supplier",
            None,
            id="one supplier waits, another works",
        ),
        pytest.param([fact(2, "waiting", "Mon 10:00")], "requester", "awaiting_requester", id="asked"),
        pytest.param(
            [fact(2, "waiting", "Mon 10:00", counterparty="supplier")],
            "supplier",
            None,
            id="waits for a supplier",
        ),
        pytest.param([fact(2, "waiting", "Mon 10:00", counterparty="desk")], "desk", None, id="waits for us"),
        pytest.param(
            [fact(2, "waiting", "Mon 10:00"), order(2, "accepted", "Mon 11:00", provider="supplier")],
            "requester",
            "awaiting_requester",
            id="waiting goes before orders",
        ),
        *(
            pytest.param(
                [fact(2, "waiting", "Mon 10:00"), fact(3, kind, "Mon 11:00")], "desk", None, id=f"then {kind}"
            )
            for kind in ("resumed", "ready", "reopened", "closed")
        ),
        *(
            pytest.param(
                [fact(2, "waiting", "Mon 10:00"), fact(3, kind, "Mon 11:00")],
                "requester",
                "awaiting_requester",
                id=f"then {kind}, which changes nothing",
            )
            for kind in ("accepted", "priority_changed", "restored")
        ),
    ],
)
def test_whose_turn_it_is(facts: list[Fact], party: str, pause: str | None) -> None:
    holder = holder_now([RECEIVED, *facts])
    assert (holder.party, holder.pause) == (party, pause)


def test_the_subject_is_what_was_told_last() -> None:
    triaged = fact(2, "accepted", "Mon 10:00", kind="order", priority="P2", product_id="p", by_desk=True)
    assert subject([RECEIVED]) == Subject("fault", "P3", None)
    assert subject([RECEIVED, triaged]) == Subject("order", "P2", "p")
    changed = fact(3, "priority_changed", "Mon 11:00", priority="P1")
    assert subject([RECEIVED, triaged, changed]) == Subject("order", "P1", "p")


def test_what_nobody_weighed_has_the_lowest_priority() -> None:
    assert subject([]) == Subject(None, "P4", None)


def test_an_acceptance_alone_tells_the_receipt() -> None:
    assert started_at([ACCEPTED]) == at("Mon 09:00")
    assert started_at([]) is None


def test_closed_until_reopened() -> None:
    closed, reopened = fact(2, "closed", "Mon 10:00"), fact(3, "reopened", "Mon 11:00")
    assert not is_closed([RECEIVED])
    assert is_closed([RECEIVED, closed])
    assert not is_closed([RECEIVED, closed, reopened])


def test_facts_are_put_in_order_once_each() -> None:
    told = [fact(3, "resumed", "Mon 12:00"), RECEIVED, fact(2, "waiting", "Mon 11:00"), RECEIVED]
    assert [each.kind for each in in_order(told)] == ["received", "waiting", "resumed"]


def test_the_sequence_beats_a_clock_that_went_back() -> None:
    told = [RECEIVED, fact(2, "waiting", "Mon 12:00"), fact(3, "resumed", "Mon 11:00")]
    assert [(each.kind, each.at) for each in in_order(told)][2] == ("resumed", at("Mon 12:00"))


def test_facts_of_one_change_count_in_their_natural_order() -> None:
    told = [
        fact(2, "waiting", "Mon 10:00"),
        fact(2, "resumed", "Mon 10:00"),
        fact(2, "accepted", "Mon 10:00"),
    ]
    assert [each.kind for each in in_order(told)] == ["accepted", "resumed", "waiting"]


def test_a_fact_survives_as_data() -> None:
    told = order(2, "paused", "Mon 10:00", counterparty="requester")
    assert Fact.from_dict(told.to_dict()) == told


def test_an_unknown_kind_of_fact_is_refused() -> None:
    with pytest.raises(ValueError, match="teleported"):
        fact(1, "teleported", "Mon 10:00")
