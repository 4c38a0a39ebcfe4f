"""The processes of the system: which there are, and what each is told. One row per process."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from servicekit.embedded.programs import Program

from deskcli.layout import ROOT

COMMON = (
    "DATABASE_URL", "AMQP_URL", "ACTOR_SECRET", "HEALTH_PORT",
    "DEMO_MODE", "CLOCK_FILE", "ORGANISATION_ZONE", "LOG_LEVEL",
)  # fmt: skip
DISPATCH = (
    "SUPPLIERS_AMQP_URL", "BROKER_ADMIN_URL", "WEBHOOK_MASTER_SECRET", "WEBHOOK_ALLOWED_TARGETS",
)  # fmt: skip
GATEWAY = (
    "HTTP_HOST", "HTTP_PORT", "BOOTSTRAP_TOKEN", "MAILBOX_URL", "DRAIN_SECONDS", "CONTROL_SOCKET",
    "HOUSE_NAME", "FILES_FOLDER", "PUBLIC_URL",
)  # fmt: skip


@dataclass(frozen=True)
class Process:
    """A process of ours: `python -m module` with these variables in its environment, and no others."""

    name: str
    module: str
    variables: tuple[str, ...]
    has_database: bool = True

    @property
    def has_health(self) -> bool:
        """Whether it answers /readyz on HEALTH_PORT."""
        return "HEALTH_PORT" in self.variables


PROCESSES = (
    Process("mailbox", "deskcli.mailbox", ("SMTP_PORT", "HEALTH_PORT", "MAILBOX_FOLDER"), has_database=False),
    Process("catalog", "catalog", COMMON),
    Process("monitoring", "monitoring", COMMON),
    Process("intake", "intake", COMMON),
    Process("dispatch", "dispatch", (*COMMON, *DISPATCH)),
    Process("notifications", "notifications", (*COMMON, "SMTP_URL", "PUBLIC_URL", "REPLY_TO")),
    Process("gateway", "gateway", (*COMMON, *GATEWAY)),
    Process(
        "supplier-vonk-val",
        "demo_supplier",
        ("SUPPLIER_AMQP_URL", "SUPPLIER_NAME", "SUPPLIER_RECORD", "SUPPLIER_MODE_FILE"),
        has_database=False,
    ),
    Process(
        "supplier-lepel-lade",
        "demo_supplier",
        (
            "SUPPLIER_DESK_URL",
            "SUPPLIER_CREDENTIALS",
            "SUPPLIER_PORT",
            "SUPPLIER_RECORD",
            "SUPPLIER_MODE_FILE",
        ),
        has_database=False,
    ),
)

BY_NAME = {process.name: process for process in PROCESSES}
DATABASES = tuple(process.name for process in PROCESSES if process.has_database)

# Who stops when: first those who take in work, then those who do it, then what all of them lean on. By so
# many seconds after the beginning of the end the group is down, by force if need be. All is over within ten,
# but that the database writes down what it has: on a busy disk that took 10 s by itself.
STOP_ORDER = (
    (3.0, ("gateway", "supplier-vonk-val", "supplier-lepel-lade")),
    (6.5, ("intake", "catalog", "dispatch", "monitoring", "notifications", "mailbox")),
    (8.5, ("rabbitmq",)),
    (9.0, ("epmd",)),
    (45.0, ("postgres",)),
)


def is_installed(process: Process) -> bool:
    """Say whether this checkout has the process: a slim one may lack a service."""
    try:
        return find_spec(f"{process.module}.__main__") is not None or process.module.startswith("deskcli.")
    except ModuleNotFoundError:
        return process.module.startswith("deskcli.")


def program(process: Process, variables: Mapping[str, str], extra: Mapping[str, str]) -> Program:
    """Return how to run a process; `variables` holds the values for the whole table, `extra` a test's own."""
    own = {name: variables[name] for name in process.variables if name in variables} | dict(extra)
    return Program(
        name=process.name,
        command=(sys.executable, "-P", "-m", process.module),
        environment={
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONUNBUFFERED": "1",
            "EVENTLET_NO_GREENDNS": "yes",  # all addresses are on loopback: a resolver costs 0.2 s at start
            **own,
        },
        folder=ROOT,
        grace=28.0,  # a service drains by itself within 25 s; when all stops there is less time
    )
