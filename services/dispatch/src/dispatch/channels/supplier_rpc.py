"""Calls a supplier's program over the broker."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from servicekit.errors import DeadlineExceeded, ServiceError, Unavailable

from dispatch.domain.deliveries import Consignment, Errand, Failure, NoAnswer, Outcome, understand
from dispatch.domain.supplier_access import why_shut_out

METHODS = {
    Errand.ORDER: "receive_order",
    Errand.CANCELLATION: "cancel_order",
    Errand.REMINDER: "remind_order",
    Errand.VISIT: "receive_visit",
}


class Client(Protocol):
    """What is needed of servicekit.rpc_client.RpcClient."""

    def call(self, target: str, *, timeout: float, **arguments: Any) -> Any: ...


class Queues(Protocol):
    """What is needed of dispatch.supplier_queues.SupplierQueues."""

    def ensure(self, addresses: Iterable[str]) -> None: ...

    def forget(self, address: str) -> None: ...


class SupplierCalls:
    def __init__(self, client: Client, queues: Queues, timeout: float) -> None:
        self._client = client
        self._queues = queues
        self._timeout = timeout

    def bring(self, consignment: Consignment) -> Outcome:
        """What the supplier answered, or why not. Never raises: whatever happens is kept with the order."""
        provider, access, errand = consignment.provider, consignment.access, consignment.errand
        address = provider.address or ""
        # Without a record it may still be there: a user of the broker that was made by hand.
        if access is not None and (why := why_shut_out(provider.name, access)):
            return NoAnswer(Failure.NOT_SET_UP, why)
        try:
            self._queues.ensure([address])
        except Exception as error:
            return NoAnswer(Failure.AWAY, f"The suppliers' broker cannot be used: {type(error).__name__}.")
        try:
            reply = self._client.call(
                f"{address}.{METHODS[errand]}", timeout=self._timeout, **consignment.arguments
            )
        except DeadlineExceeded:
            return NoAnswer(Failure.NO_ANSWER, f"No answer within {self._timeout:g} seconds.")
        except Unavailable as error:
            self._queues.forget(address)
            return NoAnswer(Failure.AWAY, error.detail)
        except ServiceError as error:
            failure = Failure.GARBAGE if error.code == "bad_reply" else Failure.ERROR
            return NoAnswer(failure, error.detail.replace("\x00", "")[:500])
        except Exception as error:
            return NoAnswer(Failure.GARBAGE, f"The answer cannot be read: {type(error).__name__}.")
        return understand(errand, reply)
