"""Who is on the desk's broker from its first boot: the services, and who lets suppliers in.

Suppliers are not in it: their users are made, and taken away, at run time (services/dispatch, admission.py),
so that one who was shut out stays out over a restart.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from servicekit.embedded.broker_users import BrokerUser, Permission

from deskcli.secret_store import Secrets

DESK_VHOST, SUPPLIERS_VHOST = "desk", "suppliers"
VHOSTS = (DESK_VHOST, SUPPLIERS_VHOST)
DESK_USER, ADMIN_USER = "desk", "desk_admin"
SUPPLIERS = ("supplier_vonk_val",)  # the demo's suppliers that are reached by RPC; the seed lets them in


def broker_users(secrets: Secrets) -> tuple[BrokerUser, ...]:
    """Return the users with their rights. The administrator may do nothing over AMQP, on no vhost."""
    desk = BrokerUser(DESK_USER, secrets.broker, tuple(Permission(vhost) for vhost in VHOSTS))
    return desk, BrokerUser(ADMIN_USER, secrets.broker_admin, (), tags=("administrator",))


def as_user(url: str, user: str, password: str) -> str:
    """Return the address of the same broker and vhost for another user."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:{password}@{host}"))
