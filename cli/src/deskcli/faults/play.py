"""One play from beginning to end: a system of its own, people at work, kills, calm, and the checks."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from servicekit.clock import SystemClock

from deskcli.faults.checks import CHECKS, Verdict
from deskcli.faults.diary import Diary
from deskcli.faults.evidence.reading import SERVICES, count_inboxes, gather
from deskcli.faults.ledger import Ledger
from deskcli.faults.load.crew import Crew
from deskcli.faults.load.timekeeper import move_clock
from deskcli.faults.plan import Blow
from deskcli.faults.player import Player
from deskcli.faults.settle import settle
from deskcli.faults.watch import Recovery, Watch
from deskcli.system import System

COMING_BACK_SECONDS = 90.0
LOAD_SECONDS = 180.0  # for everybody to end what they have begun
WARMING_UP_SECONDS = 2.0
# Claims that a killed process leaves lapse after these: short, so that the end need not wait for them.
EXTRA = {
    "notifications": {"SEND_LEASE_SECONDS": "20", "SMTP_TIMEOUT_SECONDS": "2"},
    "supplier-vonk-val": {"SUPPLIER_STEP_SECONDS": "0.7"},
    "supplier-lepel-lade": {"SUPPLIER_STEP_SECONDS": "0.7"},
}


@dataclass
class Outcome:
    """All that a report needs."""

    ledger: Ledger
    blows: Sequence[Blow]
    recoveries: Sequence[Recovery]
    verdicts: list[Verdict] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        return all(verdict.good for verdict in self.verdicts)


def play(
    state: Path, seed: int, blows: Sequence[Blow], say: Callable[[str], None], keep: bool = False
) -> Outcome:
    """Raises EmbeddedError when the system does not start.

    `state` is removed when all is well, unless it is to be kept; else it is left for whoever looks.
    """
    ledger, began = Ledger(), time.monotonic()
    system = System(state, durable=True, extra=EXTRA)
    watch = Watch(system)
    diary = Diary(state, say)
    system.say = Diary(state, say, watch.say).say
    player = Player(system, watch, diary)
    with system:
        clock = system.layout.clock
        crew = Crew(system.urls["gateway"], system.secrets.demo_password, ledger, seed, clock)
        to_working_hours(system)
        outcome = _play(system, crew, player, blows, diary)
        system.temporary = outcome.good and not keep
    outcome.seconds = time.monotonic() - began
    return outcome


def _play(system: System, crew: Crew, player: Player, blows: Sequence[Blow], diary: Diary) -> Outcome:
    watch, desk = player.watch, crew.client("amira")
    settle(system, desk, diary.say)
    before = count_inboxes(system.urls)
    watch.start()
    crew.start()
    time.sleep(WARMING_UP_SECONDS)
    player.play(blows)
    _all_back(watch)
    late = crew.stop(LOAD_SECONDS)
    watch.stop()
    ledger = crew.ledger
    left = settle(system, crew.client("amira"), diary.say)
    diary.keep(ledger)
    for name in SERVICES:  # time goes on, and with it the timers: nothing may move while it is looked at
        system.stop_process(name)
    evidence = gather(system.urls, system.layout, before)
    evidence.left = left
    verdicts = [check(ledger, evidence) for check in CHECKS]
    troubles = player.troubles + ([f"{late} of the crew never ended"] if late else [])
    verdicts.append(judge_recoveries(watch, troubles))
    return Outcome(ledger, player.struck, watch.recoveries, verdicts)


def judge_recoveries(watch: Watch, troubles: Sequence[str]) -> Verdict:
    verdict = Verdict("processes recovered", len(watch.recoveries))
    verdict.lost = [f"{name} never came back" for name in watch.pending()]
    verdict.wrong = [
        f"{each.name} ({each.signal or each.because}) ended in {each.ended:.1f} s, back in {each.back:.1f} s"
        for each in watch.recoveries
        if each.done and not each.in_time
    ]
    verdict.wrong += [*watch.deaths, *troubles]
    return verdict


def to_working_hours(system: System) -> None:
    """Clocks stand still at night; this begins on a weekday morning, whenever it is played."""
    now = SystemClock().now()
    days = (7 - now.weekday()) % 7 or 7  # next Monday
    morning = now.replace(hour=8, minute=0, second=0, microsecond=0)
    move_clock(system.layout.clock, days * 86_400 + (morning - now).total_seconds())


def _all_back(watch: Watch) -> None:
    until = time.monotonic() + COMING_BACK_SECONDS
    while watch.pending() and time.monotonic() < until:
        time.sleep(0.2)
