"""How a worker gets its unit of work: its own transaction, or the one that its entrypoint has opened."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Generic, TypeVar

from servicekit import json
from servicekit.storage.unit_of_work import Context, Transaction, UnitOfWork

W = TypeVar("W", bound=UnitOfWork)


class Scope(Generic[W]):
    """Calling it opens a unit of work: `with self.work() as work:`. Commits at the end, rolls back on an
    exception.

    With an `outer` transaction it joins that one: whoever opened it commits or rolls back.
    """

    def __init__(
        self,
        work_class: type[W],
        context: Context,
        begin: Callable[[], Transaction],
        outer: Transaction | None = None,
    ) -> None:
        self._work_class = work_class
        self._context = context
        self._begin = begin
        self._outer = outer

    @contextmanager
    def __call__(self) -> Iterator[W]:
        if self._outer is not None:
            yield self._work_class(self._outer, self._context)
            return
        transaction = self._begin()
        try:
            yield self._work_class(transaction, self._context)
        except BaseException:
            transaction.rollback()
            raise
        transaction.commit()

    def apart(self) -> AbstractContextManager[W]:
        """A unit of work with a transaction of its own, also inside an outer one: for work in many pieces of
        which each counts by itself.
        """
        return Scope(self._work_class, self._context, self._begin)()


def fingerprint(method: str, command: dict[str, Any]) -> bytes:
    """What makes two calls the same call."""
    return hashlib.sha256(method.encode() + b"\0" + json.dumps_sorted(command)).digest()
