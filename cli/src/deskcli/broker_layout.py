"""Who may do what on the desk's broker: the services among themselves, each supplier in a closed corner."""

from __future__ import annotations

from servicekit.embedded.broker_users import NOTHING, BrokerUser, Permission, TopicPermission

from deskcli.secret_store import Secrets

DESK_VHOST, SUPPLIERS_VHOST = "desk", "suppliers"
VHOSTS = (DESK_VHOST, SUPPLIERS_VHOST)
DESK_USER = "desk"
SUPPLIERS = ("supplier_vonk_val",)  # the demo's suppliers that are reached by RPC

RPC_EXCHANGE = "nameko-rpc"
# A supplier may call the desk's methods and answer calls; answers go to a queue named by a UUID.
SUPPLIER_ROUTING_KEYS = r"^(desk\.[a-z_]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"


def broker_users(secrets: Secrets) -> tuple[BrokerUser, ...]:
    """Return all users with their rights."""
    everywhere = tuple(Permission(vhost) for vhost in VHOSTS)
    desk = BrokerUser(DESK_USER, secrets.broker, everywhere)
    return desk, *(supplier_user(name, secrets.suppliers[name]) for name in SUPPLIERS)


def supplier_user(name: str, password: str) -> BrokerUser:
    """Return a supplier's user: it makes nothing, reads its own queue, writes to the RPC exchange alone."""
    return BrokerUser(
        name,
        password,
        permissions=(
            Permission(SUPPLIERS_VHOST, configure=NOTHING, write=f"^{RPC_EXCHANGE}$", read=f"^rpc-{name}$"),
        ),
        topic_permissions=(
            TopicPermission(SUPPLIERS_VHOST, RPC_EXCHANGE, write=SUPPLIER_ROUTING_KEYS, read=NOTHING),
        ),
        limits={"max-connections": 10, "max-channels": 40},
    )
