"""Runs the method of one call, in a transaction of its own when its answer must be remembered."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from servicekit import json
from servicekit.engine import is_database_away
from servicekit.errors import Conflict, IdempotencyMismatch, Internal, ServiceError, Unavailable
from servicekit.logs import bound, logger
from servicekit.metrics import CALL_SECONDS
from servicekit.storage.provider import WorkProvider
from servicekit.storage.scope import fingerprint
from servicekit.storage.tables import idempotency
from servicekit.storage.unit_of_work import Context, Transaction
from servicekit.workers import run_worker

log = logger("calls")
_LOCK_NOT_AVAILABLE = "55P03"
_DEADLOCK = "40P01"
RUN_LIMIT_SECONDS = 60.0  # nobody waits that long; a call that hangs must not keep its place for ever
_REMEMBER = (
    insert(idempotency)
    .values({name: sa.bindparam(name) for name in ("actor_id", "key", "fingerprint", "answer")})
    .on_conflict_do_nothing()
    .returning(idempotency.c.key)
)


class Execution:
    """One call. `run` answers its result as plain JSON values or raises a ServiceError."""

    def __init__(self, container: Any, entrypoint: Any, call: Any, arguments: dict[str, Any]) -> None:
        self._container = container
        self._entrypoint = entrypoint
        self._call = call
        self._arguments = arguments
        self._context = Context(
            producer=container.config["producer"],
            actor=call.actor,
            clock=container.config["clock"],
            correlation_id=call.correlation_id,
            traceparent=call.traceparent,
        )

    def run(self) -> Any:
        started = time.monotonic()
        with bound(correlation_id=self._call.correlation_id, method=self._entrypoint.method_name):
            try:
                return self._attempt()
            except Exception as error:
                raise self._translated(error) from error
            finally:
                CALL_SECONDS.labels(self._entrypoint.method_name).observe(time.monotonic() - started)

    def _attempt(self) -> Any:
        key = self._call.idempotency_key
        provider = self._work_provider() if key else None
        if provider is None:
            return self._retried_once(lambda: self._worker({}))
        return self._retried_once(lambda: self._remembered(provider, key))

    def _retried_once(self, attempt: Any) -> Any:
        """A pooled connection may have died with a database restart, or the database ended one of two that
        waited for each other: nothing was committed, so once more is safe. A commit whose outcome nobody
        knows is tried again only when the key tells whether it was done.
        """
        try:
            return attempt()
        except sa.exc.DBAPIError as error:
            unknown = getattr(error, "during_commit", False) and not self._call.idempotency_key
            lost = error.connection_invalidated and not unknown
            if not lost and _code_of(error) != _DEADLOCK:
                raise
            return attempt()

    def _remembered(self, provider: WorkProvider[Any], key: str) -> Any:
        print_ = fingerprint(self._entrypoint.method_name, self._arguments)
        if self._entrypoint.in_pieces and (known := self._known_answer(provider, key, print_)):
            return known.answer
        transaction = provider.begin()
        try:
            result = json.plain(self._worker({"transaction": transaction}))
            self._remember(transaction, key, print_, result)
            transaction.commit()
            return result
        except Exception as error:
            transaction.rollback()
            return self._earlier_answer(provider, key, print_, error)

    def _remember(self, transaction: Transaction, key: str, print_: bytes, result: Any) -> None:
        row = {"actor_id": self._call.actor.id, "key": key, "fingerprint": print_, "answer": result}
        if transaction.connection.execute(_REMEMBER, row).first() is None:
            raise _AnsweredBefore

    def _earlier_answer(self, provider: WorkProvider[Any], key: str, print_: bytes, error: Exception) -> Any:
        """The answer that was given under this key; else `error` itself is what the caller must hear."""
        if is_database_away(error):
            raise error
        row = self._known_answer(provider, key, print_)
        if row is None:
            if isinstance(error, _AnsweredBefore) or _code_of(error) == _LOCK_NOT_AVAILABLE:
                raise Conflict(
                    "in_flight", "The same call is being carried out; ask again in a moment."
                ) from error
            raise error
        return row.answer

    def _known_answer(self, provider: WorkProvider[Any], key: str, print_: bytes) -> Any:
        with provider.engine.sqlalchemy.connect() as connection:
            row = connection.execute(
                sa.select(idempotency.c.fingerprint, idempotency.c.answer).where(
                    idempotency.c.actor_id == self._call.actor.id, idempotency.c.key == key
                )
            ).first()
        if row is not None and bytes(row.fingerprint) != print_:
            raise IdempotencyMismatch(
                "idempotency_key_reused", "This Idempotency-Key was used for another call; use a new one."
            )
        return row

    def _worker(self, data: dict[str, Any]) -> Any:
        data = {"context": self._context, **data}
        return run_worker(
            self._container, self._entrypoint, (self._call,), self._arguments, data, RUN_LIMIT_SECONDS
        )

    def _work_provider(self) -> WorkProvider[Any] | None:
        return next((one for one in self._container.dependencies if isinstance(one, WorkProvider)), None)

    def _translated(self, error: Exception) -> ServiceError:
        if isinstance(error, ServiceError):
            return error
        mapped = translate(self._container.service_cls, error)
        if mapped is not None:
            return mapped
        if is_database_away(error):
            log.warning("the database is away", error=error)
            return Unavailable("database_away", "The database can't be reached right now; try again.")
        log.error("a call failed", error=error, exc_info=error)
        return Internal("internal", "Something went wrong on our side.")


def _code_of(error: Exception) -> str | None:
    """The database's SQLSTATE, if it is one of its errors."""
    return getattr(getattr(error, "orig", None), "pgcode", None)


class _AnsweredBefore(Exception):
    """Another call under the same key was committed while this one ran."""


def translate(service: type, error: Exception) -> ServiceError | None:
    """A domain error as the service's `errors` table names it; the most specific class wins. `code`,
    `errors` and `refused` come along.
    """
    table: dict[type, type[ServiceError]] = getattr(service, "errors", {})
    for kind in type(error).__mro__:
        if kind in table:
            code = str(getattr(error, "code", "") or kind.__name__.lower())
            fields = getattr(error, "errors", None)
            told = table[kind](code, str(error), fields if isinstance(fields, dict) else None)
            told.refused = getattr(error, "refused", None)
            return told
    return None
