"""When the work behind the answers counts as done."""

from __future__ import annotations

import pytest
from deskcli import backlog
from deskcli.backlog import Backlog
from servicekit.embedded.programs import EmbeddedError


class Told(Backlog):
    """A backlog that tells what it is given: what is left, and the mark of the last fact handled."""

    def __init__(self, *looks: tuple[dict[str, int], str]) -> None:
        super().__init__({})
        self.looks = [*looks]

    def left(self) -> dict[str, int]:
        return self.looks[0][0]

    def _progress(self) -> list[str]:
        mark = self.looks[0][1]
        if len(self.looks) > 1:
            self.looks.pop(0)
        return [mark]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "LOOK_SECONDS", 0.01)


def test_nothing_left_and_nothing_moving_is_done() -> None:
    assert Told(({}, "a")).wait() < 0.01


def test_what_waits_is_waited_for() -> None:
    busy = [({"intake outbox": 3}, "a")] * 5
    assert 0.03 < Told(*busy, ({}, "a")).wait() < 0.5


def test_what_has_left_its_queue_but_is_not_handled_yet_is_waited_for() -> None:
    moving: list[tuple[dict[str, int], str]] = [({}, mark) for mark in "abcdefgh"]
    assert 0.05 < Told(*moving, ({}, "h")).wait() < 0.5


def test_it_does_not_wait_for_ever() -> None:
    with pytest.raises(EmbeddedError, match=r"not done .* left: .*deliveries"):
        Told(({"deliveries": 1}, "a")).wait(limit=0.05)
