"""Runs parts side by side, since most of them wait half of their time.

Most of a test of an outage is the outage. Each lane has servers of its own, so that one may restart them.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack

import click

from deskcli.testing.outcome import Outcome
from deskcli.testing.parts import Part
from deskcli.testing.runner import PartRun, heading, servers

LOOK_SECONDS = 0.1


def lanes_of(parts: Sequence[Part], count: int) -> list[list[Part]]:
    """Share out what there is to run over so many lanes at most, none of them empty."""
    present = [part for part in parts if part.paths()]
    split = [[part for part in present if min(part.lane, count - 1) == lane] for lane in range(count)]
    return [lane for lane in split if lane]


def run_lanes(lanes: Sequence[Sequence[Part]], extra: Sequence[str]) -> dict[str, Outcome]:
    """Run every lane to its end and return how each part ended.

    With several lanes, what a part printed is shown when it has ended.
    """
    outcomes: dict[str, Outcome] = {}
    with ExitStack() as stack:
        running = [Lane(lane, stack.enter_context(servers(lane)), extra, len(lanes) > 1) for lane in lanes]
        for lane in running:
            stack.callback(lane.close)
        while sum(lane.step(outcomes) for lane in running):  # all of them step, not only the first
            time.sleep(LOOK_SECONDS)
    return outcomes


class Lane:
    """One part after another."""

    def __init__(
        self, parts: Sequence[Part], found: dict[str, str], extra: Sequence[str], aside: bool
    ) -> None:
        self._waiting = deque(parts)
        self._found = found
        self._extra = extra
        self._aside = aside
        self._run: PartRun | None = None

    def step(self, outcomes: dict[str, Outcome]) -> bool:
        """Note what has ended and begin the next; False when nothing is left."""
        if self._run and (outcome := self._run.poll()):
            outcomes[self._run.part.name] = outcome
            self._show(self._run)
            self.close()
        if not self._run and self._waiting:
            self._begin(self._waiting.popleft())
        return self._run is not None

    def close(self) -> None:
        """End what runs; what it has printed by then may say why it has to."""
        if self._run:
            if not self._run.poll():
                self._show(self._run)
            self._run.close()
            self._run = None

    def _begin(self, part: Part) -> None:
        if self._aside:
            click.secho(f".. {part.name} has begun", dim=True)
        else:
            heading(part.name, part.says)
        self._run = PartRun(part, self._found, self._extra, self._aside)

    def _show(self, run: PartRun) -> None:
        if self._aside:
            heading(run.part.name, run.part.says)
            click.echo(run.output(), nl=False)
