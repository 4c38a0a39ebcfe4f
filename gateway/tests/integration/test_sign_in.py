"""Signing in and out, and guessing."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from gateway.accounts import sign_in as rules
from gateway.accounts.administration import Links
from gateway.accounts.passwords import Passwords
from gateway.house import House
from gateway.storage.attempts import Tally
from gateway.storage.tables import accounts, attempts, tokens
from gateway.testing import FakeTransport
from werkzeug.test import Client

PASSWORD = "correct horse battery"
EMAIL = "sanne@meerwal.example"


@pytest.fixture(autouse=True)
def sanne(house: House) -> None:
    item = {"email": "Sanne@Meerwal.example", "name": "Sanne", "roles": ["requester"], "password": PASSWORD}
    house.administration.create([item], Links({}, {}))


def sign_in(client: Client, email: str = EMAIL, password: str = PASSWORD, address: str = "10.0.0.1") -> Any:
    body = {"email": email, "password": password}
    return client.post("/v1/sessions", json=body, environ_overrides={"REMOTE_ADDR": address})


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_the_right_password_gives_a_token_that_says_who_one_is(client: Client) -> None:
    answer = sign_in(client, email=" SANNE@meerwal.example ")
    assert answer.status_code == 201
    me = client.get("/v1/me", headers=bearer(answer.json["token"]))
    assert me.json == answer.json["account"]
    assert (me.json["name"], me.json["roles"]) == ("Sanne", ["requester"])
    assert "requests.create" in me.json["permissions"]
    assert "accounts.write" not in me.json["permissions"]


def test_the_token_is_kept_only_as_a_hash(client: Client, engine: sa.Engine) -> None:
    token = sign_in(client).json["token"]
    with engine.connect() as connection:
        kept = connection.execute(sa.select(tokens)).mappings().one()
        hashed = connection.execute(sa.select(accounts.c.password_hash)).scalar_one()
    assert token not in str(dict(kept))
    assert PASSWORD not in hashed
    assert hashed.startswith("$argon2id$")


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "wrong"), ("nobody@meerwal.example", PASSWORD)])
def test_unknown_and_wrong_are_answered_in_the_same_words(email: str, password: str, client: Client) -> None:
    answer = sign_in(client, email, password)
    assert answer.status_code == 401
    assert answer.json["code"] == "sign_in_refused"
    assert answer.json["detail"] == "This e-mail address and password do not belong together."


def test_unknown_and_wrong_take_the_same_time() -> None:
    passwords = Passwords(time_cost=2, memory_kib=4096)
    hashed = passwords.hash(PASSWORD)

    def seconds(known: str | None) -> float:
        began = time.process_time()
        assert not passwords.verify(known, "wrong")
        return time.process_time() - began

    known = statistics.median(seconds(hashed) for _ in range(9))
    unknown = statistics.median(seconds(None) for _ in range(9))
    assert 0.5 < known / unknown < 2


def test_a_closed_account_is_refused_and_its_session_ends(client: Client, engine: sa.Engine) -> None:
    token = sign_in(client).json["token"]
    with engine.begin() as connection:
        connection.execute(sa.update(accounts).values(active=False))
    assert sign_in(client).status_code == 401
    assert client.get("/v1/me", headers=bearer(token)).status_code == 401


def test_signing_out_ends_the_session_at_once_here_and_soon_elsewhere(
    client: Client, build: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = sign_in(client).json["token"]
    elsewhere = build().gate
    elsewhere.actor_of(token)
    assert client.delete("/v1/sessions/current", headers=bearer(token)).status_code == 204
    assert client.get("/v1/me", headers=bearer(token)).status_code == 401
    elsewhere.actor_of(token)  # remembered for a few seconds
    later = time.monotonic() + 3.1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with pytest.raises(rules.Unauthenticated):
        elsewhere.actor_of(token)


def test_an_expired_session_is_refused(client: Client, engine: sa.Engine) -> None:
    token = sign_in(client).json["token"]
    with engine.begin() as connection:
        connection.execute(sa.update(tokens).values(expires_at=sa.func.now()))
    assert client.get("/v1/me", headers=bearer(token)).status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer " + "x" * 300, "Bearer x\x00"]
)
def test_what_is_no_token_is_refused(header: str, client: Client) -> None:
    assert client.get("/v1/me", headers={"Authorization": header}).status_code == 401


def test_a_check_that_was_just_made_needs_no_statement(
    client: Client, house: House, engine: sa.Engine
) -> None:
    token = sign_in(client).json["token"]
    statements: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *event: statements.append(event[2]))
    house.gate.actor_of(token)
    assert len(statements) == 1
    for _ in range(100):
        house.gate.actor_of(token)
    assert len(statements) == 1


def test_the_memory_of_the_gate_is_bounded(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.accounts.gate.REMEMBER_AT_MOST", 3)
    found = (object(), rules.datetime.max.replace(tzinfo=rules.datetime.now().astimezone().tzinfo))
    for number in range(10):
        house.gate._remember(bytes([number]), found)  # type: ignore[arg-type]
    assert list(house.gate._remembered) == [b"\x07", b"\x08", b"\x09"]


def test_a_guesser_is_stopped_at_his_address_and_the_victim_is_not(client: Client) -> None:
    for _ in range(rules.PER_PAIR):
        assert sign_in(client, password="guess", address="10.6.6.6").status_code == 401
    stopped = sign_in(client, address="10.6.6.6")
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 0
    assert sign_in(client, address="10.0.0.1").status_code == 201


def test_many_addresses_that_guess_together_are_stopped_but_not_where_the_victim_is_known(
    client: Client,
) -> None:
    assert sign_in(client, address="10.0.0.1").status_code == 201
    for number in range(rules.PER_LOGIN):
        assert sign_in(client, password="guess", address=f"10.6.0.{number}").status_code == 401
    assert sign_in(client, password="guess", address="10.6.1.1").status_code == 429
    assert sign_in(client, address="10.0.0.1").status_code == 201


def test_an_unknown_account_is_slowed_down_like_a_known_one(client: Client) -> None:
    statuses = [sign_in(client, "nobody@x.example", "guess").status_code for _ in range(rules.PER_PAIR + 1)]
    assert statuses == [401] * rules.PER_PAIR + [429]


def test_one_address_that_tries_many_accounts_is_stopped(client: Client) -> None:
    statuses = [sign_in(client, f"a{n}@x.example", "guess").status_code for n in range(rules.PER_ADDRESS + 1)]
    assert statuses == [401] * rules.PER_ADDRESS + [429]


def test_typing_errors_are_forgotten_with_the_right_password(client: Client) -> None:
    for _ in range(3):
        for _ in range(rules.PER_PAIR - 1):
            assert sign_in(client, password="typo").status_code == 401
        assert sign_in(client).status_code == 201


def test_being_turned_away_does_not_make_the_wait_longer(client: Client, engine: sa.Engine) -> None:
    for _ in range(rules.PER_PAIR + 5):
        sign_in(client, password="guess")
    with engine.begin() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(attempts)) == rules.PER_PAIR
        connection.execute(sa.update(attempts).values(at=sa.func.now() - rules.WINDOW))
    assert sign_in(client).status_code == 201


ALLOWED = [
    (Tally(5, 5, 5, False), True),
    (Tally(6, 6, 6, True), False),
    (Tally(1, 51, 1, True), False),
    (Tally(1, 1, 21, False), False),
    (Tally(1, 1, 21, True), True),
]


@pytest.mark.parametrize(("tally", "allowed"), ALLOWED)
def test_the_three_limits(tally: Tally, allowed: bool) -> None:
    assert rules.is_allowed(tally) is allowed


NETWORKS = [
    ("10.1.2.3", "10.1.2.3"),
    ("::ffff:10.1.2.3", "10.1.2.3"),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("", "unknown"),
    ("forged\nline", "unknown"),
]


@pytest.mark.parametrize(("address", "network"), NETWORKS)
def test_the_network_of_an_address(address: str, network: str) -> None:
    assert rules.network_of(address) == network


def test_a_forwarded_address_counts_only_behind_a_proxy_of_ours(build: Callable[..., House]) -> None:
    environ = {"REMOTE_ADDR": "10.0.0.9", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 7.7.7.7, 8.8.8.8"}
    assert build().address_of(environ) == "10.0.0.9"
    assert build(trusted_proxies=1).address_of(environ) == "8.8.8.8"
    assert build(trusted_proxies=2).address_of(environ) == "7.7.7.7"
    assert build(trusted_proxies=9).address_of(environ) == "6.6.6.6"


def test_a_password_hashed_more_cheaply_is_hashed_anew(
    client: Client, engine: sa.Engine, transport: FakeTransport
) -> None:
    with engine.begin() as connection:
        connection.execute(sa.update(accounts).values(password_hash=Passwords(1, 8).hash(PASSWORD)))
    assert sign_in(client).status_code == 201
    with engine.connect() as connection:
        assert "m=64," in connection.execute(sa.select(accounts.c.password_hash)).scalar_one()
    assert sign_in(client).status_code == 201


def test_old_rows_are_thrown_away(house: House, client: Client, engine: sa.Engine) -> None:
    token = sign_in(client).json["token"]
    sign_in(client, password="guess")
    with engine.begin() as connection:
        connection.execute(sa.update(attempts).values(at=sa.func.now() - rules.timedelta(days=31)))
        connection.execute(sa.update(tokens).values(expires_at=sa.func.now() - rules.timedelta(hours=1)))
    with house.work() as work:
        work.tokens.prune()
        work.attempts.prune()
    with engine.connect() as connection:
        for table in (tokens, attempts):
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0
    assert client.get("/v1/me", headers=bearer(token)).status_code == 401


def test_neither_passwords_nor_tokens_get_into_the_log(
    client: Client, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    canary = "canary-5f1d2e-password"
    sign_in(client, password=canary)
    sign_in(client, f"{canary}@x.example", canary)
    client.post("/v1/sessions", json={"email": canary, "password": [canary]})
    token = sign_in(client).json["token"]
    client.get("/v1/me", headers=bearer(token))
    client.get("/v1/me", headers=bearer(token + canary))
    client.delete("/v1/sessions/current", headers=bearer(token))
    written = "".join(capsys.readouterr()) + caplog.text
    assert "sign-in refused" in written
    for secret in (canary, PASSWORD, token):
        assert secret not in written
