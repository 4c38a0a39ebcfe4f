"""Who is killed, when, by what signal and for how long: all of it from one seed, before anything begins."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from signal import Signals

from deskcli.faults.targets import BACKING, BY_NAME, TARGETS, Target

GAPS = (1.0, 4.2)  # seconds between two kills
AT_ONCE = 0.12  # of the kills come together with the one before
AWAY = 0.30  # of the kills of what may be kept away keep it away
SHORTEST = 2.0
COMING_BACK = 15.0  # seconds after an outage in which it is left alone
LONG_FROM = 100  # kills: then broker and database are each kept away for a full minute, once
MINUTE = 60.0


@dataclass(frozen=True)
class Blow:
    """`away`: seconds during which it is kept down; 0: it comes back by itself, at once."""

    pause: float
    name: str
    signal: Signals
    away: float = 0.0


def plan(kills: int, seed: int, longest: float = MINUTE) -> list[Blow]:
    """The blows in order. No outage lasts longer than `longest`; one outage of a kind at a time."""
    return [*_Planner(random.Random(seed), longest).blows(kills)]


class _Planner:
    def __init__(self, chance: random.Random, longest: float) -> None:
        self._chance = chance
        self._longest = longest
        self._now = 0.0
        self._back: dict[str, float] = {}  # until when each is to be left alone

    def blows(self, kills: int) -> Iterator[Blow]:
        minutes = self._minutes(kills)
        for number in range(kills):
            pause = 0.0 if number and self._chance.random() < AT_ONCE else self._chance.uniform(*GAPS)
            self._now += pause
            free = [target for target in TARGETS if self._back.get(target.name, 0.0) <= self._now]
            target = self._chance.choices(free, [each.weight for each in free])[0]
            away = self._away(target)
            if minutes and number >= minutes[0][0] and not self._is_away(BACKING):
                target, away = BY_NAME[minutes.pop(0)[1]], self._longest
            self._back[target.name] = self._now + (away + COMING_BACK if away else 1.0)
            kinds, weights = zip(*target.signals, strict=True)
            yield Blow(pause, target.name, self._chance.choices(kinds, weights)[0], away)

    def _away(self, target: Target) -> float:
        """Never broker and database at the same time: then nothing would be tried at all."""
        most = min(target.longest, self._longest)
        if not most or self._chance.random() >= AWAY or (target.name in BACKING and self._is_away(BACKING)):
            return 0.0
        return round(min(most, self._chance.uniform(SHORTEST, max(SHORTEST, most / 2))), 1)

    def _is_away(self, names: frozenset[str]) -> bool:
        return any(self._back.get(name, 0.0) > self._now for name in names)

    def _minutes(self, kills: int) -> list[tuple[int, str]]:
        """From which blow on of a long run the broker and the database are taken away for a minute."""
        long = kills >= LONG_FROM and self._longest >= MINUTE
        return [(kills // 3, "rabbitmq"), (2 * kills // 3, "postgres")] if long else []
