"""What the gateway does by itself."""

from __future__ import annotations

from gateway.service import GatewayService
from servicekit.entrypoints.loops import Every


def test_the_only_timer_is_the_pruning_of_accounts() -> None:
    """A repair list of its own would look for units of work that the gateway does not have."""
    timers = {
        name
        for name in dir(GatewayService)
        for entrypoint in getattr(getattr(GatewayService, name), "nameko_entrypoints", ())
        if isinstance(entrypoint, Every)
    }
    assert timers == {"prune"}
