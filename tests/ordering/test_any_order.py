"""Facts may come in any order, late and more than once: what a service makes of them is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from servicekit.actor import service_actor
from servicekit.clock import FixedClock
from servicekit.storage import Context
from servicekit.testing.databases import DatabasePool, named
from servicekit.testing.plugin import CheckedTransaction

from servicekit import database

from . import states
from .shuffling import Replay, machine
from .stories import MONDAY, Step, play
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
def members(_databases: DatabasePool) -> Iterator[dict[str, Member]]:
    made: dict[str, Member] = {}
    engines = []
    for kind in KINDS.values():
        engine = database.create_engine(named(_databases.url, _databases.take(kind.name)), pool_size=3)
        engines.append(engine)
        made[kind.name] = Member(kind, worker(engine, kind.name, kind.work))
    yield made
    for engine in engines:
        engine.dispose()


def worker(engine: Any, name: str, work_class: Any) -> Callable[..., AbstractContextManager[Any]]:
    """As the `work_factory` of single tests: every fact is checked against its contract."""

    @contextmanager
    def make(actor: Any = None, now: Any = None) -> Iterator[Any]:
        by, clock = actor or service_actor(name), FixedClock(now or MONDAY)
        transaction = CheckedTransaction(engine)
        try:
            yield work_class(
                transaction, Context(producer=name, actor=by, clock=clock, correlation_id="test")
            )
        except BaseException:
            transaction.rollback()
            raise
        transaction.commit()

    make.engine = engine  # type: ignore[attr-defined]
    return make


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
        "monitoring.deadline_warning",
        "catalog.product_withdrawn",
        "monitoring.calendar_published",
        "dispatch.process_unplannable",
        "intake.part_done",
        # A correction and the orders that it gives out get other ids each time that they are replayed.
        "intake.request_corrected",
        "dispatch.correction_answered",
    }
