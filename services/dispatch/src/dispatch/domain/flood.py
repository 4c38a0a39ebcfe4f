"""How often somebody may call: a bucket of tokens each, and when too much has become a flood.

Moments are seconds on a clock that only goes forward.
"""

from __future__ import annotations

from dataclasses import dataclass, field

BURST_SECONDS = 4.0  # of its rate somebody may use at once
WINDOW_SECONDS = 10.0
FLOOD_FACTOR = 10.0  # a window's refusals, in seconds of the rate, that no program makes that waits when told


@dataclass
class _Caller:
    tokens: float
    at: float
    since: float
    refusals: int = 0


@dataclass
class Crowd:
    """Everybody who calls. `rate` is calls per second for each."""

    rate: float
    _callers: dict[str, _Caller] = field(default_factory=dict)

    def call(self, who: str, now: float) -> float:
        """Seconds that `who` must wait before this call; 0: it may come in."""
        caller = self._caller(who, now)
        if caller.tokens >= 1:
            caller.tokens -= 1
            return 0.0
        caller.refusals += 1
        return (1 - caller.tokens) / self.rate

    def refusals(self, who: str, now: float) -> int:
        """How often it was refused in the present window."""
        return self._caller(who, now).refusals

    def floods(self, who: str, now: float) -> bool:
        return self.refusals(who, now) > self.flood

    @property
    def flood(self) -> int:
        """More refusals than this in a window are a flood."""
        return round(self.rate * FLOOD_FACTOR)

    def forget(self, who: str) -> None:
        self._callers.pop(who, None)

    def _caller(self, who: str, now: float) -> _Caller:
        most = max(1.0, self.rate * BURST_SECONDS)
        caller = self._callers.get(who)
        if caller is None:
            caller = self._callers[who] = _Caller(most, now, now)
        caller.tokens = min(most, caller.tokens + (now - caller.at) * self.rate)
        caller.at = now
        if now - caller.since >= WINDOW_SECONDS:
            caller.since, caller.refusals = now, 0
        return caller
