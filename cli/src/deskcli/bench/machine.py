"""What was measured, and on what: without it a figure means nothing."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import time
from pathlib import Path

from deskcli.layout import ROOT


def facts() -> dict[str, str]:
    """The machine and the version of the code."""
    return {
        "processor": f"{os.cpu_count()} x {_line('/proc/cpuinfo', 'model name')}",
        "memory": f"{int(_line('/proc/meminfo', 'MemTotal').split()[0]) // 1024} MB",
        "kernel": platform.release(),
        "python": platform.python_version(),
        "code": _revision(),
    }


def pace() -> float:
    """Milliseconds of CPU time for a fixed piece of work, the median of nine.

    A core that shares its parts with a busy neighbour, or that is slowed down by heat or a host, needs more
    CPU seconds for the same: by this figure, runs can be told apart that differ in nothing else.
    """
    return statistics.median(_work() for _ in range(9)) * 1000


def _work() -> float:
    began = time.process_time()
    known: dict[int, str] = {}
    for number in range(100_000):
        known[number % 1000] = str(number)
    json.loads(json.dumps([known] * 20))
    return time.process_time() - began


def _line(path: str, name: str) -> str:
    for line in Path(path).read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return "?"


def _revision() -> str:
    """The commit, and whether the files differ from it; unknown in a checkout without git."""
    revision = _git("rev-parse", "--short", "HEAD")
    return f"{revision} and changes" if revision and _git("status", "--porcelain") else revision or "unknown"


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), *arguments], check=True, capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
