"""A gateway without a bus and without a database.

Only the transport is made up: it lies outside the gateway. Sign-in is real, but remembers its tokens already.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from gateway.accounts.passwords import Passwords
from gateway.assembly import assemble
from gateway.clients import SERVICES
from gateway.house import House
from gateway.http.application import Application
from gateway.http.health import Readiness
from gateway.settings import GatewaySettings
from gateway.storage.accounts import token_hash
from gateway.testing import FakeTransport
from servicekit.actor import Actor
from werkzeug.test import Client

from gateway import house as houses

FAR_AWAY = datetime(2100, 1, 1, tzinfo=UTC)
ACCOUNT_ID = "01926f00-2000-7a01-8e44-8f9a0b1c2d01"
REQUEST_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"


@pytest.fixture(scope="session")
def bus() -> FakeTransport:
    return FakeTransport()


@pytest.fixture
def transport(bus: FakeTransport) -> FakeTransport:
    """The bus, with nothing asked and nothing to answer yet."""
    bus.forget()
    return bus


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> GatewaySettings:
    return GatewaySettings(
        database_url="postgresql://nowhere/none",
        amqp_url="amqp://nowhere",
        actor_secret="secret",
        demo_mode=True,
        clock_file=str(tmp_path_factory.mktemp("demo") / "clock"),
        files_folder=str(tmp_path_factory.mktemp("files")),
    )


@pytest.fixture(scope="session")
def house(bus: FakeTransport, settings: GatewaySettings) -> House:
    engine = sa.create_engine("postgresql+psycopg2://127.0.0.1:1/none")  # nobody is there
    return houses.build(settings, engine, bus, Passwords(time_cost=1, memory_kib=8))


@pytest.fixture(scope="session")
def readiness(bus: FakeTransport) -> Readiness:
    return Readiness(bus, SERVICES, lambda: {"ready": True})


@pytest.fixture(scope="session")
def application(house: House, readiness: Readiness) -> Application:
    return assemble(house, readiness)


@pytest.fixture
def client(application: Application, transport: FakeTransport) -> Client:
    return Client(application)


@pytest.fixture
def signed_in(house: House) -> Callable[..., dict[str, str]]:
    """signed_in("agent") answers the header of somebody with that role."""

    def sign_in(*roles: str, **details: Any) -> dict[str, str]:
        token = "sds_" + "-".join(roles)
        actor = Actor(kind="person", id=ACCOUNT_ID, name="Somebody", roles=frozenset(roles), **details)
        house.gate._remembered[token_hash(token)] = (time.monotonic() + 3600, actor, FAR_AWAY)
        return {"Authorization": f"Bearer {token}"}

    return sign_in


@pytest.fixture
def summary() -> dict[str, Any]:
    return {
        "request_id": REQUEST_ID,
        "reference": "SD-26-000123",
        "version": 3,
        "state": "in_progress",
        "promise": {"respond_by": "2026-11-23T13:00:00Z", "resolve_by": None},
        "received_at": "2026-11-23T09:00:00Z",
    }
