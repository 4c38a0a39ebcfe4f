"""The services as the gateway sees them: one class per service, one method per thing it can be asked.

API and pages go through the same clients, so that a page can do nothing that the API can't.
"""

from gateway.clients.catalog import Catalog
from gateway.clients.dispatch import Dispatch
from gateway.clients.intake import Intake
from gateway.clients.monitoring import Monitoring
from gateway.clients.notifications import Notifications
from gateway.clients.recovery import Recovery
from gateway.clients.transport import Caller, Json, Transport

__all__ = [
    "SERVICES",
    "Caller",
    "Catalog",
    "Dispatch",
    "Intake",
    "Json",
    "Monitoring",
    "Notifications",
    "Recovery",
    "Services",
    "Transport",
]


SERVICES = ("intake", "catalog", "dispatch", "monitoring", "notifications")


class Services:
    """All services on behalf of one caller. Cheap to make: one per HTTP request."""

    __slots__ = ("_caller",)

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    @property
    def intake(self) -> Intake:
        return Intake(self._caller)

    @property
    def catalog(self) -> Catalog:
        return Catalog(self._caller)

    @property
    def dispatch(self) -> Dispatch:
        return Dispatch(self._caller)

    @property
    def monitoring(self) -> Monitoring:
        return Monitoring(self._caller)

    @property
    def notifications(self) -> Notifications:
        return Notifications(self._caller)

    def known_files(self, digests: list[str]) -> set[str]:
        """Of these, those that anything refers to. Raises when one of who knows does not answer."""
        owners = (self.intake, self.dispatch)
        return {digest for owner in owners for digest in owner.list_known_files(digests)["digests"]}

    def recovery(self, service: str) -> Recovery:
        return Recovery(self._caller, service)
