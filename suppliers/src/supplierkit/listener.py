"""Takes orders from the queue that the desk has made for this supplier, and sends the answers.

The thread that listens only listens (and acknowledges): orders are dealt with by a few workers, so that a
slow one does not cost the connection, and each answer leaves at once over a connection of its own.
"""

from __future__ import annotations

import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Lock
from typing import Any

from kombu import Connection, Consumer, Producer, Queue

from supplierkit.answering import Answering
from supplierkit.broker import TROUBLE, connect, publish
from supplierkit.waiting import Stopping, pauses

log = logging.getLogger("supplierkit")

LISTEN_SECONDS = 0.1  # how long acknowledgements may wait, and a stop
STOP_LIMIT_SECONDS = 10.0


class Listener:
    def __init__(self, amqp_url: str, user: str, answering: Answering, workers: int) -> None:
        self._amqp_url = amqp_url
        self._user = user
        self._answering = answering
        self._workers = workers
        self._stopping = Stopping()
        self._dealt_with: deque[Any] = deque()
        self._under_way = 0
        self._listening = False
        self._replies = _Replies(amqp_url, user)

    def stop(self) -> None:
        """Safe in a signal handler: only sets a flag."""
        self._stopping.say()

    def run(self) -> None:
        """Until `stop`. Connects again, with growing pauses, for as long as that takes."""
        waits = pauses()
        self._pool = ThreadPoolExecutor(self._workers, "order")
        while not self._stopping:
            self._listening = False
            try:
                with connect(self._amqp_url, f"{self._user} orders") as connection:
                    self._serve(connection)
            except TROUBLE as error:
                waits = pauses() if self._listening else waits
                pause = next(waits)
                log.warning("not connected (%s: %s); again in %.1f s", type(error).__name__, error, pause)
                self._stopping.wait(pause)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._replies.close()

    def _serve(self, connection: Connection) -> None:
        """Listen until stopped; what is under way then may end."""
        # What an earlier connection brought comes again on this one, and is answered as before.
        self._dealt_with, self._under_way = deque(), 0
        channel = connection.default_channel
        channel.basic_qos(0, self._workers, False)
        queue = Queue(f"rpc-{self._user}", no_declare=True)
        with Consumer(channel, [queue], auto_declare=False, on_message=self._arrived):
            self._listening = True
            log.info("listening as %s", self._user)
            while not self._stopping:
                self._once(connection)
        for _ in range(round(STOP_LIMIT_SECONDS / LISTEN_SECONDS)):
            if self._under_way == 0:
                return
            self._once(connection)

    def _once(self, connection: Connection) -> None:
        with suppress(TimeoutError):
            connection.drain_events(timeout=LISTEN_SECONDS)
        connection.heartbeat_check()
        while self._dealt_with:
            self._dealt_with.popleft().ack()
            self._under_way -= 1

    def _arrived(self, message: Any) -> None:
        self._under_way += 1
        self._pool.submit(self._deal_with, message, self._dealt_with)

    def _deal_with(self, message: Any, dealt_with: deque[Any]) -> None:
        method = str(message.delivery_info["routing_key"]).rpartition(".")[2]
        reply = self._answering.reply_to(method, message.body)
        reply_to = message.properties.get("reply_to")
        if reply_to:
            self._replies.send(reply, reply_to, message.properties.get("correlation_id"))
        dealt_with.append(message)


class _Replies:
    """Sends replies from any worker. A lost one does no harm: the desk asks again, the record answers."""

    def __init__(self, amqp_url: str, user: str) -> None:
        self._amqp_url = amqp_url
        self._user = user
        self._lock = Lock()
        self._producer: Producer | None = None

    def send(self, body: bytes, reply_to: str, correlation_id: str | None) -> None:
        with self._lock:
            for _ in range(2):  # the first may find that the connection died meanwhile
                try:
                    if self._producer is None:
                        connection = connect(self._amqp_url, f"{self._user} replies", heartbeat=0)
                        self._producer = Producer(connection, auto_declare=False)
                    publish(self._producer, body, reply_to, self._user, correlation_id=correlation_id)
                    return
                except TROUBLE as error:
                    log.warning("a reply was not sent (%s: %s)", type(error).__name__, error)
                    self._drop()

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            producer.connection.collect()
