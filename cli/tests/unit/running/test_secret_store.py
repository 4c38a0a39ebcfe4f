"""Secrets are random, kept, added to, and closed to others."""

from __future__ import annotations

from pathlib import Path

from deskcli.secret_store import load_or_make


def test_secrets_are_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    first = load_or_make(path, ("intake",), ("supplier_a",))
    assert load_or_make(path, ("intake",), ("supplier_a",)) == first
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_installations_share_no_secret(tmp_path: Path) -> None:
    one = load_or_make(tmp_path / "one.json", ("intake",), ())
    two = load_or_make(tmp_path / "two.json", ("intake",), ())
    names = ("database_admin", "broker", "erlang_cookie", "actor_secret", "bootstrap_token", "demo_password")
    assert all(getattr(one, name) != getattr(two, name) for name in names)
    assert one.databases != two.databases


def test_a_new_service_gets_a_password_and_the_others_keep_theirs(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    before = load_or_make(path, ("intake",), ())
    after = load_or_make(path, ("intake", "planning"), ())
    assert after.databases["intake"] == before.databases["intake"]
    assert after.databases["planning"]


def test_secrets_do_not_tell_themselves(tmp_path: Path) -> None:
    made = load_or_make(tmp_path / "secrets.json", ("intake",), ())
    assert made.actor_secret not in f"{made!r} {made}"
