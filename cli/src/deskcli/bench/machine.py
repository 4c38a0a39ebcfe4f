"""What was measured, and on what: without it a figure means nothing."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

from deskcli.layout import ROOT


def facts() -> dict[str, str]:
    """The machine and the version of the code."""
    return {
        "processor": f"{os.cpu_count()} x {_line('/proc/cpuinfo', 'model name')}",
        "memory": f"{int(_line('/proc/meminfo', 'MemTotal').split()[0]) // 1024} MB",
        "kernel": platform.release(),
        "python": platform.python_version(),
        "load before": f"{os.getloadavg()[0]:.2f}",
        "code": _revision(),
    }


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
