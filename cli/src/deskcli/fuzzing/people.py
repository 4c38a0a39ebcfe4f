"""Who calls: one account per role, programs with their tokens, and somebody without any."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from deskcli.importing.api import Api, ApiError
from deskcli.system import System

NOBODY = "nobody"
SUPPLIER, PROGRAM, MAIL_SERVER = "supplier", "supplier-token", "mail-server"
ACCOUNTS: Mapping[str, str] = {
    "customer": "sanne@meerwal.example",
    "agent": "amira@meerwal.example",
    "team": "tom@meerwal.example",
    SUPPLIER: "planning@vonk-val.example",
    "manager": "karin@meerwal.example",
    "products": "lars@meerwal.example",
    "operator": "operator@meerwal.example",
    "administrator": "beheer@meerwal.example",
}
ROLES = (*ACCOUNTS, PROGRAM, MAIL_SERVER, NOBODY)


@dataclass
class Role:
    name: str
    token: str | None = None
    permissions: frozenset[str] = frozenset()
    lock: threading.Lock = field(default_factory=threading.Lock)

    def may(self, permission: str | None) -> bool:
        return permission is None or permission in self.permissions


class People:
    """All roles, signed in. `renew` signs one in again whose token has come to its end."""

    def __init__(self, system: System) -> None:
        self._url = system.urls["gateway"]
        self._secrets = system.secrets
        self._program = system.layout.data / "supplier-lepel-lade.json"
        self.lost: dict[str, str] = {}  # who can't sign in any more, and why
        self._mail_server = self._make_the_missing()
        self.roles = {name: Role(name) for name in ROLES}
        for role in self.roles.values():
            self.renew(role, None)

    @property
    def credentials(self) -> dict[str, str]:
        """What one of them signs in with."""
        return {"email": ACCOUNTS["customer"], "password": self._secrets.demo_password}

    def renew(self, role: Role, old: str | None) -> None:
        """A new token, unless somebody else has renewed the old one meanwhile."""
        with role.lock:
            if role.name == NOBODY or role.token != old or role.name in self.lost:
                return
            try:
                role.token = self._token(role.name)
                with Api(self._url, role.token) as api:
                    role.permissions = frozenset(api.get("/me")["permissions"])
            except ApiError as error:
                self.lost[role.name] = str(error)

    def _token(self, name: str) -> str:
        if name == PROGRAM:
            return str(json.loads(self._program.read_text(encoding="utf-8"))["token"])
        if name == MAIL_SERVER:
            return self._mail_server
        credentials = {"email": ACCOUNTS[name], "password": self._secrets.demo_password}
        with Api(self._url, "") as door:
            return str(door.post("/sessions", credentials)["token"])

    def _make_the_missing(self) -> str:
        """What the demo has none of: an operator, and a mail server, whose token this answers."""
        operator = {
            "name": "Operator", "email": ACCOUNTS["operator"], "roles": ["operator"],
            "password": self._secrets.demo_password,
        }  # fmt: skip
        server = {"name": "Mail server", "roles": ["program"]}
        with Api(self._url, self._secrets.bootstrap_token) as api:
            made = api.post("/accounts", {"items": [operator, server]})["items"]
            program = next(each for each in made if each["name"] == server["name"])
            return str(api.post("/tokens", {"accountId": program["accountId"], "name": "mail"})["token"])
