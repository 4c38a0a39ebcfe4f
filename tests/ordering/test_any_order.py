"""Facts may come in any order, late and more than once: what a service makes of them is the same."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from . import states
from .shuffling import Replay, machine
from .stories import Step, play
from .town import KINDS, Member

BOUNDED = settings(
    max_examples=8,
    stateful_step_count=25,
    phases=(Phase.generate,),  # shrinking plays the history a hundred times more
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def history(members: dict[str, Member]) -> list[Step]:
    return play(members)


@pytest.mark.parametrize("listener", KINDS)
def test_any_order_comes_to_the_same(listener: str, members: dict[str, Member], history: list[Step]) -> None:
    member, state = members[listener], states.OF[listener]
    Replay(member, history).finish()
    expected = state(member)
    run_state_machine_as_test(machine(member, history, state, expected), settings=BOUNDED)


def test_the_history_has_something_for_everybody(history: list[Step]) -> None:
    """Else the test above would show little."""
    heard = {step.message.type for step in history if hasattr(step, "message")}
    assert {event for kind in KINDS.values() for event in kind.listens} - heard <= {
        "catalog.article_published",
        "catalog.article_withdrawn",
        "monitoring.deadline_warning",
        "catalog.product_withdrawn",
        "monitoring.calendar_published",
        "dispatch.process_unplannable",
        "intake.part_done",
        # Nobody of this town is merged with another, and its providers have no addresses.
        "intake.people_merged",
        "dispatch.provider_told",
        "dispatch.visit_told",
        # A correction and the orders that it gives out get other ids each time that they are replayed.
        "intake.request_corrected",
        "dispatch.correction_answered",
        # Nothing here is a round, and no executor opens the one that is confidential.
        "dispatch.defect_found",
        "dispatch.order_opened",
        # Nobody comes to the counter, and nobody orders against the rules of a product.
        "intake.counter_told",
        "intake.counter_forgotten",
        "intake.rule_overruled",
    }
