"""A short run of the fuzzer: 1,500 calls as all roles. `./desk fuzz` makes long ones."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from deskcli.fuzzing import report
from deskcli.fuzzing.people import ROLES
from deskcli.fuzzing.play import play
from deskcli.fuzzing.run import Plan

SEED = 25
# Only a supplier that was kept out for flooding the broker is let in again; tests/security does that.
OUT_OF_REACH = {"resume_supplier"}


@pytest.mark.timeout(240)
def test_every_answer_is_as_documented_and_every_operation_is_reached() -> None:
    """On a failure the state folder with its logs stays; the report names it."""
    folder = Path(tempfile.mkdtemp(prefix="desk-fuzz-"))
    folder.chmod(0o711)
    outcome = play(folder / "state", Plan(1500, SEED, ROLES), print)

    assert outcome.good, f"{report.text(outcome)}\nleft for you: {folder}"
    assert set(outcome.unreached) <= OUT_OF_REACH
    folder.rmdir()
