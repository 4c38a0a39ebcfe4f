"""Calls: RPC with a deadline, a signed actor, a permission, errors by name, and answers remembered by
idempotency key.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import partial
from typing import Any

from nameko.extensions import Entrypoint

from servicekit.actor import Actor
from servicekit.entrypoints.server import CallServer
from servicekit.errors import Invalid


@dataclass(frozen=True)
class Call:
    """Who calls, and in which chain. `idempotency_key` is the caller's; servicekit remembers the answer under
    it.
    """

    actor: Actor
    correlation_id: str
    idempotency_key: str | None
    traceparent: str | None = None


class Rpc(Entrypoint):
    """`permission` is checked before the method runs; None lets every signed actor in, and `public` anyone at
    all. `in_pieces`: it commits piece by piece, so that an earlier answer is looked for before it runs; other
    methods run and are rolled back when there was one, which saves a statement.
    """

    server = CallServer()

    def __init__(
        self, permission: str | None = None, public: bool = False, in_pieces: bool = False, **options: Any
    ) -> None:
        super().__init__(**options)
        self.in_pieces = in_pieces
        self.permission = permission
        self.public = public

    def setup(self) -> None:
        self._signature = inspect.signature(getattr(self.container.service_cls, self.method_name))
        self.server.register(self)

    def stop(self) -> None:
        self.server.drain()

    def check_arguments(self, arguments: dict[str, Any]) -> None:
        """Raises Invalid for arguments that the method does not take or lacks."""
        try:
            self._signature.bind(None, None, **arguments)
        except TypeError as error:
            raise Invalid("invalid", f"{self.method_name}: {error}") from error


rpc = partial(Rpc.decorator)
