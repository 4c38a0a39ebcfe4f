"""A hostile supplier on a real RabbitMQ: whatever it tries outside its corner is refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import amqp
import pytest
from deskcli.broker_layout import RPC_EXCHANGE, SUPPLIERS_VHOST, VHOSTS, broker_users, supplier_user
from deskcli.layout import DESK_STATE
from deskcli.secret_store import Secrets
from servicekit.embedded.broker_packages import find_or_unpack
from servicekit.embedded.ports import free_ports
from servicekit.embedded.programs import end, spawn
from servicekit.embedded.rabbitmq import Rabbitmq

NAME, OTHER = "supplier_vonk_val", "supplier_other"
REPLY = "01a209ee-4bc0-7620-8f4b-58558f76c11b"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rabbitmq]:
    """The desk's broker with two suppliers, their queues declared by the desk."""
    secrets = Secrets(suppliers={NAME: "secret"})
    first, second, third = free_ports(3)
    made = Rabbitmq(
        folder=tmp_path_factory.mktemp("node"),
        programs=find_or_unpack(DESK_STATE / "rabbitmq", print),
        ports=(first, second, third),
        cookie="cookie",
        vhosts=VHOSTS,
        users=(*broker_users(secrets), supplier_user(OTHER, "secret")),
    )
    made.prepare()
    with ExitStack() as stack:
        for program in (made.port_mapper(), made.node()):
            stack.callback(end, spawn(program, made.folder / "output"), program)
        deadline = time.monotonic() + 60
        while not made.is_ready():
            assert time.monotonic() < deadline, (made.folder / "output").read_text(errors="replace")[-500:]
            time.sleep(0.05)
        with channel(made, "desk", secrets.broker) as desk:
            desk.exchange_declare(RPC_EXCHANGE, "topic", durable=True, auto_delete=False)
            for queue, key in (
                (f"rpc-{NAME}", f"{NAME}.*"),
                (f"rpc-{OTHER}", f"{OTHER}.*"),
                ("rpc-desk", "desk.*"),
            ):
                desk.queue_declare(queue, durable=True, auto_delete=False)
                desk.queue_bind(queue, RPC_EXCHANGE, key)
        yield made


@contextmanager
def channel(
    node: Rabbitmq, user: str = NAME, password: str = "secret", vhost: str = SUPPLIERS_VHOST
) -> Iterator[amqp.Channel]:
    """Connect, and close even when the broker closed first."""
    connection = amqp.Connection(
        f"127.0.0.1:{node.ports[0]}", user, password, virtual_host=vhost, confirm_publish=True
    )
    connection.connect()
    try:
        yield connection.channel()
    finally:
        connection.collect()


ALLOWED: dict[str, Callable[[amqp.Channel], object]] = {
    "consume its own queue": lambda c: c.basic_consume(f"rpc-{NAME}"),
    "call the desk": lambda c: c.basic_publish(amqp.Message("{}"), RPC_EXCHANGE, "desk.accept"),
    "answer a call": lambda c: c.basic_publish(amqp.Message("{}"), RPC_EXCHANGE, REPLY),
    "say who it is": lambda c: c.basic_publish(amqp.Message("{}", user_id=NAME), RPC_EXCHANGE, "desk.accept"),
}

REFUSED: dict[str, Callable[[amqp.Channel], object]] = {
    "consume another's queue": lambda c: c.basic_consume(f"rpc-{OTHER}"),
    "consume the desk's queue": lambda c: c.basic_consume("rpc-desk"),
    "take from another's queue": lambda c: c.basic_get(f"rpc-{OTHER}"),
    "declare a queue": lambda c: c.queue_declare("mine"),
    "declare an unnamed queue": lambda c: c.queue_declare("", exclusive=True),
    "delete its own queue": lambda c: c.queue_delete(f"rpc-{NAME}"),
    "empty another's queue": lambda c: c.queue_purge(f"rpc-{OTHER}"),
    "sniff all calls": lambda c: c.queue_bind(f"rpc-{NAME}", RPC_EXCHANGE, "#"),
    "sniff another's calls": lambda c: c.queue_bind(f"rpc-{NAME}", RPC_EXCHANGE, f"{OTHER}.*"),
    "unbind another": lambda c: c.queue_unbind(f"rpc-{OTHER}", RPC_EXCHANGE, f"{OTHER}.*"),
    "delete the exchange": lambda c: c.exchange_delete(RPC_EXCHANGE),
    "declare an exchange": lambda c: c.exchange_declare("mine", "fanout"),
    "call another supplier": lambda c: c.basic_publish(
        amqp.Message("{}"), RPC_EXCHANGE, f"{OTHER}.receive_order"
    ),
    "call a service": lambda c: c.basic_publish(amqp.Message("{}"), RPC_EXCHANGE, "intake.get_request"),
    "write past the exchange": lambda c: c.basic_publish(amqp.Message("{}"), "", f"rpc-{OTHER}"),
    "publish events": lambda c: c.basic_publish(amqp.Message("{}"), "amq.topic", "events"),
    "pretend to be another": lambda c: c.basic_publish(
        amqp.Message("{}", user_id=OTHER), RPC_EXCHANGE, "desk.accept"
    ),
}


@pytest.mark.parametrize("what", ALLOWED)
def test_a_supplier_may(node: Rabbitmq, what: str) -> None:
    with channel(node) as mine:
        ALLOWED[what](mine)


@pytest.mark.parametrize("what", REFUSED)
def test_a_supplier_may_not(node: Rabbitmq, what: str) -> None:
    with channel(node) as mine, pytest.raises((amqp.AccessRefused, amqp.PreconditionFailed)):
        REFUSED[what](mine)


@pytest.mark.parametrize("vhost", [vhost for vhost in VHOSTS if vhost != SUPPLIERS_VHOST])
def test_a_supplier_stays_outside_the_other_vhosts(node: Rabbitmq, vhost: str) -> None:
    with pytest.raises(amqp.NotAllowed), channel(node, vhost=vhost):
        pass


def test_a_supplier_has_a_limited_number_of_connections(node: Rabbitmq) -> None:
    limit = supplier_user(OTHER, "").limits["max-connections"]
    with ExitStack() as stack:
        for _ in range(limit):
            stack.enter_context(channel(node, OTHER))
        with pytest.raises(amqp.AMQPError):
            stack.enter_context(channel(node, OTHER))
