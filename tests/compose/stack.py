"""One system in containers, with a name, a port, secrets and volumes of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FILES = ("docker-compose.yml", "ops/containers/edge/compose.yml")


@dataclass
class Stack:
    """Runs `docker compose` for one project. `extra` is added to the environment that fills in the files."""

    folder: Path
    project: str = "servicedesk-test"
    port: int = 8017
    tag: str = "test"
    files: tuple[str, ...] = FILES
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "COMPOSE_PROJECT_NAME": self.project,
            "COMPOSE_FILE": ":".join(str(ROOT / name) for name in self.files),
            "COMPOSE_PARALLEL_LIMIT": "2",  # a small machine builds no faster for being asked all at once
            "SERVICEDESK_PORT": str(self.port),
            "SERVICEDESK_SECRETS": str(self.folder),
            "SERVICEDESK_VERSION": self.tag,
            **self.extra,
        }

    def run(self, *command: str, timeout: float = 300, check: bool = True) -> str:
        """Run a command in the root of the repository; answers what it printed."""
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment,
            timeout=timeout,
            check=False,
            capture_output=True,
            text=True,
        )
        if check and done.returncode != 0:
            said = f"{done.stdout}{done.stderr}"
            raise AssertionError(f"{' '.join(command)}: exit code {done.returncode}\n{said}")
        return done.stdout

    def compose(self, *arguments: str, timeout: float = 300, check: bool = True) -> str:
        return self.run("docker", "compose", *arguments, timeout=timeout, check=check)

    def make_secrets(self) -> None:
        self.run("ops/containers/secrets.sh", str(self.folder))

    def secret(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8").strip()

    def up(self, *services: str, timeout: float = 400, **replicas: int) -> None:
        """Start what is missing, and wait until all of it is healthy. Named services are looked at alone."""
        alone = ("--no-deps",) if services else ()
        scales = [word for name, count in replicas.items() for word in ("--scale", f"{name}={count}")]
        limit = ("--wait-timeout", str(int(timeout)))
        self.compose("up", "--detach", "--wait", *alone, *limit, *scales, *services, timeout=timeout + 60)

    def down(self) -> None:
        """Stop everything and forget its data."""
        self.compose("down", "--volumes", "--remove-orphans", "--timeout", "5", timeout=120, check=False)

    def containers(self, service: str) -> list[str]:
        return self.compose("ps", "--quiet", service).split()

    def inspect(self, *containers: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.run("docker", "inspect", *containers))
        return found

    def crash(self, container: str) -> None:
        """End the process of a container as a fault would, so that the engine starts it again."""
        pid = self.inspect(container)[0]["State"]["Pid"]
        try:
            os.kill(pid, signal.SIGKILL)
        except (PermissionError, ProcessLookupError):  # not root, or an engine on another machine
            self.run("docker", "kill", container)
            self.run("docker", "start", container)

    def query(self, database: str, statement: str) -> list[list[str]]:
        """Ask the database itself; the tests do not trust the services' word on what they keep."""
        script = (
            "PGPASSWORD=$(</run/secrets/database_admin_password)"
            ' psql -h 127.0.0.1 -U postgres -d "$0" -AtF "$2" -c "$1"'
        )
        given = ("bash", "-c", script, database, statement, "\t")
        said = self.compose("exec", "-T", "database", *given)
        return [line.split("\t") for line in said.splitlines()]

    def metric(self, container: str, prefix: str) -> float:
        """Add up the figures of a container whose name begins so."""
        script = (
            "import urllib.request as r; print(r.urlopen('http://127.0.0.1:9000/metrics').read().decode())"
        )
        said = self.run("docker", "exec", container, "python", "-c", script)
        return sum(float(line.rpartition(" ")[2]) for line in said.splitlines() if line.startswith(prefix))

    def carried_out(self) -> list[str]:
        """The numbers of the orders in the demo supplier's own record."""
        script = (
            "import sqlite3; record = sqlite3.connect('/record/orders.sqlite3');"
            "print(*(number for (number,) in record.execute('SELECT number FROM orders')))"
        )
        return self.compose("exec", "-T", "supplier-vonk-val", "python", "-c", script).split()
