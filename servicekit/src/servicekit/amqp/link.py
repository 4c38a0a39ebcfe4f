"""One AMQP connection under eventlet.

Rules learned from trials: only the reader greenlet reads (so all declarations happen before it starts, and
nothing that waits for an answer is called afterwards); a broken link is dropped whole, socket and all,
without a closing handshake (which can hang under a broker alarm); the reader is killed before the socket
is closed (its descriptor may be reused).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

import amqp
import eventlet
from amqp import spec
from eventlet.semaphore import Semaphore

from servicekit.amqp.reading import Connection
from servicekit.logs import logger

HEARTBEAT_SECONDS = 30
CONNECT_TIMEOUT_SECONDS = 5
READ_CHUNK = 65536

log = logger("amqp")


def connection_arguments(url: str) -> dict[str, Any]:
    """py-amqp's arguments for an amqp(s):// address; the virtual host is the path without its first slash."""
    parts = urlsplit(url)
    port = parts.port or (5671 if parts.scheme == "amqps" else 5672)
    return {
        "host": f"{parts.hostname}:{port}",
        "userid": unquote(parts.username or "guest"),
        "password": unquote(parts.password or "guest"),
        "virtual_host": unquote(parts.path[1:]) or "/",
        "ssl": parts.scheme == "amqps",
        "login_method": "PLAIN",
    }


class Link:
    """A connection with its reader and its heartbeat. `prepare` declares and subscribes, before reading
    begins.
    """

    def __init__(
        self,
        url: str,
        prepare: Callable[[amqp.Connection], None],
        on_lost: Callable[[BaseException], None],
        name: str,
    ) -> None:
        self._url = url
        self._prepare = prepare
        self._on_lost = on_lost
        self._name = name
        self._greenlets: list[Any] = []
        self._opening = Semaphore()
        self.connection: amqp.Connection | None = None

    def opened(self) -> amqp.Connection:
        """The connection, opened by the first who needs it; those who come meanwhile wait for that one."""
        with self._opening:
            if self.connection is None:
                self.open()
            return self.connection

    def open(self) -> None:
        """Raises OSError or amqp's errors when the broker can't be reached in time."""
        connection = Connection(
            **connection_arguments(self._url),
            connect_timeout=CONNECT_TIMEOUT_SECONDS,
            heartbeat=HEARTBEAT_SECONDS,
            client_properties={"connection_name": self._name},
        )
        try:
            with eventlet.Timeout(
                CONNECT_TIMEOUT_SECONDS * 3, OSError("the broker did not finish the handshake")
            ):
                connection.connect()
                _read_in_chunks(connection)
                self._write_whole(connection)
                self._prepare(connection)
        except BaseException:
            connection.collect()
            raise
        self.connection = connection
        self._greenlets = [eventlet.spawn(self._read, connection), eventlet.spawn(self._beat, connection)]

    def _read(self, connection: amqp.Connection) -> None:
        try:
            while True:
                connection.drain_events()
        except Exception as error:
            self.drop(error, connection)

    def _beat(self, connection: amqp.Connection) -> None:
        try:
            while True:
                eventlet.sleep(HEARTBEAT_SECONDS / 4)
                connection.heartbeat_tick()
        except Exception as error:
            self.drop(error, connection)

    def _write_whole(self, connection: amqp.Connection) -> None:
        """A write that was broken off (by the time limit of a call, say) may have left half a frame: nothing
        may follow it on this connection.
        """
        transport = connection.transport
        write = transport.write

        def whole(data: Any) -> None:
            try:
                write(data)
            except BaseException as error:
                self.drop(OSError(f"a write was broken off: {error!r}"), connection)
                raise

        transport.write = whole
        connection.frame_writer = connection.frame_writer_cls(connection, transport)

    def drop(self, reason: BaseException, connection: amqp.Connection | None) -> None:
        """Give the connection up, at most once; whoever owns the link hears why.

        `connection` is the one on which the fault was seen: one that was opened since is left alone.
        """
        if connection is None or connection is not self.connection:
            return
        self.connection = None
        for greenlet in self._greenlets:
            if greenlet is not eventlet.getcurrent():
                greenlet.kill()
        _collect(connection)
        self._on_lost(reason)

    def close(self) -> None:
        """Close politely, but not for long: unacknowledged messages go back to their queues either way."""
        connection, self.connection = self.connection, None
        if connection is None:
            return
        for greenlet in self._greenlets:
            greenlet.kill()
        try:
            with eventlet.Timeout(2):
                connection.close()
        except (Exception, eventlet.Timeout):
            log.debug("closed without a handshake", link=self._name)
        _collect(connection)


def publish(
    channel: amqp.Channel, message: amqp.Message, exchange: str, routing_key: str, mandatory: bool
) -> None:
    """Write one message. py-amqp's own basic_publish would also read from the socket, beside the reader."""
    if not channel.connection:
        raise OSError("the channel is closed")
    channel.send_method(spec.Basic.Publish, "Bssbb", (0, exchange, routing_key, mandatory, False), message)


def cancel(channel: amqp.Channel | None, consumer: str) -> None:
    """Ask for no more messages. On a connection that is gone there is nothing to cancel."""
    try:
        if channel is not None:
            channel.basic_cancel(consumer, nowait=True)
    except (OSError, amqp.AMQPError, AttributeError) as error:
        log.debug("nothing to cancel", error=error)


def _read_in_chunks(connection: amqp.Connection) -> None:
    """Fill py-amqp's read buffer with what has come, instead of asking the kernel three times per frame."""
    transport = connection.transport
    if connection.ssl:
        return
    receive = transport.sock.recv
    transport._quick_recv = lambda wanted: receive(max(wanted, READ_CHUNK))


def _collect(connection: amqp.Connection) -> None:
    try:
        connection.collect()
    except Exception as error:
        log.debug("the socket was gone already", error=error)
