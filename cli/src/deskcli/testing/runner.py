"""Runs the parts, with one private database and broker for all of them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
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


def run_part(part: Part, found: dict[str, str], extra: Sequence[str]) -> Outcome:
    """Run pytest on a part, its output straight to the screen."""
    paths = part.paths()
    if not paths:
        return Outcome()
    with tempfile.TemporaryDirectory(prefix="desk-report-") as folder:
        report = Path(folder) / "report.xml"
        module = ["deskcli.testing.green"] if part.green else ["pytest"]
        began = time.monotonic()
        code = call(
            [sys.executable, "-P", "-m", *module, "-q", f"--junitxml={report}", *extra, *map(str, paths)],
            found,
        )
        return from_report(report, code, time.monotonic() - began)


def call(command: Sequence[str], found: dict[str, str] | None = None) -> int:
    """Run a command in the checkout; neither it nor its children outlive us."""
    environment = {name: value for name, value in os.environ.items() if name not in ABSENT}
    sys.stdout.flush()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**environment, "PYTHONHASHSEED": "0", **(found or {})},
        stdin=subprocess.DEVNULL,
        preexec_fn=die_with_parent(),  # noqa: PLW1509 - calls the kernel and nothing else
    )
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        process.wait(10)
        raise


def heading(name: str, says: str) -> None:
    """Announce a part."""
    click.secho(f"\n== {name}: {says}", bold=True)
