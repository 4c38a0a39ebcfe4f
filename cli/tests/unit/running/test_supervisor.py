"""A process that dies comes back; one that was stopped stays away."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from deskcli.supervisor import Supervisor
from servicekit.embedded.programs import EmbeddedError, Program

SLEEPER = Program("sleeper", ("/bin/sleep", "60"))
BROKEN = Program("broken", ("/bin/false",))
STUBBORN = Program(
    "stubborn", ("/bin/sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.1; done"), grace=30
)


@pytest.fixture
def said() -> list[str]:
    """What a person would have read on the screen."""
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str]) -> Iterator[Supervisor]:
    """A supervisor that is closed at the end."""
    made = Supervisor(tmp_path, tmp_path / "pids.json", said.append)
    yield made
    made.close(())


def until(condition: Callable[[], object], seconds: float = 10) -> None:
    """Wait, but not for ever."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def pid(supervisor: Supervisor, name: str) -> int:
    """Return the process id of what runs under this name."""
    process = supervisor.kept[name].process
    assert process
    return process.pid


def test_a_killed_process_comes_back_and_it_is_said(supervisor: Supervisor, said: list[str]) -> None:
    supervisor.run(SLEEPER)
    first = pid(supervisor, "sleeper")
    supervisor.kill("sleeper")
    until(lambda: supervisor.kept["sleeper"].restarts == 1 and supervisor.kept["sleeper"].alive)
    assert pid(supervisor, "sleeper") != first
    assert said == ["sleeper died (signal SIGKILL) and is restarted in 0.2 s; see ./desk logs sleeper"]


def test_what_is_started_while_it_is_still_on_its_way_out_comes_back(supervisor: Supervisor) -> None:
    """It was told to stop and to stay away, takes its time, and is wanted again before it is gone."""
    supervisor.run(STUBBORN)
    until(lambda: supervisor.log("stubborn").exists() and supervisor.log("stubborn").read_text())
    first = pid(supervisor, "stubborn")
    supervisor.kill("stubborn", signal.SIGTERM, keep_down=True)
    supervisor.start("stubborn")
    os.kill(first, signal.SIGKILL)
    until(lambda: supervisor.kept["stubborn"].alive and pid(supervisor, "stubborn") != first)


def test_a_process_that_is_killed_again_and_again_comes_back_as_quickly(
    supervisor: Supervisor, said: list[str]
) -> None:
    supervisor.run(SLEEPER)
    for round_ in range(1, 4):
        supervisor.kill("sleeper")
        until(lambda round_=round_: supervisor.kept["sleeper"].restarts == round_)  # type: ignore[misc]
    assert [line.split()[8] for line in said] == ["0.2"] * 3


def test_a_process_that_keeps_dying_is_restarted_ever_later(supervisor: Supervisor, said: list[str]) -> None:
    supervisor.run(BROKEN)
    until(lambda: supervisor.kept["broken"].failures >= 3)
    assert [line.split()[9] for line in said[:3]] == ["0.2", "0.5", "1"]


def test_a_stopped_process_stays_away_until_it_is_started(supervisor: Supervisor, said: list[str]) -> None:
    supervisor.run(SLEEPER)
    supervisor.stop(["sleeper"])
    time.sleep(0.4)
    assert not supervisor.kept["sleeper"].alive
    supervisor.start("sleeper")
    assert supervisor.kept["sleeper"].alive
    assert said == []


def test_a_process_may_be_killed_and_kept_down(supervisor: Supervisor) -> None:
    supervisor.run(SLEEPER)
    supervisor.kill("sleeper", signal.SIGTERM, keep_down=True)
    time.sleep(0.5)
    assert not supervisor.kept["sleeper"].alive
    with pytest.raises(EmbeddedError, match="not running"):
        supervisor.kill("sleeper")


def test_a_name_that_is_not_there_is_one_sentence_with_those_that_are(supervisor: Supervisor) -> None:
    supervisor.run(SLEEPER)
    with pytest.raises(EmbeddedError, match="no process called sleper; there are: sleeper"):
        supervisor.stop(["sleper"])


def test_a_log_that_grows_too_large_is_begun_anew(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskcli.supervisor.LOG_LIMIT", 100)
    writer = Program("writer", ("/bin/sh", "-c", "while :; do echo twenty bytes of text; sleep 0.01; done"))
    supervisor.run(writer)
    log = supervisor.log("writer")
    until(lambda: log.stat().st_size > 100)
    supervisor._ask(supervisor._trim_logs)
    assert log.with_suffix(".log.1").stat().st_size > 100
    until(lambda: 0 < log.stat().st_size < 100)


def test_everything_is_down_in_time_even_the_stubborn(supervisor: Supervisor, said: list[str]) -> None:
    supervisor.run(STUBBORN)
    supervisor.run(SLEEPER)
    until(lambda: supervisor.log("stubborn").read_text())
    began = time.monotonic()
    supervisor.close(((0.5, ("stubborn",)), (1.0, ("sleeper",))))
    assert time.monotonic() - began < 2
    assert said == ["stubborn did not stop by itself and was killed"]
    assert not supervisor.register.exists()
