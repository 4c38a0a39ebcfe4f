"""How the parts of `./desk test` are counted."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from deskcli.layout import ROOT
from deskcli.testing.outcome import Outcome, from_report
from deskcli.testing.parts import PARTS

REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


@pytest.mark.parametrize(
    ("counts", "exit_code", "expected"),
    [
        ((10, 0, 0, 0), 0, (10, 0, 0)),
        ((10, 2, 1, 3), 1, (4, 3, 3)),
        ((0, 0, 0, 0), 5, (0, 0, 0)),  # no test matched
        ((7, 0, 0, 0), 2, (7, 1, 0)),  # interrupted: never green
        (None, 4, (0, 1, 0)),  # pytest did not come to a report
        (None, -9, (0, 1, 0)),
    ],
)
def test_a_run_is_counted_and_a_broken_one_is_a_failure(
    tmp_path: Path, counts: tuple[int, ...] | None, exit_code: int, expected: tuple[int, int, int]
) -> None:
    report = tmp_path / "report.xml"
    if counts is not None:
        report.write_text(REPORT.format(*counts))
    outcome = from_report(report, exit_code, 1.0)
    assert (outcome.passed, outcome.failed, outcome.skipped) == expected


def test_totals_are_sums() -> None:
    assert str(Outcome(1, 2, 3, 0.5) + Outcome(10, 20, 30, 0.5)) == "11 passed, 22 failed, 33 skipped"


def test_no_test_file_is_forgotten() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "*/test_*.py"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    folders = [folder for part in PARTS for folder in part.paths()]
    forgotten = [name for name in listed if not any((ROOT / name).is_relative_to(place) for place in folders)]
    assert forgotten == []


def test_no_folder_is_tested_twice() -> None:
    patterns = [pattern for part in PARTS for pattern in part.folders]
    assert len(patterns) == len(set(patterns))
