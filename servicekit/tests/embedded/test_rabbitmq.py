"""The private RabbitMQ: its users' rights, its loopback, and what it leaves behind."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import amqp
import pytest
from servicekit.embedded.broker_packages import find_or_unpack
from servicekit.embedded.broker_users import NOTHING, BrokerUser, Permission, password_hash
from servicekit.embedded.ports import free_ports
from servicekit.embedded.rabbitmq import Rabbitmq
from servicekit.testing.settling import is_written_down

from .conftest import running, wait_for

LOOPBACK = {"0100007F", "00000000000000000000000001000000"}  # as the kernel writes 127.0.0.1 and ::1
CACHE = Path(__file__).parents[3] / ".desk" / "rabbitmq"
OWNER = BrokerUser("owner", "secret", (Permission("one"), Permission("two")))
READER = BrokerUser("reader", "secret", (Permission("one", NOTHING, NOTHING, "^shared$"),))


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Rabbitmq:
    """A prepared node in a folder whose name has a space in it."""
    first, second, third = free_ports(3)
    made = Rabbitmq(
        folder=tmp_path_factory.mktemp("rabbit mq"),
        programs=find_or_unpack(CACHE, print),
        ports=(first, second, third),
        cookie="cookie",
        vhosts=("one", "two"),
        users=(OWNER, READER),
    )
    made.prepare()
    return made


@contextmanager
def started(node: Rabbitmq) -> Iterator[int]:
    """Run the node with its port mapper, and yield the node's process id."""
    log = node.folder / "output"
    with (
        running(node.port_mapper(), node.is_mapped, log),
        running(node.node(), node.is_ready, log) as pid,
    ):
        yield pid


@contextmanager
def channel(node: Rabbitmq, user: str, vhost: str, password: str = "secret") -> Iterator[amqp.Channel]:
    """Connect, and close even when the broker closed first."""
    connection = amqp.Connection(f"127.0.0.1:{node.ports[0]}", user, password, virtual_host=vhost)
    connection.connect()
    try:
        yield connection.channel()
    finally:
        connection.collect()


def test_a_message_survives_a_kill_and_rights_hold(node: Rabbitmq) -> None:
    with started(node) as pid:
        with channel(node, "owner", "one") as mine:
            mine.confirm_select()
            mine.queue_declare(
                "shared", durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"}
            )
            mine.basic_publish_confirm(amqp.Message("kept", delivery_mode=2), routing_key="shared")
        with channel(node, "reader", "one") as theirs, pytest.raises(amqp.AccessRefused):
            theirs.queue_declare("other")
        with pytest.raises(amqp.NotAllowed), channel(node, "reader", "two"):
            pass
        with pytest.raises(amqp.AccessRefused), channel(node, "owner", "one", "wrong"):
            pass
        wait_for(lambda: is_written_down(node.folder), lambda: "the queue is not written down")
        os.kill(pid, signal.SIGKILL)
    again = replace(node, ports=_three())
    again.prepare()
    with started(again), channel(again, "reader", "one") as theirs:
        message = theirs.basic_get("shared", no_ack=True)
        assert message.body == "kept"


def test_it_listens_on_loopback_only_and_stops_clean(node: Rabbitmq) -> None:
    again = replace(node, ports=_three())
    again.prepare()
    with started(again):
        addresses = _listeners(set(again.ports))
    assert set(addresses) == set(again.ports), "AMQP, distribution and port mapper"
    assert set(addresses.values()) <= LOOPBACK
    assert not _listeners(set(again.ports))


def test_one_with_a_management_stops_without_waiting_for_it(node: Rabbitmq) -> None:
    """RabbitMQ by itself waits 5 s for an answer that never comes: one end that was quicker did not wait,
    and one that was slower may have had a busy machine.
    """
    again = replace(node, ports=_three(), management_port=free_ports(1)[0])
    again.prepare()
    assert any(_seconds_to_stop(again) < 5 for _ in range(3))


def test_the_definitions_hold_no_password(node: Rabbitmq) -> None:
    described = node.folder / "definitions.json"
    assert "secret" not in described.read_text()
    assert described.stat().st_mode & 0o777 == 0o600


def test_equal_passwords_have_different_hashes() -> None:
    assert password_hash("same") != password_hash("same")


def _seconds_to_stop(node: Rabbitmq) -> float:
    with started(node):
        began = time.monotonic()
    return time.monotonic() - began


def _three() -> tuple[int, int, int]:
    first, second, third = free_ports(3)
    return first, second, third


def _listeners(ports: set[int]) -> dict[int, str]:
    """Return {port: address in the kernel's hexadecimal} of the listening sockets among these ports."""
    found = {}
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            address, port = line.split()[1].split(":")
            if line.split()[3] == "0A" and int(port, 16) in ports:
                found[int(port, 16)] = address
    return found
