"""What every service answers about its repair list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar

from servicekit.entrypoints.calls import Call, rpc
from servicekit.entrypoints.execution import translate
from servicekit.entrypoints.loops import every
from servicekit.errors import ServiceError
from servicekit.recovery import looking, messages
from servicekit.recovery.acting import Acting, Repair
from servicekit.recovery.collector import Collector
from servicekit.recovery.failed import State
from servicekit.recovery.store import Failures

# How long what was decided is kept; what is open stays until somebody decides.
KEPT = {
    State.RESOLVED: timedelta(days=30),
    State.REPLAYED: timedelta(days=30),
    State.SET_ASIDE: timedelta(days=365),
}
FORGOTTEN_AT_ONCE = 1000


class RepairList:
    """Mixed into `Service`. `repairs`: how each kind of the service's own is tried again; a service whose
    settings matter to that answers them by `known_repairs`.
    """

    recovery = Collector()
    repairs: ClassVar[Mapping[str, Repair]] = {}
    work: Any  # the service's WorkProvider

    @rpc("failures.read")
    def count_failures(self, call: Call, **query: Any) -> dict[str, Any]:
        asked = messages.CountFailures().load(query)
        with self.recovery.engine.sqlalchemy.connect() as connection:
            return looking.count_failures(connection, **asked)

    @rpc("failures.read")
    def list_failures(self, call: Call, **query: Any) -> dict[str, Any]:
        asked = messages.ListFailures().load(query)
        with self.recovery.engine.sqlalchemy.connect() as connection:
            return looking.list_failures(connection, **asked)

    @rpc("failures.read")
    def get_failure(self, call: Call, **query: Any) -> dict[str, Any]:
        asked = messages.OneFailure().load(query)
        with self.recovery.engine.sqlalchemy.connect() as connection:
            return looking.get_failure(connection, **asked)

    @rpc("failures.read")
    def preview_failures(self, call: Call, **query: Any) -> dict[str, Any]:
        asked = messages.OneCause().load(query)
        with self.recovery.engine.sqlalchemy.connect() as connection:
            return looking.preview(connection, **asked)

    @rpc("failures.repair", in_pieces=True)
    def replay_failures(self, call: Call, **which: Any) -> dict[str, Any]:
        return self._acting().replay(**messages.Which().load(which))

    @rpc("failures.repair", in_pieces=True)
    def set_aside_failures(self, call: Call, **which: Any) -> dict[str, Any]:
        return self._acting().set_aside(**messages.SetAside().load(which))

    @every(seconds=3600, lease="failures")
    def forget_old_failures(self) -> None:
        with self.work() as work:
            for state, kept in KEPT.items():
                Failures(work.connection).forget(state, work.now - kept, FORGOTTEN_AT_ONCE)

    def known_repairs(self) -> Mapping[str, Repair]:
        return self.repairs

    def _acting(self) -> Acting:
        known = partial(_translated, type(self))
        return Acting(self.work.apart, self.recovery.bus.publisher, self.known_repairs(), known)


def _translated(service: type, error: Exception) -> ServiceError | None:
    return error if isinstance(error, ServiceError) else translate(service, error)
