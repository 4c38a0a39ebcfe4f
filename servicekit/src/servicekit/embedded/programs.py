"""How a process is run: its command, its surroundings, and how it ends when we do."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
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


def die_with_parent(number: int = signal.SIGKILL) -> Callable[[], None]:
    """Return a preexec_fn for subprocess: the kernel sends `number` to the child when we are gone."""
    parent = os.getpid()

    def ask_kernel() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:  # the parent ended between fork and prctl
            os.kill(os.getpid(), signal.SIGKILL)

    return ask_kernel


def spawn(program: Program, log: Path) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, with its output added to `log`.

    The kernel ends it when the *thread* that called this ends, so call from a thread that lives as long as
    the program should.
    """
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
            preexec_fn=die_with_parent(program.death_signal),  # noqa: PLW1509 - calls the kernel and nothing else
            user=owner.uid if owner else None,
            group=owner.gid if owner else None,
            extra_groups=[] if owner else None,
        )


def end(process: subprocess.Popen[bytes], program: Program, until: float | None = None) -> bool:
    """Stop a process politely, then by force with all it started; True when politeness was enough.

    `until` (of time.monotonic) says when patience ends for one that was signalled before.
    """
    polite = process.poll() is not None
    if not polite:
        if until is None:
            process.send_signal(program.stop_signal)
            until = time.monotonic() + program.grace
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(until - time.monotonic(), 0.01))
            polite = True
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return polite
