"""A short run of the fault player: fifteen kills at random, under load. `./desk faults` makes long ones."""

from __future__ import annotations

import tempfile
from pathlib import Path

from deskcli.faults import report
from deskcli.faults.plan import plan
from deskcli.faults.play import play

SEED = 26
LONGEST = 8.0  # seconds for which something is kept away


def test_fifteen_kills_lose_nothing_and_do_nothing_twice() -> None:
    """On a failure the state folder with its logs stays; the report names it."""
    folder = Path(tempfile.mkdtemp(prefix="desk-faults-"))
    folder.chmod(0o711)
    blows = plan(15, SEED, LONGEST)
    outcome = play(folder / "state", SEED, blows, print)
    assert len(outcome.blows) == len(blows)
    assert outcome.good, f"{report.text(outcome, SEED)}\nleft for you: {folder}"
    folder.rmdir()
