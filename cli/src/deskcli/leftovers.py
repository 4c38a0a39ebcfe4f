"""What a run that was killed may have left behind, and how it is found and ended at the next start."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

PATIENCE = 5.0


def write(register: Path, pids: Iterable[int]) -> None:
    """Note processes with the moment they began, since the kernel gives a process id out again."""
    known = {str(pid): began for pid in pids if (began := birth(pid))}
    fresh = register.with_suffix(".new")
    fresh.write_text(json.dumps(known), encoding="ascii")
    fresh.replace(register)


def clean(register: Path) -> int:
    """End what is still running of the processes in the register; returns how many there were."""
    try:
        known = json.loads(register.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
    alive = [int(pid) for pid, began in known.items() if birth(int(pid)) == began]
    for pid in alive:
        _signal(pid, signal.SIGINT)  # an orderly end for a database
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(birth(pid) == known[str(pid)] for pid in alive):
        time.sleep(0.05)
    for pid in alive:
        if birth(pid) == known[str(pid)]:
            _signal(pid, signal.SIGKILL)
    register.unlink(missing_ok=True)
    return len(alive)


def birth(pid: int) -> str | None:
    """Return when a process began, in the kernel's ticks since boot; None when it is gone or a zombie."""
    try:
        fields = (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        )
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def _signal(pid: int, number: int) -> None:
    """Signal the whole group: every process of ours leads its own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)
