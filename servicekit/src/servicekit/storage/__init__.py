"""Storage plumbing: servicekit's own tables, the unit of work, and the provider that gives it to workers."""

from typing import TYPE_CHECKING

from servicekit.storage.migrating import create_tables, keep_failures_of_every_kind, mark_suspects
from servicekit.storage.tables import METADATA, failures, idempotency, inbox, outbox
from servicekit.storage.unit_of_work import Context, Transaction, UnitOfWork

if TYPE_CHECKING:
    from servicekit.storage.provider import WorkProvider

__all__ = [
    "METADATA",
    "Context",
    "Transaction",
    "UnitOfWork",
    "WorkProvider",
    "create_tables",
    "failures",
    "idempotency",
    "inbox",
    "keep_failures_of_every_kind",
    "mark_suspects",
    "outbox",
]


def __getattr__(name: str) -> object:
    # WorkProvider brings nameko along; repositories and handlers that import this package don't need it.
    if name == "WorkProvider":
        from servicekit.storage.provider import WorkProvider

        return WorkProvider
    raise AttributeError(name)
