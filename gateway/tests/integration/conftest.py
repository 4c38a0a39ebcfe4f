"""A gateway with a real database; only the bus is played by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from gateway.accounts.passwords import Passwords
from gateway.assembly import assemble
from gateway.clients import SERVICES
from gateway.house import House
from gateway.http.health import Readiness
from gateway.settings import GatewaySettings
from gateway.testing import FakeTransport
from werkzeug.test import Client

from gateway import house as houses
from servicekit import database


@pytest.fixture
def engine(fresh_database: Callable[[str], str]) -> Iterator[sa.Engine]:
    engine = database.create_engine(fresh_database("gateway"))
    yield engine
    engine.dispose()


@pytest.fixture
def transport() -> FakeTransport:
    return FakeTransport()


@pytest.fixture
def settings() -> GatewaySettings:
    return GatewaySettings(database_url="", amqp_url="", actor_secret="secret")


@pytest.fixture
def build(engine: sa.Engine, settings: GatewaySettings, transport: FakeTransport) -> Callable[..., House]:
    """build(demo_mode=True) makes another gateway on the same database."""

    def build(**changed: object) -> House:
        passwords = Passwords(time_cost=1, memory_kib=64)
        return houses.build(dataclasses.replace(settings, **changed), engine, transport, passwords)

    return build


@pytest.fixture
def house(build: Callable[..., House]) -> House:
    return build()


@pytest.fixture
def client(house: House, transport: FakeTransport) -> Client:
    return Client(assemble(house, Readiness(transport, SERVICES, lambda: {"ready": True})))
