"""How a process is run: its command, its surroundings, and how it ends when we do."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from servicekit.embedded.owners import Owner

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


class EmbeddedError(RuntimeError):
    """What went wrong and what to do about it, in one sentence fit for a screen."""


@dataclass(frozen=True)
class Program:
    """One process to run. `environment` is all it gets: nothing leaks in from the shell that started us."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path("/")
    owner: Owner | None = None
    stop_signal: int = signal.SIGTERM
    death_signal: int = signal.SIGKILL  # sent by the kernel when the process that spawned it is gone
    grace: float = 5.0  # seconds between stop_signal and SIGKILL


def spawn(program: Program, log: Path) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, with its output added to `log`.

    The kernel ends it when the *thread* that called this ends, so call from a thread that lives as long as
    the program should.
    """
    parent = os.getpid()

    def die_with_parent() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, program.death_signal)
        if os.getppid() != parent:  # the parent ended between fork and prctl
            os.kill(os.getpid(), signal.SIGKILL)

    owner = program.owner
    with open(log, "ab") as output:
        return subprocess.Popen(
            program.command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(program.environment),
            cwd=program.folder,
            start_new_session=True,  # a Ctrl-C at the terminal is for us to handle, not for the children
            preexec_fn=die_with_parent,
            **({"user": owner.uid, "group": owner.gid, "extra_groups": []} if owner else {}),
        )


def end(process: subprocess.Popen[bytes], program: Program) -> bool:
    """Stop a process politely, then by force together with all it started; True when politeness was
    enough.
    """
    polite = process.poll() is not None
    if not polite:
        process.send_signal(program.stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(program.grace)
            polite = True
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return polite
