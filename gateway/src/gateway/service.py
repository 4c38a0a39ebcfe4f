"""The gateway as a service: HTTP, and the little that it does by itself."""

from __future__ import annotations

from servicekit.actor import service_actor
from servicekit.broadcast import Broadcast
from servicekit.entrypoints import every
from servicekit.ids import new_id
from servicekit.service import BareService

from gateway.clients import Caller, Services
from gateway.files.sweeping import sweep
from gateway.live.topics import PATTERNS
from gateway.web import WebServer
from servicekit import logs

log = logs.logger("gateway")
HOUR_SECONDS = 3600


class GatewayService(BareService):
    """It takes in nothing that could fail later, so it has no repair list."""

    name = "gateway"
    web = WebServer()
    facts = Broadcast(PATTERNS)

    @every(seconds=HOUR_SECONDS, lease="prune")
    def prune(self) -> None:
        """Throw away tokens that have expired, and attempts and answers that no longer count."""
        with self.web.work() as work:
            work.tokens.prune()
            work.attempts.prune()
            work.answers.prune()

    @every(seconds=HOUR_SECONDS, lease="files")
    def sweep_files(self) -> None:
        """Remove the files that nobody refers to. While intake or dispatch does not answer, none."""
        store = self.web.files.store
        if store is not None:
            services = Services(Caller(self.web.transport, service_actor("gateway"), new_id().hex))
            removed = sweep(store, services.known_files)
            log.info("files swept", removed=removed)
