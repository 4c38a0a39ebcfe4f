"""The whole system, as `./desk up` runs it, in a folder and on ports of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from deskcli.faults.play import EXTRA
from deskcli.system import System
from deskcli.testing.whole import whole_system
from deskcli.walk.stage import Stage


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    # A mail that a killed process was about to send is sent when its claim has lapsed: soon.
    extra = {"notifications": EXTRA["notifications"]}
    with whole_system("e2e", durable=False, extra=extra) as running:
        yield running


@pytest.fixture
def stage(system: System) -> Stage:
    return Stage.of(system)
