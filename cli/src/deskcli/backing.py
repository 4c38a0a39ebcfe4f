"""What the services lean on: a database and a broker, embedded or given from outside."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from servicekit.embedded.broker_packages import find_or_unpack
from servicekit.embedded.databases import create_databases
from servicekit.embedded.ports import free_ports
from servicekit.embedded.postgres import Postgres
from servicekit.embedded.rabbitmq import Rabbitmq

from deskcli.broker_layout import (
    ADMIN_USER,
    DESK_USER,
    DESK_VHOST,
    SUPPLIERS,
    SUPPLIERS_VHOST,
    VHOSTS,
    as_user,
    broker_users,
)
from deskcli.layout import DESK_STATE, Layout
from deskcli.processes import DATABASES
from deskcli.secret_store import Secrets
from deskcli.supervisor import Supervisor


@dataclass(frozen=True)
class Outside:
    """Servers that others run. An empty URL means: embedded.

    On another's broker the desk lets suppliers in when it is given the management API (`broker_admin`); else
    the demo's supplier runs only when its own URL is given.
    """

    database: str = ""
    broker: str = ""
    suppliers_broker: str = ""
    supplier_broker: str = ""
    broker_admin: str = ""
    webhook_targets: str = ""  # more `host:port` that may be posted to, of suppliers on this machine

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Outside:
        """Read the variables that the services themselves go by."""
        names = (
            "DATABASE_URL",
            "AMQP_URL",
            "SUPPLIERS_AMQP_URL",
            "SUPPLIER_AMQP_URL",
            "BROKER_ADMIN_URL",
            "WEBHOOK_ALLOWED_TARGETS",
        )
        return cls(*(environment.get(name, "") for name in names))


@dataclass
class Backing:
    """Launches database and broker under a supervisor, and knows their addresses and when they are ready."""

    layout: Layout
    secrets: Secrets
    supervisor: Supervisor
    say: Callable[[str], None]
    durable: bool = True
    outside: Outside = field(default_factory=Outside)
    urls: dict[str, str] = field(default_factory=dict)  # "database", one per service database, "broker", ...
    checks: dict[str, Callable[[], bool]] = field(default_factory=dict)  # by name of the process

    def launch_database(self) -> None:
        """Start PostgreSQL, unless another's is used."""
        self.urls["database"] = self.outside.database
        if not self.outside.database:
            server = self.postgres(free_ports(1)[0])
            server.prepare()
            self.supervisor.run(server.program())
            self.checks["postgres"] = server.is_ready
            self.urls["database"] = server.url

    def create_databases(self) -> None:
        """Make sure of a role and a database per service, once PostgreSQL is ready."""
        passwords = {name: self.secrets.databases[name] for name in DATABASES}
        ours = not self.outside.database
        for name, url in create_databases(self.urls["database"], passwords, whole_server=ours).items():
            self.urls[f"{name} database"] = url

    def launch_broker(self) -> None:
        """Start RabbitMQ, unless another's is used. Its addresses are known before it is ready."""
        if self.outside.broker:
            self._use_outside()
            return
        amqp, distribution, mapper, management = free_ports(4)
        node = Rabbitmq(
            folder=self.layout.data / "rabbitmq",
            programs=find_or_unpack(DESK_STATE / "rabbitmq", self.say),
            ports=(amqp, distribution, mapper),
            cookie=self.secrets.erlang_cookie,
            vhosts=VHOSTS,
            users=broker_users(self.secrets),
            management_port=management,
        )
        node.prepare()
        self.supervisor.run(node.port_mapper())
        self.supervisor.run(node.node())
        self.checks["rabbitmq"] = node.is_ready
        self.urls["broker"] = node.url(DESK_USER, DESK_VHOST)
        self.urls["suppliers broker"] = node.url(DESK_USER, SUPPLIERS_VHOST)
        self.urls["broker admin"] = node.management_url(ADMIN_USER)
        self._address_suppliers()

    def postgres(self, port: int = 0) -> Postgres:
        """Return the embedded server of this state folder."""
        return Postgres(self.layout.data / "postgres", port, self.secrets.database_admin, self.durable)

    def _use_outside(self) -> None:
        other = self.outside
        neighbour = urlunsplit(urlsplit(other.broker)._replace(path=f"/{SUPPLIERS_VHOST}"))
        self.urls["broker"] = other.broker
        self.urls["suppliers broker"] = other.suppliers_broker or neighbour
        self.urls["broker admin"] = other.broker_admin
        if other.broker_admin:
            self._address_suppliers()
        if other.supplier_broker:
            self.urls[f"{SUPPLIERS[0]} broker"] = other.supplier_broker

    def _address_suppliers(self) -> None:
        """The addresses of the demo's suppliers; they work once the seed has let them in."""
        for user in SUPPLIERS:
            self.urls[f"{user} broker"] = as_user(
                self.urls["suppliers broker"], user, self.secrets.suppliers[user]
            )
