"""A system in containers, built and started once for all tests here; skipped where there is no engine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from deskcli.walk.stage import Stage

from .stack import ROOT, Stack

LOG = ROOT / ".desk/logs/compose.log"


def reason_to_skip() -> str:
    """Return why the containers cannot run here, or nothing."""
    if not os.environ.get("DESK_TEST_COMPOSE") and not os.environ.get("CI"):
        return "takes minutes and needs a Docker engine: set DESK_TEST_COMPOSE=1, see tests/compose/run"
    try:
        engine = subprocess.run(["docker", "info"], capture_output=True, text=True, timeout=20, check=False)
        plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, timeout=9, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"no Docker engine: {error}"
    if engine.returncode != 0:
        return f"no Docker engine answers: {(engine.stderr or engine.stdout).strip()[-200:]}"
    return "" if plugin.returncode == 0 else "Docker has no Compose plugin"


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    if reason := reason_to_skip():
        pytest.skip(reason)
    stack = Stack(Path(tmp_path_factory.mktemp("secrets")))
    stack.make_secrets()
    stack.down()  # what an earlier run that was killed has left
    stack.run("nice", "docker", "compose", "build", "--quiet", timeout=1200)
    try:
        stack.up()
        yield stack
    finally:
        LOG.parent.mkdir(parents=True, exist_ok=True)
        LOG.write_text(stack.compose("logs", "--no-color", "--timestamps", check=False), encoding="utf-8")
        stack.down()


@pytest.fixture
def stage(stack: Stack) -> Stage:
    """The walk's stage; a process of the same name is a service of the compose file."""

    def control(order: str, name: str) -> None:
        stack.compose(order, name)

    return Stage(address=stack.url, password=stack.secret("demo_password"), control=control)
