"""Gives workers their unit of work; see `servicekit.storage.scope`."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from nameko.extensions import DependencyProvider

from servicekit.engine import Engine
from servicekit.relay import Relay
from servicekit.storage.scope import Scope
from servicekit.storage.unit_of_work import Context, Transaction, UnitOfWork

W = TypeVar("W", bound=UnitOfWork)


class WorkProvider(DependencyProvider, Generic[W]):
    """`work = WorkProvider(DispatchWork)` on a service class; in its methods `with self.work() as work:`."""

    engine = Engine()
    relay = Relay()

    def __init__(self, work_class: type[W]) -> None:
        self._work_class = work_class

    def __call__(self) -> Any:  # for type checkers: the attribute is a Scope in a worker
        raise RuntimeError("a unit of work is only there inside a worker")

    def apart(self) -> Any:  # as above
        raise RuntimeError("a unit of work is only there inside a worker")

    def get_dependency(self, worker_ctx: Any) -> Scope[W]:
        clock = self.container.config["clock"]
        context = worker_ctx.data.get("context") or Context.of_service(
            self.container.config["producer"], clock
        )
        return Scope(self._work_class, context, self.begin, outer=worker_ctx.data.get("transaction"))

    def begin(self) -> Transaction:
        return Transaction(self.engine.sqlalchemy, self.relay.wake)
