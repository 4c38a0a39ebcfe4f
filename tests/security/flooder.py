"""A hostile program in a process of its own: sends as fast as it can, for so many messages or seconds.

python flooder.py URL named|unnamed|answers MESSAGES SECONDS
"""

from __future__ import annotations

import sys
import time

import amqp
from servicekit.amqp.link import connection_arguments


def flood(url: str, how: str, messages: int, seconds: float) -> None:
    arguments = connection_arguments(url)
    connection = amqp.Connection(**arguments)
    connection.connect()
    channel = connection.channel()
    own = {"user_id": arguments["userid"]} if how != "unnamed" else {}
    body = '{"args": [], "kwargs": {"order_number": "SD-26-000001-1"}}'
    end = time.monotonic() + seconds
    for number in range(messages):
        properties = {**own, "correlation_id": str(number), "reply_to": "amq.rabbitmq.reply-to"}
        del properties["reply_to"]  # nobody listens: the desk is to be busy, not this program
        channel.basic_publish(amqp.Message(body, **properties), "nameko-rpc", "desk.get_order")
        if time.monotonic() > end:
            return


if __name__ == "__main__":
    flood(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
