"""The main job, from outside, on a real broker, database, mail server and supplier."""

from __future__ import annotations

import threading
import time

import pytest
from deskcli.system import System
from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.command import play
from deskcli.walk.stage import STEPS, Stage

LONG_ENOUGH = 36  # steps, at the speed of a quick machine
SERVICES = ("gateway", "intake", "catalog", "dispatch", "monitoring", "notifications")


@pytest.mark.timeout(300)
def test_the_whole_story(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert play(stage, print), capsys.readouterr().out


@pytest.mark.timeout(600)
def test_the_story_survives_the_death_of_every_service(
    system: System, stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    """While it begins each service is killed once, in the middle of whatever it does, and comes back. The
    chapters that come when the last is back add nothing.
    """
    killed: list[str] = []
    ended = threading.Event()

    def kill_one_after_another() -> None:
        for name in SERVICES:
            if ended.wait(4):
                return
            system.kill(name)
            killed.append(name)

    killer = threading.Thread(target=kill_one_after_another)
    killer.start()
    try:
        assert play(stage, print, STEPS[:LONG_ENOUGH]), capsys.readouterr().out
    finally:
        ended.set()
        killer.join()
    assert len(killed) == len(SERVICES), f"the story was over too soon: only {killed} were killed"


@pytest.mark.timeout(120)
def test_a_stop_and_a_start_lose_nothing(system: System, stage: Stage) -> None:
    """What is reported while dispatch, monitoring and notifications are down is done when they are back."""
    down = ("dispatch", "monitoring", "notifications")
    for name in down:
        system.stop_process(name)
    sanne, product = stage.person("sanne"), stage.product("heating-fault")
    body = {"kind": "fault", "channel": "site", "text": "Koud.", "productId": product["productId"]}
    made = [sanne.post("/requests", {**body, "answers": answers_for(product)})["requestId"] for _ in range(5)]
    time.sleep(1)
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
