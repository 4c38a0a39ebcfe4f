"""Private servers for tests that are run without `./desk test`: started once per run, always stopped."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from servicekit.embedded.broker_packages import find_or_unpack
from servicekit.embedded.broker_users import BrokerUser, Permission
from servicekit.embedded.ports import free_ports
from servicekit.embedded.postgres import Postgres
from servicekit.embedded.programs import Program, end, spawn
from servicekit.embedded.rabbitmq import Rabbitmq

START_LIMIT_SECONDS = 120.0  # on a busy machine


@contextmanager
def _folder(name: str) -> Iterator[Path]:
    """A temporary folder that the unprivileged user who runs PostgreSQL for root may enter (pytest's may
    not).
    """
    with tempfile.TemporaryDirectory(prefix=f"servicekit-{name}-") as made:
        Path(made).chmod(0o711)
        yield Path(made)


@contextmanager
def private_postgres() -> Iterator[str]:
    """The superuser's address of a server whose data may be lost."""
    with _folder("postgres") as folder, _running_postgres(folder) as url:
        yield url


@contextmanager
def _running_postgres(folder: Path) -> Iterator[str]:
    server = Postgres(folder / "data", free_ports(1)[0], secrets.token_hex(12), durable=False)
    server.prepare()
    with ExitStack() as stack:
        _start(stack, server.program(), folder / "postgres.log")
        _wait_for(server.is_ready, folder / "postgres.log")
        try:
            yield server.url
        finally:
            stack.close()
            server.remove()


@contextmanager
def private_rabbitmq() -> Iterator[str]:
    """The address of a node with the vhosts `desk` and `suppliers`, as a user who may do all on both."""
    with _folder("rabbitmq") as folder, _running_rabbitmq(folder) as url:
        yield url


@contextmanager
def _running_rabbitmq(folder: Path) -> Iterator[str]:
    everywhere = tuple(Permission(vhost) for vhost in ("desk", "suppliers"))
    user = BrokerUser("desk", secrets.token_hex(12), everywhere)
    node = Rabbitmq(
        folder=folder,
        programs=find_or_unpack(_checkout_cache(), print),
        ports=_three(free_ports(3)),
        cookie=secrets.token_hex(16),
        vhosts=("desk", "suppliers"),
        users=(user,),
    )
    node.prepare()
    with ExitStack() as stack:
        _start(stack, node.port_mapper(), folder / "epmd.log")
        _wait_for(node.is_mapped, folder / "epmd.log")
        _start(stack, node.node(), folder / "rabbitmq.log")
        _wait_for(node.is_ready, folder / "rabbitmq.log")
        yield node.url("desk", "desk")


def _start(stack: ExitStack, program: Program, log: Path) -> None:
    process = spawn(program, log)
    stack.callback(end, process, program)


def _wait_for(ready: Callable[[], bool], log: Path) -> None:
    limit = time.monotonic() + START_LIMIT_SECONDS
    while not ready():
        if time.monotonic() > limit:
            said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise TimeoutError(f"not ready within {START_LIMIT_SECONDS:g} s; it said: {said}")
        time.sleep(0.1)


def _checkout_cache() -> Path:
    """Where `./desk` keeps what it has unpacked, so that it is fetched once per checkout."""
    return Path(__file__).parents[4] / ".desk" / "rabbitmq"


def _three(ports: list[int]) -> tuple[int, int, int]:
    first, second, third = ports
    return first, second, third
