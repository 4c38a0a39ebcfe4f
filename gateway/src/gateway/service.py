"""The gateway as a service: HTTP, and the little that it does by itself."""

from __future__ import annotations

from servicekit.broadcast import Broadcast
from servicekit.entrypoints import every
from servicekit.service import BareService

from gateway.live.topics import PATTERNS
from gateway.web import WebServer

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
