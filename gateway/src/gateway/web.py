"""The HTTP side of the process as a nameko extension: it starts with the container and drains when that
stops."""

from __future__ import annotations

from typing import Any

import eventlet
import sqlalchemy as sa
from nameko.extensions import DependencyProvider
from servicekit.actor import Signer
from servicekit.broadcast import Broadcast
from servicekit.engine import Engine, is_database_away
from servicekit.rpc_client import RpcClient

from gateway import assembly, house
from gateway.accounts import bootstrap
from gateway.accounts.passwords import Passwords
from gateway.clients import SERVICES
from gateway.http.health import Readiness
from gateway.http.server import HttpServer
from servicekit import logs

RETRY_SECONDS = 1.0

log = logs.logger("web")


class WebServer(DependencyProvider):
    """Owns the RPC client as well, so that requests which are still running at a stop can finish their
    calls."""

    engine = Engine()

    def start(self) -> None:
        self.settings = self.container.config["settings"]
        self.prepared = False
        self._transport = RpcClient(
            self.settings.amqp_url, Signer(self.settings.actor_secret), name="gateway"
        )
        self.house = house.build(self.settings, self.engine.sqlalchemy, self._transport, Passwords())
        application = assembly.assemble(self.house, Readiness(self._transport, SERVICES, self._own_checks))
        self._follow_facts()
        self._server = HttpServer(application, self.settings.http_port, host=self.settings.http_host)
        self._server.start()
        log.info("listening", port=self._server.port)
        self.container.spawn_managed_thread(self._prepare, identifier="prepare")

    def stop(self) -> None:
        self.house.live.close()
        self._server.stop(self.settings.drain_seconds)
        self._transport.close()

    def _follow_facts(self) -> None:
        """Whatever passes by on the bus goes to the pages that show it."""
        for extension in self.container.dependencies:
            if isinstance(extension, Broadcast):
                extension.tell(self.house.live)

    def get_dependency(self, worker_ctx: Any) -> house.House:
        return self.house

    def _prepare(self) -> None:
        """As soon as the database is there. A refusal ends the process with its reason in the log."""
        while not self.prepared:
            try:
                bootstrap.prepare(self.house.work, self.settings.bootstrap_token, self.settings.demo_mode)
                self.prepared = True
            except sa.exc.DBAPIError as error:
                if not is_database_away(error):
                    raise
                log.warning("the database is away; trying again", error=type(error).__name__)
                eventlet.sleep(RETRY_SECONDS)

    def _own_checks(self) -> dict[str, Any]:
        database = self.engine.answers()
        checks = {"database": database, "prepared": self.prepared}
        return {"ready": all(checks.values()), "checks": checks}
