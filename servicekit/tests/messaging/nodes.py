"""A broker and a database of a test's own, to be stopped, killed and choked."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from servicekit.embedded.broker_packages import find_or_unpack
from servicekit.embedded.broker_users import BrokerUser, Permission
from servicekit.embedded.ports import free_ports
from servicekit.embedded.postgres import Postgres
from servicekit.embedded.programs import Program, end, spawn
from servicekit.embedded.rabbitmq import NODE, Rabbitmq
from servicekit.testing.probes import until
from servicekit.testing.servers import _checkout_cache
from servicekit.testing.settling import is_written_down

from servicekit import database

START_SECONDS = 60


class Server:
    """One of the two; it keeps its port and its data when it comes back."""

    url: str

    def __init__(self, folder: Path, program: Program, is_ready: Any) -> None:
        self._log = folder / f"{program.name}.log"
        self._program = program
        self._is_ready = is_ready
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = spawn(self._program, self._log)
        until(self._is_ready, START_SECONDS)

    def stop(self) -> None:
        if self._process is not None:
            end(self._process, self._program)
            self._process = None

    def kill(self) -> None:
        process = self._signal(signal.SIGKILL)
        process.wait()
        self._process = None

    def freeze(self, frozen: bool) -> None:
        """It goes on listening, and answers nothing."""
        self._signal(signal.SIGSTOP if frozen else signal.SIGCONT)

    def _signal(self, number: int) -> subprocess.Popen[bytes]:
        """To it and its children, which PostgreSQL gives sessions of their own."""
        assert self._process
        for pid in (self._process.pid, *_children(self._process.pid)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        return self._process


class Broker(Server):
    def __init__(self, folder: Path) -> None:
        user = BrokerUser("desk", secrets.token_hex(8), (Permission("desk"), Permission("suppliers")))
        first, second, third = free_ports(3)
        self._node = Rabbitmq(
            folder=folder,
            programs=find_or_unpack(_checkout_cache(), print),
            ports=(first, second, third),
            cookie=secrets.token_hex(8),
            vhosts=("desk", "suppliers"),
            users=(user,),
        )
        self._node.prepare()
        self.mapper = self._node.port_mapper()
        self.is_mapped = self._node.is_mapped
        self.url = self._node.url("desk", "desk")
        super().__init__(folder, self._node.node(), self._node.is_ready)

    def kill(self) -> None:
        until(lambda: is_written_down(self._node.folder))
        super().kill()

    def alarm(self, on: bool) -> None:
        """The memory alarm, as it comes by itself: by the mark that memory must not pass."""
        mark = "0.00001" if on else "0.6"
        call = f"rpc:call('{NODE}', vm_memory_monitor, set_vm_memory_high_watermark, [{mark}])"
        # Asked after it, who tells all connections has told them.
        heard = f"rpc:call('{NODE}', rabbit_alarm, get_alarms, [])"
        programs = self._node.programs
        subprocess.run(
            [
                str(programs.erlang / "erl"),
                *("-noinput", "-sname", f"alarm{secrets.token_hex(3)}@localhost"),
                *("-setcookie", self._node.cookie, "-hidden", "-start_epmd", "false"),
                *("-eval", f"ok = {call}, true = is_list({heard}), halt(0)."),
            ],
            env=dict(self._program.environment),
            check=True,
            timeout=60,
            capture_output=True,
        )


class Database(Server):
    def __init__(self, folder: Path) -> None:
        self._server = Postgres(folder / "data", free_ports(1)[0], secrets.token_hex(8))
        self._server.prepare()  # before it says where its programs are
        self.url = self._server.url
        super().__init__(folder, self._server.program(), self._accepts)

    def start(self) -> None:
        self._server.prepare()  # what a killed one left behind must have ended
        super().start()

    def remove(self) -> None:
        self._server.remove()

    def _accepts(self) -> bool:
        """After a crash its own word on its state is an old one."""
        engine = sa.create_engine(database.driver_url(self.url), poolclass=sa.pool.NullPool)
        try:
            with engine.connect():
                return True
        except sa.exc.OperationalError:
            return False


def _children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


@contextmanager
def own_broker() -> Iterator[Broker]:
    with _folder() as folder:
        broker = Broker(folder)
        mapper = spawn(broker.mapper, folder / "mapper.log")
        until(broker.is_mapped)
        broker.start()
        yield broker
        broker.stop()
        end(mapper, broker.mapper)


@contextmanager
def own_database() -> Iterator[Database]:
    with _folder() as folder:
        server = Database(folder)
        server.start()
        yield server
        server.stop()
        server.remove()


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="outage-") as made:
        Path(made).chmod(0o711)
        yield Path(made)
