"""Processes end when they are told to, and when we are gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from servicekit.embedded.programs import Program, end, spawn

STUBBORN = ("/bin/sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.1; done")
PARENT = """
import sys
from pathlib import Path
from servicekit.embedded.programs import Program, spawn
process = spawn(Program("child", ("/bin/sleep", "60")), Path(sys.argv[1]))
print(process.pid, flush=True)
process.wait()
"""


def test_a_polite_process_stops_politely(tmp_path: Path) -> None:
    program = Program("sleeper", ("/bin/sleep", "60"))
    process = spawn(program, tmp_path / "log")
    assert end(process, program)
    assert process.returncode == -signal.SIGTERM


def test_a_stubborn_process_is_killed_with_all_it_started(tmp_path: Path) -> None:
    program = Program("stubborn", STUBBORN, grace=0.3)
    process = spawn(program, tmp_path / "log")
    while not (tmp_path / "log").read_text():
        time.sleep(0.01)
    assert not end(process, program)
    deadline = time.monotonic() + 40
    while _has_members(process.pid):  # until init has buried the last of the group
        assert time.monotonic() < deadline, "something of it still runs"
        time.sleep(0.02)


def test_a_process_gets_only_the_environment_meant_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_SHELL", "1")
    spawn(Program("env", ("/usr/bin/env",), {"MEANT": "yes"}), tmp_path / "log").wait()
    assert (tmp_path / "log").read_text() == "MEANT=yes\n"


def test_children_die_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path / "log")], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 40
    while Path(f"/proc/{child}").exists() and not _zombie(child):
        assert time.monotonic() < deadline, "the child outlived its parent"
        time.sleep(0.02)


def _has_members(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _zombie(pid: int) -> bool:
    """A dead process whose new parent has not looked yet (in a container nobody may)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True
