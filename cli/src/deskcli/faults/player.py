"""Carries out the plan on the running system: sends the signals, keeps down, starts again."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from servicekit.embedded.programs import EmbeddedError

from deskcli.faults.diary import Diary
from deskcli.faults.plan import Blow
from deskcli.faults.watch import Watch
from deskcli.system import System

PATIENCE_SECONDS = 60.0  # for a target that is not running when its turn comes


@dataclass
class Player:
    """`struck` are the blows that were really dealt."""

    system: System
    watch: Watch
    diary: Diary
    struck: list[Blow] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    _outages: list[threading.Thread] = field(default_factory=list)

    def play(self, blows: Sequence[Blow]) -> None:
        began = time.monotonic()
        for number, blow in enumerate(blows, 1):
            time.sleep(blow.pause)
            self._strike(blow)
            if number % 20 == 0:
                self.diary.say(f"{number} of {len(blows)} kills, {time.monotonic() - began:.0f} s")
        for outage in self._outages:
            outage.join()

    def _strike(self, blow: Blow) -> None:
        """Wait until it runs: what is dead can't be killed."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            pid = self.system.pids().get(blow.name)
            if pid is not None and self._hit(blow, pid):
                self.struck.append(blow)
                return
            if time.monotonic() > until:
                self.troubles.append(f"{blow.name} did not run for {PATIENCE_SECONDS:.0f} s: not killed")
                return
            time.sleep(0.1)

    def _hit(self, blow: Blow, pid: int) -> bool:
        self.watch.killed(blow.name, blow.signal.name, pid, blow.away > 0)
        try:
            self.system.kill(blow.name, blow.signal, keep_down=blow.away > 0)
        except EmbeddedError:  # it had died already
            return False
        self.diary.write(f"{blow.signal.name} to {blow.name}, process {pid}")
        if blow.away:
            self.diary.say(f"{blow.name} is kept away for {blow.away:g} s")
            outage = threading.Thread(target=self._bring_back, args=(blow,), daemon=True)
            self._outages.append(outage)
            outage.start()
        return True

    def _bring_back(self, blow: Blow) -> None:
        time.sleep(blow.away)
        self.watch.started(blow.name, blow.signal.name)
        try:
            self.system.start_process(blow.name)
        except EmbeddedError as error:
            self.troubles.append(f"{blow.name} did not come back: {error}")
