"""Processes that tests may kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from servicekit.embedded.programs import die_with_parent
from servicekit.settings import Settings
from servicekit.testing.probes import PATIENCE_SECONDS, until

PROBE = Path(__file__).with_name("probe.py")


class Replica:
    """One process. Its output is in `log`."""

    def __init__(self, program: Path, environment: dict[str, str]) -> None:
        with tempfile.NamedTemporaryFile(prefix="replica-", suffix=".log", delete=False) as self.output:
            self.process = subprocess.Popen(
                [sys.executable, "-P", str(program)],
                env={"PATH": os.environ["PATH"], "PYTHONWARNINGS": "ignore", **environment},
                stdin=subprocess.DEVNULL,
                stdout=self.output,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(),  # noqa: PLW1509 - calls the kernel and nothing else
            )

    @property
    def log(self) -> str:
        return Path(self.output.name).read_text()

    @property
    def has_started(self) -> bool:
        return '"started"' in self.log

    def hears(self, text: str) -> bool:
        """Whether it has begun to handle this fact."""
        return f"hears {text}\n" in self.log

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def signal(self, number: int) -> None:
        if not self.ended:
            self.process.send_signal(number)

    def wait(self, seconds: float = PATIENCE_SECONDS) -> int:
        """Its exit code; negative for a signal."""
        until(lambda: self.ended, seconds)
        return int(self.process.returncode)

    def remove(self) -> None:
        self.signal(signal.SIGKILL)
        until(lambda: self.ended)
        Path(self.output.name).unlink(missing_ok=True)


def probe(settings: Settings, name: str, wait: bool = True, **more: str) -> Replica:
    """The probe service, once it has started (or without waiting for that)."""
    environment = {
        "DATABASE_URL": settings.database_url,
        "AMQP_URL": settings.amqp_url,
        "ACTOR_SECRET": settings.actor_secret,
        "PROBE_NAME": name,
        **more,
    }
    replica = Replica(PROBE, environment)
    if wait:
        until(lambda: replica.has_started or replica.ended)
    return replica
