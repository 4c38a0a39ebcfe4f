"""What a killed run left behind is ended, and nobody else's process is."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from deskcli import leftovers


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """A process that leads its own group, as ours do."""
    with subprocess.Popen(["/bin/sleep", "60"], start_new_session=True) as process:
        yield process
        process.kill()


def test_a_process_of_an_earlier_run_is_ended(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    register = tmp_path / "pids.json"
    leftovers.write(register, [sleeper.pid])
    assert leftovers.clean(register) == 1
    assert sleeper.wait(5) != 0
    assert not register.exists()


def test_a_process_that_only_got_the_same_number_is_left_alone(
    tmp_path: Path, sleeper: subprocess.Popen[bytes]
) -> None:
    register = tmp_path / "pids.json"
    register.write_text(json.dumps({str(sleeper.pid): "1"}))
    assert leftovers.clean(register) == 0
    assert sleeper.poll() is None


@pytest.mark.parametrize("content", [None, "", "{"])
def test_a_register_that_is_absent_or_broken_means_nothing_is_left(
    tmp_path: Path, content: str | None
) -> None:
    register = tmp_path / "pids.json"
    if content is not None:
        register.write_text(content)
    assert leftovers.clean(register) == 0
