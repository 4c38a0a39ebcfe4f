"""The main job, from outside, on a real broker, database, mail server and supplier."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

import pytest
from deskcli.system import System
from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.command import play
from deskcli.walk.stage import STEPS, Stage, Step

AT_LEAST = 36  # steps
SERVICES = ("gateway", "intake", "catalog", "dispatch", "monitoring", "notifications")


def test_the_whole_story(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert play(stage, print), capsys.readouterr().out


@dataclass
class Killer:
    """Kills each service once, in the middle of whatever it does, until all of them are back."""

    system: System
    killed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def steps(self) -> Iterator[Step]:
        """Of the story, as long as somebody has still to be killed, or to come back."""
        for number, step in enumerate(STEPS, 1):
            yield step
            if number >= AT_LEAST and not self._thread.is_alive():
                return

    def _live(self) -> None:
        for name in SERVICES:
            if self._ended.wait(4):
                return
            self.system.kill(name)
            self.killed.append(name)
        while not all(self.system.is_ready(name) for name in SERVICES):
            if self._ended.wait(0.2):
                return


def test_the_story_survives_the_death_of_every_service(
    system: System, stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    """The chapters that come when the last is back add nothing."""
    with Killer(system) as killer:
        assert play(stage, print, killer.steps()), capsys.readouterr().out
    assert killer.killed == list(SERVICES), "the story was over too soon"


def test_a_stop_and_a_start_lose_nothing(system: System, stage: Stage) -> None:
    """What is reported while dispatch, monitoring and notifications are down is done when they are back."""
    down = ("dispatch", "monitoring", "notifications")
    for name in down:
        system.stop_process(name)
    sanne, product = stage.person("sanne"), stage.product("heating-fault")
    body = {"kind": "fault", "channel": "site", "text": "Koud.", "productId": product["productId"]}
    made = [sanne.post("/requests", {**body, "answers": answers_for(product)})["requestId"] for _ in range(5)]
    time.sleep(1)  # what they should have heard is on its way
    for name in down:
        system.start_process(name)
    for request_id in made:
        stage.until(
            request_id,
            "order, clock and mail",
            lambda it: (
                it["orders"]
                and it["clocks"]
                and [one["template"] for one in it["messages"] or [] if one["state"] == "sent"].count(
                    "receipt"
                )
                == 1
            ),
        )
