"""What all clients share: on whose behalf a call is made, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from servicekit.actor import Actor
from servicekit.errors import Internal, Unauthenticated

Json = dict[str, Any]

PROMPT_SECONDS = 3.0
BULK_SECONDS = 60.0
PART_SECONDS = 1.5  # for a part of a page that can do without


# What only reads may be asked twice, and has no use for a key: the key is that of the one command that the
# caller sends, and a service refuses it for a second call. (Not all of `find_`: `find_cause` writes.)
READS = ("get_", "list_", "count_", "preview_", "find_counter_")


class Transport(Protocol):
    """What `servicekit.rpc_client.RpcClient` offers; the only thing that unit tests put something else in
    place of."""

    def call(
        self,
        target: str,
        *,
        actor: Actor,
        timeout: float,
        idempotency_key: str | None = None,
        correlation_id: str | None = None,
        **kwargs: Any,
    ) -> Any: ...


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, in the course of which HTTP request."""

    transport: Transport
    actor: Actor
    correlation_id: str
    idempotency_key: str | None = None


class Client:
    """Base of the clients. `service` is the name on the bus."""

    __slots__ = ("_caller",)
    service: str

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def _call(self, method: str, command: Json, timeout: float = PROMPT_SECONDS) -> Json:
        """Raises the service's own error. `command` holds the method's arguments by name."""
        caller = self._caller
        try:
            answer: Json = caller.transport.call(
                f"{self.service}.{method}",
                actor=caller.actor,
                timeout=timeout,
                idempotency_key=None if method.startswith(READS) else caller.idempotency_key,
                correlation_id=caller.correlation_id,
                **command,
            )
        except Unauthenticated as error:
            # The caller has signed in with us; that a service does not believe our signature is our own
            # fault.
            raise Internal(
                "signature_refused", f"{self.service} refused the signed actor: {error.detail}"
            ) from error
        return answer
