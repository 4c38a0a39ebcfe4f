"""Reading what strangers have put on the broker: whatever a message carries, the connection outlives it.

RabbitMQ passes properties, headers and routing keys on as bytes. py-amqp raises for those that it can't
read, inside the reader, so that one such message would end the connection, come again on the next one, and so
on for ever. Here it arrives without what could not be read, and ends where unreadable messages end.
"""

from __future__ import annotations

from struct import pack, unpack_from
from typing import Any

import amqp
from amqp import method_framing, spec
from amqp.basic_message import Message

_HEAD = 4  # class and method, before the arguments


class ReadableMessage(Message):
    """A message whose properties are empty when they can't be read."""

    def _load_properties(self, class_id: int, buf: Any, offset: int) -> int:
        try:
            return int(super()._load_properties(class_id, buf, offset))
        except Exception:
            self.properties: dict[str, Any] = {}
            return offset


class ReadableChannel(amqp.Channel):
    """Bodies stay bytes, and a routing key need not be UTF-8."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "auto_decode": False})

    def dispatch_method(self, method_sig: Any, payload: Any, content: Any) -> None:
        if method_sig == spec.Basic.Deliver:
            payload = _with_readable_key(bytes(payload))
        super().dispatch_method(method_sig, payload, content)


class Connection(amqp.Connection):
    Channel = ReadableChannel


method_framing.Message = ReadableMessage


def _with_readable_key(payload: bytes) -> bytes:
    """The arguments of a delivery: consumer tag, delivery tag, redelivered, exchange, routing key."""
    at = _HEAD
    at += 1 + payload[at] + 8 + 1  # consumer tag, delivery tag, redelivered
    at += 1 + payload[at]  # exchange
    (length,) = unpack_from("B", payload, at)
    key = payload[at + 1 : at + 1 + length]
    try:
        key.decode()
        return payload
    except UnicodeDecodeError:
        readable = key.decode("ascii", "replace").replace("\ufffd", "?").encode()
        return payload[:at] + pack("B", len(readable)) + readable
