from __future__ import annotations

import time

import pytest
from servicekit.actor import LIFETIME_SECONDS, Actor, Signer, service_actor
from servicekit.errors import Forbidden, Unauthenticated

AGENT = Actor("person", "a1", "Amira", frozenset({"agent"}), person_id="p1", language="en")


def test_a_signed_actor_comes_back_whole() -> None:
    signer = Signer("secret")
    assert signer.verify(signer.sign(AGENT)) == AGENT


@pytest.mark.parametrize("token", [None, "", "x", "e30.e30", "WyJhIiwxXQ.invalid"])
def test_what_is_not_signed_by_us_is_refused(token: str | None) -> None:
    with pytest.raises(Unauthenticated):
        Signer("secret").verify(token)


def test_another_secret_does_not_open_it() -> None:
    with pytest.raises(Unauthenticated):
        Signer("secret").verify(Signer("other").sign(AGENT))


def test_it_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    signer = Signer("secret")
    token = signer.sign(AGENT)
    later = time.time() + LIFETIME_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(Unauthenticated) as expired:
        signer.verify(token)
    assert expired.value.code == "expired"


def test_a_role_opens_what_the_table_says() -> None:
    assert AGENT.can("requests.triage")
    with pytest.raises(Forbidden):
        Actor("person", "r1", roles=frozenset({"requester"})).require("requests.triage")


def test_a_permission_that_is_not_in_the_table_is_a_fault() -> None:
    with pytest.raises(KeyError):
        AGENT.can("requests.fly")


def test_a_service_may_do_all_of_its_own() -> None:
    assert service_actor("intake").can("requests.triage")
