"""What the processes of one system are told: the variables in their environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from servicekit.embedded.ports import LOOPBACK

from deskcli import supplier_switches
from deskcli.broker_layout import SUPPLIERS
from deskcli.demo.webhook_supplier import Place
from deskcli.layout import Layout
from deskcli.processes import Process
from deskcli.secret_store import Secrets


@dataclass(frozen=True)
class Surroundings:
    """Where everything is. `urls` and `ports` (of health checks) are by the name of a process or server."""

    layout: Layout
    secrets: Secrets
    urls: Mapping[str, str]
    ports: Mapping[str, int]
    webhook_place: Place

    def shared(self, smtp: int, webhook_targets: str) -> dict[str, str]:
        """What is the same for all; the table in deskcli.processes says which of it each may know."""
        return {
            "AMQP_URL": self.urls["broker"],
            "SUPPLIERS_AMQP_URL": self.urls["suppliers broker"],
            "ACTOR_SECRET": self.secrets.actor_secret,
            "BROKER_ADMIN_URL": self.urls["broker admin"],
            "WEBHOOK_MASTER_SECRET": self.secrets.webhook_master,
            "WEBHOOK_ALLOWED_TARGETS": f"{LOOPBACK}:{self.webhook_place.port},{webhook_targets}",
            "SUPPLIER_DESK_URL": self.urls["gateway"],
            "SUPPLIER_PORT": str(self.webhook_place.port),
            "SUPPLIER_CREDENTIALS": str(self.webhook_place.credentials),
            "BOOTSTRAP_TOKEN": self.secrets.bootstrap_token,
            "SMTP_URL": f"smtp://{LOOPBACK}:{smtp}",
            "REPLY_TO": "servicedesk@meerwal.example",
            "PUBLIC_URL": self.urls["gateway"],
            "MAILBOX_URL": f"http://{LOOPBACK}:{self.ports['mailbox']}",
            "MAILBOX_FOLDER": str(self.layout.mailbox),
            "DRAIN_SECONDS": "3",
            "CONTROL_SOCKET": str(self.layout.run / supplier_switches.SOCKET),
            "DEMO_MODE": "1",
            "HOUSE_NAME": "Meerwal Servicedesk",
            "FILES_FOLDER": str(self.layout.files),
            "CLOCK_FILE": str(self.layout.clock),
        }

    def own(self, process: Process) -> dict[str, str]:
        """What differs from process to process."""
        own = {}
        if process.name in self.ports:
            own["HEALTH_PORT"] = str(self.ports[process.name])
        if process.has_database:
            own["DATABASE_URL"] = self.urls[f"{process.name} database"]
        if process.name.startswith("supplier-"):
            own |= self._of_supplier(process)
        return own

    def _of_supplier(self, process: Process) -> dict[str, str]:
        user = process.name.replace("-", "_")
        own = {
            "SUPPLIER_RECORD": str(self.layout.data / f"{process.name}.sqlite3"),
            "SUPPLIER_MODE_FILE": str(supplier_switches.mode_file(self.layout.run, process.name)),
            "SUPPLIER_NAME": user.removeprefix("supplier_"),
        }
        if user in SUPPLIERS:
            own["SUPPLIER_AMQP_URL"] = self.urls[f"{user} broker"]
        return own
