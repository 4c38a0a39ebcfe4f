"""How many tests ran, and how they ended."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

NO_TESTS = 5  # pytest's exit code


@dataclass(frozen=True)
class Outcome:
    """Counts of one part, or of all. `cpu`: seconds of the processor, without the servers beside it."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.seconds + other.seconds,
            self.cpu + other.cpu,
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def from_report(report: Path, exit_code: int, seconds: float) -> Outcome:
    """Read pytest's JUnit report. A run that broke off without naming a test counts as one failure."""
    suites = list(ElementTree.parse(report).getroot().iter("testsuite")) if report.exists() else []
    total, failed, skipped = (
        sum(int(suite.get(key, 0)) for suite in suites for key in keys)
        for keys in (("tests",), ("failures", "errors"), ("skipped",))
    )
    if exit_code not in (0, NO_TESTS) and failed == 0:
        return Outcome(total - skipped, 1, skipped, seconds)
    return Outcome(max(total - failed - skipped, 0), failed, skipped, seconds)
