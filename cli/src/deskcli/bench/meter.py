"""One measurement: send a load, wait until all that follows from it is done, and see what that took."""

from __future__ import annotations

import time
from dataclasses import dataclass

from deskcli.backlog import Backlog
from deskcli.bench.driver import Plan, generate, percentile
from deskcli.bench.load import Outcome
from deskcli.bench.usage import Spent, Usage, between, look
from deskcli.system import System


@dataclass(frozen=True)
class Measured:
    """What one load did and cost. `spent` goes on until `drained` seconds after the last answer."""

    name: str
    clients: int
    outcome: Outcome
    drained: float
    spent: Spent
    own_cpu: float  # of the measuring itself: generator and looking on

    @property
    def rate(self) -> float:
        """Wanted answers per second."""
        return self.outcome.wanted / self.outcome.seconds if self.outcome.seconds else 0.0

    @property
    def sustained(self) -> float:
        """Per second, with the time that the work behind the answers took: what can be kept up for ever."""
        return self.outcome.wanted / (self.outcome.seconds + self.drained) if self.outcome.seconds else 0.0

    @property
    def cost(self) -> float:
        """CPU seconds of all processes per 1,000."""
        return sum(self.per_process.values())

    @property
    def per_process(self) -> dict[str, float]:
        return self.spent.per_thousand(self.outcome.wanted)

    @property
    def others(self) -> float:
        """How many cores were busy with what is not ours: what disturbed the measurement."""
        return max(0.0, (self.spent.machine - self.spent.total - self.own_cpu) / self.spent.seconds)

    def latency(self, percent: float) -> float:
        """Milliseconds."""
        return percentile(self.outcome.latencies, percent)


@dataclass
class Meter:
    """Measures on one running system."""

    system: System
    backlog: Backlog

    def measure(self, name: str, plan: Plan) -> Measured:
        """Raises EmbeddedError when the work behind the answers is not done in time."""
        self.backlog.wait()
        seen: list[Usage] = []
        own: list[float] = []

        def start() -> None:
            own.append(time.process_time())
            seen.append(look(self.system.pids()))

        outcome = generate(plan, start)
        drained = self.backlog.wait()
        spent = between(seen[0], look(self.system.pids()))
        own_cpu = time.process_time() - own[0] + outcome.cpu_seconds
        return Measured(name, plan.clients, outcome, drained, spent, own_cpu)

    def idle(self, seconds: float) -> Spent:
        """What the system uses when nothing is asked of it."""
        self.backlog.wait()
        before = look(self.system.pids())
        time.sleep(seconds)
        return between(before, look(self.system.pids()))
