"""The passwords and keys of one installation: random, made once, readable by their owner only."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path


def _random() -> str:
    return secrets.token_urlsafe(24)


def _memorable() -> str:
    """A password that a person can type over from the screen."""
    return "-".join(secrets.token_hex(2) for _ in range(3))


@dataclass(frozen=True)
class Secrets:
    """Everything secret. Whoever has it may act as anybody, so nobody gets it whole but the seed."""

    database_admin: str = field(default_factory=_random)
    databases: dict[str, str] = field(default_factory=dict)  # role -> password
    broker: str = field(default_factory=_random)
    broker_admin: str = field(default_factory=_random)  # of who lets suppliers in on the broker
    suppliers: dict[str, str] = field(default_factory=dict)  # broker user -> password
    erlang_cookie: str = field(default_factory=_random)
    actor_secret: str = field(default_factory=_random)
    bootstrap_token: str = field(default_factory=_random)  # the first administrator of the API
    webhook_master: str = field(default_factory=_random)  # what signs webhooks is derived from it
    demo_password: str = field(default_factory=_memorable)  # of every demo account

    def __repr__(self) -> str:
        return "Secrets(...)"  # tracebacks and logs must not tell


def load_or_make(path: Path, databases: tuple[str, ...], suppliers: tuple[str, ...]) -> Secrets:
    """Read the secrets, and add those that are missing."""
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    found = Secrets(**known)
    for name in databases:
        found.databases.setdefault(name, _random())
    for name in suppliers:
        found.suppliers.setdefault(name, _random())
    if asdict(found) != known:
        _write(path, json.dumps(asdict(found), indent=2))
    return found


def _write(path: Path, text: str) -> None:
    """Replace the file in one step, never readable by others."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    fresh.replace(path)
