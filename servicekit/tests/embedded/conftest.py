"""Private servers for these tests alone: they are stopped, killed and started again."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from servicekit.embedded.ports import free_ports
from servicekit.embedded.postgres import Postgres
from servicekit.embedded.programs import Program, end, spawn


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the unprivileged user who runs PostgreSQL for root may enter: pytest's own may not."""
    with tempfile.TemporaryDirectory(prefix="embedded-") as made:
        Path(made).chmod(0o711)
        yield Path(made)


@contextmanager
def running(program: Program, ready: Callable[[], bool], log: Path) -> Iterator[int]:
    """Run a program, once it is ready, and yield its process id."""
    process = spawn(program, log)
    try:
        wait_for(ready, lambda: f"{program.name} is not ready: {log.read_text(errors='replace')[-500:]}")
        yield process.pid
    finally:
        end(process, program)


def wait_for(ready: Callable[[], bool], otherwise: Callable[[], str], seconds: float = 60) -> None:
    """Wait, but not for ever."""
    deadline = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.02)


@pytest.fixture
def postgres(folder: Path) -> Iterator[Postgres]:
    """A prepared server that does not run yet."""
    server = Postgres(folder / "postgres", free_ports(1)[0], "correct-horse", durable=False)
    server.prepare()
    yield server
    server.remove()
