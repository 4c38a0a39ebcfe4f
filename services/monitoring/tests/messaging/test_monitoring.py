"""Monitoring as it runs, on a real broker: facts in, clocks out.

Run under eventlet (`./desk test messaging`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from monitoring.service import MonitoringService
from monitoring.settings import MonitoringSettings
from monitoring.storage.tables import clocks
from servicekit.actor import Actor, Signer, service_actor
from servicekit.clock import SystemClock
from servicekit.errors import Forbidden, NotFound
from servicekit.ids import new_id
from servicekit.rpc_client import RpcClient
from servicekit.service import _container
from servicekit.storage import Context, Transaction, UnitOfWork
from servicekit.testing.probes import PATIENCE_SECONDS, until

from servicekit import database

from ..integration.stories import HOURS, LEVELS, Event, Story  # noqa: TID252  of this service alone

MANAGER = Actor("person", "m", "Karin", frozenset({"manager"}))
SANNE = Actor(
    "person", "s", "Sanne", frozenset({"requester"}), person_id="01926f00-1000-7a02-8b11-5c6d7e8f9a02"
)
DAAN = Actor(
    "person", "d", "Daan", frozenset({"requester"}), person_id="01926f00-1000-7a02-8b11-5c6d7e8f9aff"
)


@pytest.fixture
def settings(fresh_database: Callable[[str], str], broker_url: str) -> MonitoringSettings:
    return MonitoringSettings(fresh_database("monitoring"), broker_url, actor_secret="test")


@pytest.fixture
def engine(settings: MonitoringSettings) -> Iterator[sa.Engine]:
    engine = database.create_engine(settings.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def replicas(settings: MonitoringSettings) -> Iterator[list[Any]]:
    """Two of them, so that they share facts and sweep side by side."""
    started = []
    for _ in range(2):
        container = _container(MonitoringService, settings, main=False)
        container.start()
        started.append(container)
    until(
        lambda: all(any(getattr(one, "connected", False) for one in each.subextensions) for each in started)
    )
    yield started
    for container in started:
        container.stop()


@pytest.fixture
def call(settings: MonitoringSettings, replicas: list[Any]) -> Iterator[Callable[..., Any]]:
    client = RpcClient(settings.amqp_url, Signer(settings.actor_secret), name="test")

    def make(method: str, actor: Actor = MANAGER, **arguments: Any) -> Any:
        return client.call(f"monitoring.{method}", actor=actor, timeout=PATIENCE_SECONDS, **arguments)

    yield make
    client.close()


@pytest.fixture
def tell(engine: sa.Engine) -> Callable[..., None]:
    """Puts facts of others into the outbox of a service that runs: its relay brings them to the broker."""

    def publish(*events: Event) -> None:
        transaction = Transaction(engine)
        for name, data in events:
            producer, _, event = name.partition(".")
            context = Context(producer, service_actor(producer), SystemClock(), correlation_id=str(new_id()))
            UnitOfWork(transaction, context).publish(event, data)
        transaction.commit()

    return publish


def test_from_a_contract_and_a_fact_to_a_clock_and_a_breach(
    call: Callable[..., Any], tell: Callable[..., None], engine: sa.Engine
) -> None:
    call("save_calendar", name="organisation", calendar=HOURS)
    call("save_contract", name="DVO Meerwal", levels=LEVELS)
    story = Story()
    story.received_at = datetime.now(UTC) - timedelta(minutes=20)  # noqa: TID251  the service's clock is real
    urgent = story.received(priority="P1")
    tell(urgent, urgent)

    # The other replica may go by the agreements of before for some seconds.
    states = {"respond": "breached", "resolve": "running"}
    until(lambda: {each["clock"]: each["state"] for each in _clocks(call, story) or ()} == states)
    found = _clocks(call, story)
    assert found[0]["sentence"]["en"].startswith("late since")

    until(lambda: _breaches_told(engine, story))
    listed = call("list_clocks", breached=True)["items"]
    assert [(row["request_id"], row["clock"]) for row in listed] == [(str(story.request_id), "respond")]


def test_a_requester_sees_only_clocks_of_their_own_and_no_contracts(
    call: Callable[..., Any], tell: Callable[..., None]
) -> None:
    call("save_calendar", name="organisation", calendar=HOURS)
    call("save_contract", name="DVO Meerwal", levels=LEVELS)
    story = Story()
    tell(story.accepted())
    until(lambda: _clocks(call, story))
    request_id = str(story.request_id)
    # The other replica may go by the agreements of before for some seconds.
    until(lambda: len(call("get_clocks", SANNE, request_id=request_id)["clocks"]) == 3)
    with pytest.raises(NotFound):
        call("get_clocks", DAAN, request_id=request_id)
    for method in ("list_clocks", "list_contracts", "save_contract", "save_calendar"):
        with pytest.raises(Forbidden):
            call(method, SANNE)


def _clocks(call: Callable[..., Any], story: Story) -> Any:
    try:
        return call("get_clocks", request_id=str(story.request_id))["clocks"]
    except NotFound:
        return None


def _breaches_told(engine: sa.Engine, story: Story) -> bool:
    from monitoring.storage.requests import TimedRequests

    with engine.connect() as connection:
        request = TimedRequests(connection).get(story.request_id)
        rows = connection.execute(sa.select(clocks.c.breached_at).where(clocks.c.clock == "respond")).all()
    return request is not None and request.told["respond"].breach_at is not None and len(rows) == 1
