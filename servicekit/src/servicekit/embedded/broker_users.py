"""Who may do what on a broker, and the definitions file from which RabbitMQ makes it at boot."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

EVERYTHING = ".*"
NOTHING = "^$"


@dataclass(frozen=True)
class Permission:
    """Rights of a user in one vhost, as regular expressions on the names of queues and exchanges."""

    vhost: str
    configure: str = EVERYTHING
    write: str = EVERYTHING
    read: str = EVERYTHING


@dataclass(frozen=True)
class TopicPermission:
    """Rights of a user on one topic exchange, as regular expressions on routing keys."""

    vhost: str
    exchange: str
    write: str
    read: str


@dataclass(frozen=True)
class BrokerUser:
    """A user; `limits` may hold max-connections and max-channels, `tags` what it may do outside vhosts."""

    name: str
    password: str
    permissions: Sequence[Permission]
    topic_permissions: Sequence[TopicPermission] = ()
    limits: Mapping[str, int] = field(default_factory=dict)
    tags: Sequence[str] = ()


def definitions(vhosts: Sequence[str], users: Sequence[BrokerUser]) -> dict[str, Any]:
    """Return the content of RabbitMQ's definitions file."""
    return {
        "vhosts": [{"name": vhost} for vhost in vhosts],
        "users": [
            {
                "name": user.name,
                "password_hash": password_hash(user.password),
                "hashing_algorithm": "rabbit_password_hashing_sha256",
                "tags": list(user.tags),
                "limits": dict(user.limits),
            }
            for user in users
        ],
        "permissions": [
            {"user": user.name, "vhost": p.vhost, "configure": p.configure, "write": p.write, "read": p.read}
            for user in users
            for p in user.permissions
        ],
        "topic_permissions": [
            {"user": user.name, "vhost": p.vhost, "exchange": p.exchange, "write": p.write, "read": p.read}
            for user in users
            for p in user.topic_permissions
        ],
        "policies": [],
        "queues": [],
        "exchanges": [],
        "bindings": [],
    }


def password_hash(password: str) -> str:
    """Return RabbitMQ's salted SHA-256, so that the definitions file holds no password."""
    salt = os.urandom(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
