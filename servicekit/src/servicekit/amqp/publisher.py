"""Publishing with confirms: many messages in flight on one channel, each wait with a limit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import amqp
import eventlet
from amqp import spec
from eventlet.event import Event
from eventlet.semaphore import Semaphore

from servicekit.amqp.link import Link, publish

CONFIRM_TIMEOUT_SECONDS = 10


class PublishFailed(Exception):
    """The broker did not take the message: it may be sent again, with the same message id."""


class Unroutable(PublishFailed):
    """No queue is bound for it."""


@dataclass(frozen=True)
class Outgoing:
    exchange: str
    routing_key: str
    body: bytes
    properties: dict[str, Any] = field(default_factory=dict)
    mandatory: bool = False

    def to_amqp(self) -> amqp.Message:
        return amqp.Message(self.body, **self.properties)


class _Batch:
    """Waits for the broker's word on each of `size` messages."""

    def __init__(self, size: int) -> None:
        self.outcomes: list[PublishFailed | None] = [None] * size
        self.connection: amqp.Connection | None = None
        self._open = size
        self._done = Event()

    def settle(self, index: int, error: PublishFailed | None) -> None:
        self.outcomes[index] = error
        self._open -= 1
        if self._open == 0:
            self._done.send()

    def wait(self) -> None:
        if self._open:
            self._done.wait()


class ConfirmingPublisher:
    """One per process and broker. Connects when first needed, and again after a loss."""

    def __init__(
        self, url: str, name: str = "publisher", declare: Callable[[amqp.Channel], None] | None = None
    ) -> None:
        self._declare = declare
        self._link = Link(url, self._prepare, self._lost, name)
        self._writing = Semaphore()
        self._pending: OrderedDict[int, tuple[_Batch, int, str]] = OrderedDict()
        self._returned: dict[str, str] = {}
        self._tag = 0

    def publish(self, message: Outgoing) -> None:
        """Raises PublishFailed unless the broker has confirmed it."""
        error = self.publish_all([message])[0]
        if error is not None:
            raise error

    def publish_all(self, messages: Sequence[Outgoing]) -> list[PublishFailed | None]:
        """Send all, then wait for the confirms. Answers per message None or why it can't be counted as
        sent.
        """
        batch = _Batch(len(messages))
        timeout = PublishFailed(f"no confirm within {CONFIRM_TIMEOUT_SECONDS} s")
        try:
            with eventlet.Timeout(CONFIRM_TIMEOUT_SECONDS, timeout):
                self._send(batch, messages)
                batch.wait()
        except Exception as error:
            # From here nobody knows what the broker has: start anew, and let the receiver's inbox sort out
            # doubles.
            self._link.drop(error, batch.connection)
            failure = error if isinstance(error, PublishFailed) else PublishFailed(repr(error))
            return [failure] * len(messages)
        return batch.outcomes

    def close(self) -> None:
        self._link.close()

    def _send(self, batch: _Batch, messages: Sequence[Outgoing]) -> None:
        for index, message in enumerate(messages):
            with self._writing:
                batch.connection = self._link.opened()
                self._tag += 1
                message_id = message.properties.get("message_id", "")
                self._pending[self._tag] = (batch, index, message_id)
                publish(
                    self._channel, message.to_amqp(), message.exchange, message.routing_key, message.mandatory
                )

    def _prepare(self, connection: amqp.Connection) -> None:
        channel = connection.channel()
        if self._declare:
            self._declare(channel)
        channel.confirm_select()
        channel.events["basic_ack"].add(self._acked)
        channel.events["basic_return"].add(self._on_return)
        channel._callbacks = {**channel._callbacks, spec.Basic.Nack: self._nacked}
        self._channel = channel
        self._tag, self._pending, self._returned = 0, OrderedDict(), {}

    def _acked(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple, None)

    def _nacked(self, tag: int, multiple: bool, *_rest: Any) -> None:
        self._settle(tag, multiple, PublishFailed("the broker refused the message"))

    def _on_return(self, _error: Any, exchange: str, routing_key: str, message: amqp.Message) -> None:
        self._returned[message.properties.get("message_id", "")] = f"no queue for {exchange}/{routing_key}"

    def _settle(self, tag: int, multiple: bool, error: PublishFailed | None) -> None:
        tags = [tag] if not multiple else [known for known in self._pending if known <= tag]
        for one in tags:
            batch, index, message_id = self._pending.pop(one)
            reason = self._returned.pop(message_id, None)
            batch.settle(index, error or (Unroutable(reason) if reason else None))

    def _lost(self, reason: BaseException) -> None:
        pending, self._pending = self._pending, OrderedDict()
        for batch, index, _ in pending.values():
            batch.settle(index, PublishFailed(f"the connection was lost: {reason!r}"))
