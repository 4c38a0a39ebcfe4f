"""The whole system, as `./desk up` runs it, for attackers who try all of it from outside."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from deskcli.system import System
from deskcli.walk.stage import Stage


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    with tempfile.TemporaryDirectory(prefix="desk-attacked-") as folder:
        Path(folder).chmod(0o711)
        with System(Path(folder) / "state", durable=False, temporary=True) as running:
            yield running


@pytest.fixture(scope="session")
def stage(system: System) -> Stage:
    return Stage.of(system)
