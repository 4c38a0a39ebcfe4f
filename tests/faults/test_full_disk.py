"""The database's disk is full: writes are refused clearly, nothing is half done; with room all goes on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

STORY = Path(__file__).with_name("full_disk.py")
APART = ["unshare", "--mount", "--propagation", "private"]


def _may_mount() -> bool:
    if os.geteuid() != 0 or not shutil.which("unshare"):
        return False
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
        return subprocess.run([*APART, *mount], check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not _may_mount(), reason="needs root and unshare, for a small file system of its own")
def test_a_full_disk_refuses_writes_clearly_and_loses_nothing() -> None:
    with tempfile.TemporaryDirectory(prefix="desk-full-") as folder:
        command = [*APART, sys.executable, str(STORY), folder]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=540)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-8000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["503"] >= 2, seen
