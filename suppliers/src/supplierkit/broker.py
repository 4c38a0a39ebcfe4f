"""How this supplier speaks on the broker, where it may make nothing: no queue, no exchange, no binding."""

from __future__ import annotations

import socket
from typing import Any

from kombu import Connection, Exchange, Producer

# The desk has made it. `passive` and `no_declare`: using it must not try to make it.
RPC = Exchange("nameko-rpc", type="topic", durable=True, passive=True, no_declare=True)
CONNECT_TIMEOUT_SECONDS = 5
HEARTBEAT_SECONDS = 30


def connect(amqp_url: str, name: str, heartbeat: int = HEARTBEAT_SECONDS) -> Connection:
    """An open connection. Raises `trouble(connection)`."""
    options = {"client_properties": {"connection_name": name}}
    connection = Connection(
        amqp_url, heartbeat=heartbeat, connect_timeout=CONNECT_TIMEOUT_SECONDS, transport_options=options
    )
    connection.connect()
    return connection


def trouble() -> tuple[type[BaseException], ...]:
    """What the loss of a connection, a refusal or a missing queue look like."""
    probe = Connection("amqp://")
    return (*probe.connection_errors, *probe.channel_errors, OSError, socket.timeout)


TROUBLE = trouble()


def publish(producer: Producer, body: bytes, routing_key: str, user: str, **properties: Any) -> None:
    """Send JSON. `user_id` is checked by the broker against the connection, so the desk can trust it."""
    producer.publish(
        body,
        exchange=RPC,
        routing_key=routing_key,
        declare=[],
        user_id=user,
        content_type="application/json",
        content_encoding="utf-8",
        delivery_mode=1,
        **properties,
    )
