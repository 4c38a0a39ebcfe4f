"""The listening services with their databases, for the tests that bring facts to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from servicekit.actor import service_actor
from servicekit.clock import FixedClock
from servicekit.storage import Context
from servicekit.testing.databases import DatabasePool, named
from servicekit.testing.plugin import CheckedTransaction

from servicekit import database

from .stories import MONDAY
from .town import KINDS, Member


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
