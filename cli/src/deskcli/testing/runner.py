"""Runs one part in a process of its own, with a private database and broker where it needs them."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import click
from servicekit.embedded.programs import die_with_parent

from deskcli.layout import ROOT
from deskcli.testing.outcome import Outcome, from_report
from deskcli.testing.parts import Part

ABSENT = (
    "DATABASE_URL",
    "AMQP_URL",
    "SUPPLIERS_AMQP_URL",
    "SUPPLIER_AMQP_URL",
    "BROKER_ADMIN_URL",
    "WEBHOOK_ALLOWED_TARGETS",
)

SLOWEST = ("--durations=5", "--durations-min=10")


@contextmanager
def servers(parts: Sequence[Part]) -> Iterator[dict[str, str]]:
    """Start what the parts need, and yield the variables by which their fixtures find it."""
    from servicekit.testing.servers import private_postgres, private_rabbitmq

    with ExitStack() as stack:
        found: dict[str, str] = {}
        if any(part.needs_database for part in parts) and not os.environ.get("TEST_DATABASE_URL"):
            found["TEST_DATABASE_URL"] = stack.enter_context(private_postgres())
        if any(part.needs_broker for part in parts) and not os.environ.get("TEST_AMQP_URL"):
            found["TEST_AMQP_URL"] = stack.enter_context(private_rabbitmq())
        yield found


class PartRun:
    """pytest on a part. Its output goes straight to the screen, or when `aside` is kept until asked for."""

    def __init__(self, part: Part, found: Mapping[str, str], extra: Sequence[str], aside: bool) -> None:
        self.part = part
        self._folder = tempfile.TemporaryDirectory(prefix="desk-report-")
        self._report = Path(self._folder.name) / "report.xml"
        self._output = Path(self._folder.name) / "output.txt" if aside else None
        module = ["deskcli.testing.green"] if part.green else ["pytest"]
        command = [sys.executable, "-P", "-m", *module, "-q", f"--junitxml={self._report}", *SLOWEST, *extra]
        self._began = time.monotonic()
        self._process = start([*command, *map(str, part.paths())], found, self._output)

    def poll(self) -> Outcome | None:
        """Return how it ended, or None while it runs."""
        before = _of_children()
        if self._process.poll() is None:
            return None
        outcome = from_report(self._report, self._process.returncode, time.monotonic() - self._began)
        return replace(outcome, cpu=_of_children() - before)

    def output(self) -> str:
        """Return what it printed, if that was kept."""
        return self._output.read_text(encoding="utf-8", errors="replace") if self._output else ""

    def close(self) -> None:
        """End it if it still runs, and remove what it left."""
        end(self._process)
        self._folder.cleanup()


def _of_children() -> float:
    """Seconds of the processor of all that has ended and was waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def call(command: Sequence[str]) -> int:
    """Run a command in the checkout and return its exit code; neither it nor its children outlive us."""
    process = start(command, {}, None)
    try:
        return process.wait()
    finally:
        end(process)


def start(command: Sequence[str], found: Mapping[str, str], output: Path | None) -> subprocess.Popen[bytes]:
    """Start a command in the checkout, without the addresses that the shell may have of other systems."""
    environment = {name: value for name, value in os.environ.items() if name not in ABSENT}
    sys.stdout.flush()
    with ExitStack() as stack:
        target = stack.enter_context(open(output, "wb")) if output else None
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env={**environment, "PYTHONHASHSEED": "0", **found},
            stdin=subprocess.DEVNULL,
            stdout=target,
            stderr=subprocess.STDOUT if target else None,
            preexec_fn=die_with_parent(),  # noqa: PLW1509 - calls the kernel and nothing else
        )


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, if it still runs, and wait until it has."""
    if process.poll() is None:
        process.terminate()
        process.wait(10)


def heading(name: str, says: str) -> None:
    """Announce a part."""
    click.secho(f"\n== {name}: {says}", bold=True)
