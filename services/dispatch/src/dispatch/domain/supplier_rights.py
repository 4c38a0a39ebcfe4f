"""What a supplier's user may do on the broker: its corner of the vhost `suppliers`, and how large that is.

It makes nothing, reads its own queue, and writes to the RPC exchange alone: calls to the desk, and answers to
queues that are named by a UUID.
"""

from __future__ import annotations

from typing import Any

RPC_EXCHANGE = "nameko-rpc"
USER_PREFIX = "supplier_"
NOTHING = "^$"
ROUTING_KEYS = r"^(desk\.[a-z_]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"

# The kit takes three connections with a channel each; a program that is being replaced has them twice.
LIMITS = {"max-connections": 10, "max-channels": 20}

# For all queues of the vhost, by the start of their name: what is in them is calls, worthless after a minute.
# When one is full the oldest goes: its caller has waited longest and gives up soonest.
POLICIES: dict[str, dict[str, Any]] = {
    "supplier-calls": {
        "pattern": r"^rpc-",
        "apply-to": "queues",
        "priority": 0,
        "definition": {
            "max-length": 1_000,
            "max-length-bytes": 16 * 1024 * 1024,
            "overflow": "drop-head",
            "message-ttl": 60_000,
        },
    },
    "supplier-replies": {
        "pattern": r"^rpc\.reply-",
        "apply-to": "queues",
        "priority": 0,
        "definition": {
            "max-length": 10_000,
            "max-length-bytes": 32 * 1024 * 1024,
            "overflow": "drop-head",
            "message-ttl": 60_000,
        },
    },
}


def permission(user: str) -> dict[str, str]:
    return {"configure": NOTHING, "write": f"^{RPC_EXCHANGE}$", "read": f"^rpc-{user}$"}


def topic_permission() -> dict[str, str]:
    return {"exchange": RPC_EXCHANGE, "write": ROUTING_KEYS, "read": NOTHING}
