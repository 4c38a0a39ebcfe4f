"""A run from beginning to end: a system of its own with requests in every state, and calls upon calls."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from deskcli.faults.watch import Watch
from deskcli.fuzzing import aftermath
from deskcli.fuzzing.breeding import Brood
from deskcli.fuzzing.document import Document
from deskcli.fuzzing.people import People
from deskcli.fuzzing.run import Plan, Run
from deskcli.fuzzing.tally import Tally
from deskcli.system import System

EXTRA = {"gateway": {"TRUSTED_PROXIES": "1"}}  # so that each guess at a password can come from elsewhere
CALLS_PER_CASE = 3000  # so many calls for each bred case per operation: more would not be used
MOST_CASES = 12
FIRST_CASES = 100  # are waited for
QUICK = 5000  # calls: a run of fewer does not wait for what is tried again and again


@dataclass
class Outcome:
    """All that a report needs. `aftermath`: what is wrong with what was left behind."""

    document: Document
    plan: Plan
    tally: Tally
    bred: int = 0
    seconds: float = 0.0
    aftermath: list[str] = field(default_factory=list)

    @property
    def unreached(self) -> list[str]:
        return [each.name for each in self.tally.unreached(self.document.operations.values())]

    @property
    def good(self) -> bool:
        return not self.tally.wrong() and not self.aftermath


def play(state: Path, plan: Plan, say: Callable[[str], None], keep: bool = False) -> Outcome:
    """`state` is removed when all is well; else it is left for whoever looks. Raises EmbeddedError."""
    system = System(state, durable=False, lively=True, extra=EXTRA)
    watch = Watch(system)

    def hear(text: str) -> None:
        watch.say(text)
        say(text)

    system.say = hear
    with system:
        url = system.urls["gateway"]
        people = People(system)
        outcome, run = _prepare(url, state, plan, people)
        breeder = run.brood.begin(state / "openapi.json", plan.seed, _each(plan.calls))
        run.brood.wait(FIRST_CASES, breeder)
        began = time.monotonic()
        try:
            run.go()
        finally:
            breeder.kill()
            breeder.wait()
        outcome.seconds, outcome.bred = time.monotonic() - began, run.brood.count
        say(f"{outcome.tally.calls} calls in {outcome.seconds:.0f} s; looking at what they left")
        lost = [f"{name} can't sign in any more: {why}" for name, why in people.lost.items()]
        outcome.aftermath = aftermath.look(system, watch.deaths + lost, plan.calls < QUICK)
        system.temporary = outcome.good and not keep
    return outcome


def _prepare(url: str, state: Path, plan: Plan, people: People) -> tuple[Outcome, Run]:
    with urlopen(f"{url}/v1/openapi.json", timeout=30) as answer:
        raw = json.load(answer)
    (state / "openapi.json").write_text(json.dumps(raw), encoding="utf-8")
    document = Document(raw)
    run = Run(document, people, plan, Brood(), url)
    return Outcome(document, plan, run.tally), run


def _each(calls: int) -> int:
    return max(2, min(MOST_CASES, calls // CALLS_PER_CASE))
