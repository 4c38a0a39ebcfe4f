"""Letting suppliers in and shutting them out while the desk runs: at once on the broker, and for good."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import amqp
import pytest
from dispatch.settings import DispatchSettings
from dispatch.testing import SuppliersBroker
from servicekit.actor import Actor, Signer
from servicekit.errors import Conflict, Forbidden, Invalid, NotFound
from servicekit.rpc_client import RpcClient
from servicekit.testing.probes import PATIENCE_SECONDS, until

from .conftest import HONEST, HOSTILE, KABEL, VONK, Desk, Program, connected, working

MANAGER = Actor("person", "karin", "Karin", frozenset({"manager"}))
AGENT = Actor("person", "amira", "Amira", frozenset({"agent"}))
Call = Callable[..., Any]


@pytest.fixture
def settings(settings: DispatchSettings, broker: SuppliersBroker) -> DispatchSettings:
    """With the management API; and with another's address for what suppliers are told."""
    return replace(
        settings, broker_admin_url=broker.admin_url, webhook_master_secret="master", delivery_timeout=0.2
    )


@pytest.fixture(autouse=True)
def as_it_was(broker: SuppliersBroker) -> Iterator[None]:
    """The users of the other tests come back."""
    yield
    for user in (HOSTILE, HONEST):
        broker.admin.remove(user)
        broker.let_in(user)


@pytest.fixture
def looks_every() -> float:
    """The desk looks by itself for what is not right on the broker: not while a test puts it there."""
    return 3600.0


@pytest.fixture
def desk(settings: DispatchSettings, broker: SuppliersBroker, looks_every: float) -> Iterator[Desk]:
    with working(settings, broker, project_supplier_access=looks_every, note_who_was_seen=0.5) as desk:
        yield desk


@pytest.fixture
def call(desk: Desk) -> Iterator[Call]:
    client = RpcClient(desk.settings.amqp_url, Signer("test"), name="test")

    def make(method: str, actor: Actor = MANAGER, **arguments: Any) -> Any:
        return client.call(f"dispatch.{method}", actor=actor, timeout=PATIENCE_SECONDS, **arguments)

    yield make
    client.close()


def invite(call: Call, provider: Any = VONK) -> str:
    """The address that the supplier is given."""
    invited = call("invite_supplier", provider_id=provider.provider_id)
    assert (invited["standing"], invited["in_effect"]) == ("granted", True)
    return str(invited["credential"]["url"])


def asks(connection: amqp.Connection, desk: Desk) -> dict[str, Any]:
    return Program(connection).ask("get_order", {"order_number": desk.order_of(VONK)["number"]})


