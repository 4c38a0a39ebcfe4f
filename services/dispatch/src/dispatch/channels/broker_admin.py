"""RabbitMQ's management API: who may come in on the suppliers' vhost, who is in, and who is thrown out.

`requests` waits cooperatively in a service (eventlet); every question has a time limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import requests

from dispatch.domain.supplier_rights import LIMITS, POLICIES, USER_PREFIX, permission, topic_permission

TIMEOUT_SECONDS = (2.0, 5.0)  # to connect; for the answer
HASHING = "rabbit_password_hashing_sha256"

Row = dict[str, Any]


class BrokerAdminAway(Exception):
    """The management API gave no answer, or one that is none."""


@dataclass(frozen=True)
class BrokerUser:
    """A supplier's user as it is on the broker, or ought to be: with all its rights, wherever they are."""

    password_hash: str
    tags: list[str] = field(default_factory=list)
    limits: Mapping[str, int] = field(default_factory=dict)
    permissions: list[Row] = field(default_factory=list)
    topics: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Connection:
    name: str
    user: str
    received: int  # bytes since it was made


class BrokerAdmin:
    """`url` holds user and password of an administrator: http://admin:secret@host:15672"""

    def __init__(self, url: str, vhost: str) -> None:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        self._base = urlunsplit((parts.scheme, host, parts.path.rstrip("/") + "/api", "", ""))
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy and no netrc stands between us and our own broker
        self._session.auth = (unquote(parts.username or ""), unquote(parts.password or ""))
        self._vhost = vhost

    def right(self, name: str, password_hash: str) -> BrokerUser:
        """How a supplier's user ought to be."""
        return BrokerUser(
            password_hash,
            limits=dict(LIMITS),
            permissions=[{"vhost": self._vhost, **permission(name)}],
            topics=[{"vhost": self._vhost, **topic_permission()}],
        )

    def supplier_users(self) -> dict[str, BrokerUser]:
        """Every user of the broker that is named as a supplier's, wherever it may do something."""
        limits = {row["user"]: row["value"] for row in self._get("/user-limits")}
        permissions = self._by_user("/permissions")
        topics = self._by_user("/topic-permissions")
        return {
            row["name"]: BrokerUser(
                row["password_hash"],
                _tags(row["tags"]),
                limits.get(row["name"], {}),
                permissions.get(row["name"], []),
                topics.get(row["name"], []),
            )
            for row in self._get("/users")
            if row["name"].startswith(USER_PREFIX)
        }

    def make(self, name: str, password_hash: str) -> None:
        """Rights and limits come with the user's name, so it is nobody until the last of them is there."""
        user, vhost = _part(name), _part(self._vhost)
        self._put(
            f"/users/{user}", {"password_hash": password_hash, "hashing_algorithm": HASHING, "tags": ""}
        )
        for limit, value in LIMITS.items():
            self._put(f"/user-limits/{user}/{limit}", {"value": value})
        self._put(f"/topic-permissions/{vhost}/{user}", topic_permission())
        self._put(f"/permissions/{vhost}/{user}", permission(name))

    def remove(self, name: str) -> None:
        """With its connections: RabbitMQ closes them when their user goes, and is told so once more."""
        self._delete(f"/users/{_part(name)}")
        self.close(name)

    def close(self, name: str) -> None:
        """Close all connections of a user."""
        self._delete(f"/connections/username/{_part(name)}")

    def connections(self) -> list[Connection]:
        """Those of suppliers that are open now; figures are some seconds old."""
        rows = self._get("/connections?columns=name,user,vhost,recv_oct")
        return [
            Connection(row["name"], row["user"], int(row.get("recv_oct") or 0))
            for row in rows
            if str(row.get("user", "")).startswith(USER_PREFIX)
        ]

    def is_out_of_memory(self) -> bool:
        """Whether the broker has stopped reading from everybody who publishes."""
        answer = self._ask("GET", "/health/checks/alarms", fine=503)
        alarms = answer.json().get("alarms", []) if answer.status_code == 503 else []
        return any(alarm.get("resource") == "memory" for alarm in alarms)

    def connection_count(self, name: str) -> int:
        return len(self._get(f"/connections/username/{_part(name)}"))

    def bound_queues(self) -> None:
        """Make the policies that bound the queues of the vhost, where they are not as they should be."""
        vhost = _part(self._vhost)
        found = {row["name"]: row for row in self._get(f"/policies/{vhost}")}
        for name, policy in POLICIES.items():
            there = found.get(name, {})
            if {key: there.get(key) for key in policy} != policy:
                self._put(f"/policies/{vhost}/{name}", policy)

    def _by_user(self, path: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self._get(path):
            found.setdefault(row.pop("user"), []).append(row)
        return found

    def _get(self, path: str) -> Any:
        try:
            return self._ask("GET", path).json()
        except ValueError as error:
            raise BrokerAdminAway("the broker's management API answered something else than JSON") from error

    def _put(self, path: str, body: dict[str, Any]) -> None:
        self._ask("PUT", path, json=body)

    def _delete(self, path: str) -> None:
        self._ask("DELETE", path, fine=404)

    def _ask(self, method: str, path: str, fine: int = 0, **more: Any) -> requests.Response:
        """Raises BrokerAdminAway. The text of the error holds no address: there is a password in it."""
        try:
            answer = self._session.request(
                method, self._base + path, timeout=TIMEOUT_SECONDS, allow_redirects=False, **more
            )
        except requests.RequestException as error:
            raise BrokerAdminAway(
                f"the broker's management API does not answer ({type(error).__name__})"
            ) from None
        if answer.status_code >= 300 and answer.status_code != fine:
            raise BrokerAdminAway(
                f"the broker's management API answered {answer.status_code} to {method} {path}"
            )
        return answer


@cache
def admin_on(url: str, vhost: str) -> BrokerAdmin:
    """The one of this process for a broker."""
    return BrokerAdmin(url, vhost)


def _part(text: str) -> str:
    return quote(text, safe="")


def _tags(value: Any) -> list[str]:
    """A list, or in older versions words with commas."""
    return list(value) if isinstance(value, list) else [one for one in str(value).split(",") if one]
