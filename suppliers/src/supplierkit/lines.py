"""The ways between a supplier and its desk. What comes in and goes out is the same on all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from supplierkit.answering import Answering


class Desk(Protocol):
    """The desk as a supplier calls it."""

    def call(self, method: str, **arguments: Any) -> Any:
        """Its answer. Raises DeskError when it says no, DeskUnavailable when it says nothing."""

    def close(self) -> None: ...


class Listening(Protocol):
    """What takes orders in, until it is stopped."""

    def run(self) -> None: ...

    def stop(self) -> None:
        """Safe in a signal handler."""


class Line(Protocol):
    """`user` names the supplier in logs. `record`: a file of its own, for lines that only play."""

    user: str
    record: str | Path | None

    def desk(self, timeout: float, keep_trying: float) -> Desk: ...

    def listener(self, answering: Answering, workers: int) -> Listening: ...


def line_of(given: str | Line) -> Line:
    """Raises ValueError with a sentence. The broker's part is loaded only by those who use it."""
    if not isinstance(given, str):
        return given
    if not given.startswith(("amqp://", "amqps://")):
        raise ValueError(
            "the address of the broker begins with amqp:// or amqps://;"
            " for HTTP give supplierkit.webhooks.Webhooks(...)"
        )
    from supplierkit.broker_line import BrokerLine

    return BrokerLine(given)
