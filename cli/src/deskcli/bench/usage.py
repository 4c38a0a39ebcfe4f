"""CPU time and memory of processes with all their children, from /proc."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")
# Places in /proc/PID/stat after the name, which may itself contain anything.
PARENT, USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM = 1, 11, 12, 13, 14


@dataclass(frozen=True)
class Usage:
    """CPU seconds since their start by name, and of the whole machine, at one moment."""

    at: float
    pids: dict[str, int]
    cpu: dict[str, float]
    machine: float


@dataclass(frozen=True)
class Spent:
    """What was used between two moments."""

    seconds: float
    cpu: dict[str, float]
    machine: float
    restarted: list[str]

    @property
    def total(self) -> float:
        return sum(self.cpu.values())

    def per_thousand(self, count: int) -> dict[str, float]:
        """CPU seconds per 1,000 of what was done `count` times, by name."""
        return {name: cpu * 1000 / count for name, cpu in self.cpu.items()} if count else {}


def look(pids: Mapping[str, int]) -> Usage:
    """CPU time of each process with its descendants, those included that have ended already."""
    stats = _stats()
    cpu = {name: sum(_ticks(stats[pid]) for pid in _tree(root, stats)) / TICKS for name, root in pids.items()}
    return Usage(time.monotonic(), dict(pids), cpu, _machine())


def between(before: Usage, after: Usage) -> Spent:
    restarted = [name for name, pid in after.pids.items() if before.pids.get(name, pid) != pid]
    restarted += [name for name in before.pids if name not in after.pids]
    cpu = {name: after.cpu[name] - before.cpu.get(name, 0.0) for name in after.cpu if name not in restarted}
    return Spent(after.at - before.at, cpu, after.machine - before.machine, restarted)


def memory(pids: Mapping[str, int]) -> dict[str, float]:
    """Proportional set size in MB by name: what is shared between processes counts once in the sum."""
    stats = _stats()
    return {name: sum(_pss(pid) for pid in _tree(root, stats)) / 1024 for name, root in pids.items()}


def _stats() -> dict[int, list[str]]:
    """The fields of /proc/PID/stat from the state on, of all processes."""
    found = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):  # it ended while we looked
                text = (folder / "stat").read_text(encoding="utf-8", errors="replace")
                found[int(folder.name)] = text.rpartition(")")[2].split()
    return found


def _tree(root: int, stats: Mapping[int, list[str]]) -> list[int]:
    if root not in stats:
        return []
    tree = [root]
    for parent in tree:  # grows while we walk it
        tree.extend(pid for pid, fields in stats.items() if int(fields[PARENT]) == parent)
    return tree


def _ticks(fields: list[str]) -> int:
    """A parent inherits the time of a child that ended, so the sum over a tree loses nothing."""
    return sum(int(fields[place]) for place in (USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM))


def _machine() -> float:
    """Busy CPU seconds of all cores since boot: all but idle and waiting for the disk."""
    fields = [
        int(field) for field in (PROC / "stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
    ]
    return (sum(fields) - fields[3] - fields[4]) / TICKS


def _pss(pid: int) -> float:
    """In kB; 0 for a process that ended or that may not be looked at."""
    with contextlib.suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1])
    return 0.0