def is_closed(connection: amqp.Connection, seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether the broker closes it by itself."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        try:
            connection.drain_events(timeout=0.2)
        except TimeoutError:
            continue
        except (OSError, amqp.AMQPError):
            return True
    return False


def is_refused(url: str) -> bool:
    try:
        with connected(url):
            return False
    except (amqp.AccessRefused, amqp.NotAllowed):  # the second for a moment, while it is being made
        return True


def test_what_an_invited_supplier_is_given_works(call: Call, desk: Desk) -> None:
    with connected(invite(call)) as connection:
        assert asks(connection, desk)["error"] is None
    shown = call("get_supplier_access", provider_id=VONK.provider_id)
    assert (shown["standing"], shown["granted_by"], shown["generation"]) == ("granted", "Karin", 1)


def test_nobody_can_ask_for_a_password_again(call: Call) -> None:
    password = invite(call).partition(":supplier")[0]
    for shown in (call("get_supplier_access", provider_id=VONK.provider_id), call("list_supplier_access")):
        assert "password" not in str(shown)
        assert "credential" not in str(shown)
        assert password not in str(shown).partition("slug")[0]


def test_the_desk_sees_what_is_open_and_who_was_there(call: Call, desk: Desk) -> None:
    def seen() -> dict[str, Any]:
        shown: dict[str, Any] = call("get_supplier_access", provider_id=VONK.provider_id)
        return shown

    with connected(invite(call)) as connection:
        asks(connection, desk)
        until(lambda: seen()["connections"] == 1)  # the broker counts a moment later
        until(lambda: seen()["last_seen_at"])


def test_a_revocation_closes_what_is_open_and_the_password_is_worth_nothing(call: Call, desk: Desk) -> None:
    url = invite(call)
    with connected(url) as connection, connected(url) as second:
        assert asks(connection, desk)["error"] is None
        revoked = call("revoke_supplier", provider_id=VONK.provider_id)
        assert (revoked["standing"], revoked["in_effect"]) == ("revoked", True)
        assert is_closed(connection)
        assert is_closed(second)
    assert is_refused(url)


def test_a_renewal_ends_the_password_before_it(call: Call, desk: Desk) -> None:
    old = invite(call)
    with connected(old) as connection:
        new = invite(call)
        assert is_closed(connection)
    assert is_refused(old)
    with connected(new) as connection:
        assert asks(connection, desk)["error"] is None


def test_what_a_revoked_supplier_had_under_way_is_refused(
    call: Call, desk: Desk, broker: SuppliersBroker
) -> None:
    """A message may be in the queue when its sender is shut out; and the broker may hear of it late."""
    invite(call)
    call("revoke_supplier", provider_id=VONK.provider_id)
    broker.let_in(HOSTILE)  # as if the broker had not heard of it
    with connected(broker.urls[HOSTILE]) as connection:
        assert asks(connection, desk)["error"]["exc_type"] == "Forbidden"


def test_a_broker_that_lost_its_users_gets_them_back_with_the_same_passwords(
    call: Call, desk: Desk, broker: SuppliersBroker
) -> None:
    url = invite(call)
    broker.admin.remove(HOSTILE)
    assert is_refused(url)
    invite(call, KABEL)  # any decision makes the broker agree, as does the timer
    with connected(url) as connection:
        assert asks(connection, desk)["error"] is None


@pytest.mark.parametrize("looks_every", [0.5])
def test_the_timer_does_it_too(call: Call, broker: SuppliersBroker) -> None:
    url = invite(call)
    broker.admin.remove(HOSTILE)
    until(lambda: not is_refused(url))


WIDENED = {
    "permissions": ("/permissions/suppliers/{}", {"configure": ".*", "write": ".*", "read": ".*"}),
    "another vhost": ("/permissions/desk/{}", {"configure": ".*", "write": ".*", "read": ".*"}),
    "routing keys": (
        "/topic-permissions/suppliers/{}",
        {"exchange": "nameko-rpc", "write": ".*", "read": ".*"},
    ),
    "a limit": ("/user-limits/{}/max-connections", {"value": 1000}),
}


@pytest.mark.parametrize("what", WIDENED)
def test_rights_that_somebody_widened_by_hand_are_put_right(
    call: Call, broker: SuppliersBroker, what: str
) -> None:
    invite(call)
    right = broker.admin.supplier_users()[HOSTILE]
    path, body = WIDENED[what]
    broker.admin._put(path.format(HOSTILE), body)
    assert broker.admin.supplier_users()[HOSTILE] != right
    invite(call, KABEL)
    assert broker.admin.supplier_users()[HOSTILE] == right


def test_a_user_whom_the_desk_never_let_in_is_taken_away(call: Call, broker: SuppliersBroker) -> None:
    url = broker.let_in("supplier_sluiproute")
    invite(call)
    assert is_refused(url)


def test_queues_are_bounded_from_the_start(call: Call, broker: SuppliersBroker) -> None:
    broker.admin._delete("/policies/suppliers/supplier-calls")
    invite(call)
    names = {row["name"] for row in broker.admin._get("/policies/suppliers")}
    assert names == {"supplier-calls", "supplier-replies"}


def test_while_the_broker_cannot_be_reached_a_decision_is_kept_and_said_to_have_no_effect_yet(
    settings: DispatchSettings,
) -> None:
    desk = Desk(replace(settings, broker_admin_url="http://desk_admin:geheim@127.0.0.1:9"))
    desk.start()
    client = RpcClient(settings.amqp_url, Signer("test"), name="test")
    try:
        invited = client.call(
            "dispatch.invite_supplier", actor=MANAGER, timeout=PATIENCE_SECONDS, provider_id=VONK.provider_id
        )
        assert (invited["standing"], invited["in_effect"]) == ("granted", False)
    finally:
        client.close()
        desk.close()


def test_without_the_management_api_it_says_what_is_missing(settings: DispatchSettings) -> None:
    desk = Desk(replace(settings, broker_admin_url=""))
    desk.start()
    client = RpcClient(settings.amqp_url, Signer("test"), name="test")
    try:
        with pytest.raises(Conflict) as missing:
            client.call(
                "dispatch.invite_supplier",
                actor=MANAGER,
                timeout=PATIENCE_SECONDS,
                provider_id=VONK.provider_id,
            )
        assert "BROKER_ADMIN_URL" in missing.value.detail
    finally:
        client.close()
        desk.close()


@pytest.mark.parametrize(
    "method", ["invite_supplier", "revoke_supplier", "resume_supplier", "get_supplier_access"]
)
def test_only_managers_decide(call: Call, method: str) -> None:
    with pytest.raises(Forbidden):
        call(method, AGENT, provider_id=VONK.provider_id)
    with pytest.raises(NotFound):
        call(method, MANAGER, provider_id=str(KABEL.provider_id).replace("2", "3"))
    with pytest.raises(Invalid):
        call(method, MANAGER, provider_id="vonk-val")


def test_no_secret_is_written_down(call: Call, written: Callable[[], str], broker: SuppliersBroker) -> None:
    url = invite(call)
    password = url.partition("@")[0].rpartition(":")[2]
    hashed = broker.admin.supplier_users()[HOSTILE].password_hash
    call("revoke_supplier", provider_id=VONK.provider_id)
    assert len(password) > 20
    said = written()
    assert not [one for one in (password, hashed, broker.admin_url) if one in said]
