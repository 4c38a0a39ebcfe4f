"""What the services lean on: a database and a broker, embedded or given from outside."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from servicekit.embedded.broker_packages import find_or_unpack
from servicekit.embedded.databases import create_databases
from servicekit.embedded.ports import free_ports
from servicekit.embedded.postgres import Postgres
from servicekit.embedded.programs import EmbeddedError, die_with_parent
from servicekit.embedded.rabbitmq import Rabbitmq

from deskcli.broker_layout import DESK_USER, DESK_VHOST, SUPPLIERS, SUPPLIERS_VHOST, VHOSTS, broker_users
from deskcli.layout import DESK_STATE, ROOT, Layout
from deskcli.processes import DATABASES
from deskcli.secret_store import Secrets
from deskcli.supervisor import Supervisor

PATIENCE = 60.0


@dataclass
class Backing:
    """Starts database and broker under a supervisor; `database` and `broker` are others' URLs, or empty."""

    layout: Layout
    secrets: Secrets
    supervisor: Supervisor
    say: Callable[[str], None]
    durable: bool = True
    database: str = ""
    broker: str = ""
    urls: dict[str, str] = field(default_factory=dict)  # "database", one per service database, "broker", ...

    def start_database(self) -> None:
        """Start or reach PostgreSQL, and make sure of a role and a database per service."""
        if not self.database:
            server = self.postgres(free_ports(1)[0])
            server.prepare()
            self.supervisor.run(server.program())
            wait_until(server.is_ready, lambda: "the embedded database", self.supervisor.log("postgres"))
        self.urls["database"] = self.database or server.url
        made = create_databases(self.urls["database"], self._passwords(), whole_server=not self.database)
        for name, url in made.items():
            self.urls[f"{name} database"] = url

    def start_broker(self) -> None:
        """Start or reach RabbitMQ."""
        if self.broker:
            self._use(self.broker)
            return
        amqp, distribution, mapper = free_ports(3)
        node = Rabbitmq(
            folder=self.layout.data / "rabbitmq",
            programs=find_or_unpack(DESK_STATE / "rabbitmq", self.say),
            ports=(amqp, distribution, mapper),
            cookie=self.secrets.erlang_cookie,
            vhosts=VHOSTS,
            users=broker_users(self.secrets),
        )
        node.prepare()
        self.supervisor.run(node.port_mapper())
        self.supervisor.run(node.node())
        wait_until(node.is_ready, lambda: "the embedded broker", self.supervisor.log("rabbitmq"))
        self.urls["broker"] = node.url(DESK_USER, DESK_VHOST)
        self.urls["suppliers broker"] = node.url(DESK_USER, SUPPLIERS_VHOST)
        for supplier in SUPPLIERS:
            self.urls[f"{supplier} broker"] = node.url(supplier, SUPPLIERS_VHOST)

    def postgres(self, port: int = 0) -> Postgres:
        """Return the embedded server of this state folder."""
        return Postgres(self.layout.data / "postgres", port, self.secrets.database_admin, self.durable)

    def _passwords(self) -> dict[str, str]:
        return {name: self.secrets.databases[name] for name in DATABASES}

    def _use(self, url: str) -> None:
        """Take another's broker: its vhosts and users are made with ops/, we only know their names."""
        parts = urlsplit(url)
        place = parts.netloc.rpartition("@")[2]
        self.urls["broker"] = url
        self.urls["suppliers broker"] = urlunsplit(parts._replace(path=f"/{SUPPLIERS_VHOST}"))
        for supplier in SUPPLIERS:
            login = f"{supplier}:{self.secrets.suppliers[supplier]}"
            self.urls[f"{supplier} broker"] = urlunsplit(
                parts._replace(netloc=f"{login}@{place}", path=f"/{SUPPLIERS_VHOST}")
            )


class Migration:
    """Brings all databases up to date, in a process that loads its libraries while the database boots."""

    def __init__(self, log: Path) -> None:
        self._log = log
        with open(log, "wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "deskcli.migrations"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                text=True,
                cwd=ROOT,
                preexec_fn=die_with_parent(),  # noqa: PLW1509 - calls the kernel and nothing else
            )

    def run(self, urls: dict[str, str]) -> None:
        """Migrate {package: url}; raises EmbeddedError."""
        said, _ = self._process.communicate(json.dumps(urls) + "\n", timeout=120)
        if self._process.returncode != 0:
            raise EmbeddedError(f"{said.strip() or 'the migrations failed'} (details: {self._log}).")

    def cancel(self) -> None:
        """End it when the start has failed elsewhere."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


def wait_until(ready: Callable[[], bool], what: Callable[[], str], log: Path) -> None:
    """Wait for something to become ready; raises EmbeddedError that names it and its log."""
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > deadline:
            raise EmbeddedError(f"{what()} was not ready within {PATIENCE:.0f} s; see {log}.")
        time.sleep(0.03)
