"""The whole system, as `./desk up` runs it, for attackers who try all of it from outside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from deskcli.system import System
from deskcli.testing.whole import whole_system
from deskcli.walk.stage import Stage


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    with whole_system("attacked", durable=False) as running:
        yield running


@pytest.fixture(scope="session")
def stage(system: System) -> Stage:
    return Stage.of(system)
