"""Parts of `./desk test` side by side."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from deskcli.testing import parts
from deskcli.testing.lanes import Lane, lanes_of, run_lanes
from deskcli.testing.parts import LANES, PARTS, Part

BUSY = Part("busy", "keeps the processor busy", ("busy",))
WAITING = Part("waiting", "mostly waits", ("waiting",), lane=1)
MEETS = """
import time
import time
from pathlib import Path

def test_meets_the_other():
    Path({own!r}).touch()
    end = time.monotonic() + {seconds}
    while not Path({other!r}).exists():
        assert time.monotonic() < end, "nobody came"
        time.sleep(0.02)
"""


@pytest.fixture
def meeting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two parts of one test each, which pass only while both run."""
    monkeypatch.setattr(parts, "ROOT", tmp_path)
    for name, other in (("busy", "waiting"), ("waiting", "busy")):
        (tmp_path / name).mkdir()
        text = MEETS.format(
            own=str(tmp_path / f"{name}.here"), other=str(tmp_path / f"{other}.here"), seconds=60
        )
        (tmp_path / name / "test_meeting.py").write_text(text)
    return tmp_path


def test_two_lanes_run_side_by_side(meeting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = run_lanes(lanes_of([BUSY, WAITING], 2), ["-p", "no:cacheprovider"])
    assert {name: str(outcome) for name, outcome in outcomes.items()} == {
        "busy": "1 passed, 0 failed, 0 skipped",
        "waiting": "1 passed, 0 failed, 0 skipped",
    }
    shown = capsys.readouterr().out
    assert shown.index(".. busy has begun") < shown.index("== busy: keeps the processor busy")
    assert shown.count("1 passed") == 2


def test_what_a_part_had_printed_is_shown_when_it_is_ended(
    meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever ends a run that takes too long reads why it does."""
    lane = Lane([WAITING], {}, ["-p", "no:cacheprovider"], aside=True)
    assert lane.step({})
    limit = time.monotonic() + 60
    while not (meeting / "waiting.here").exists():
        assert time.monotonic() < limit, "it did not begin"
        time.sleep(0.02)
    lane.close()
    assert "== waiting: mostly waits" in capsys.readouterr().out


def test_one_lane_runs_one_after_another(meeting: Path) -> None:
    for file in meeting.glob("*/test_meeting.py"):
        file.write_text(file.read_text().replace("+ 60", "+ 0.2"))
    outcomes = run_lanes(lanes_of([BUSY, WAITING], 1), ["-p", "no:cacheprovider"])
    assert [outcome.failed for outcome in outcomes.values()] == [
        1,
        0,
    ]  # the first was alone, and left its mark


@pytest.mark.parametrize("count", range(1, LANES + 1))
def test_every_part_is_in_one_lane(count: int) -> None:
    lanes = lanes_of(PARTS, count)
    names = [part.name for lane in lanes for part in lane]
    assert (len(lanes), sorted(names)) == (count, sorted(part.name for part in PARTS))


def test_a_lane_without_parts_is_not_there(meeting: Path) -> None:
    assert lanes_of([BUSY], 2) == [[BUSY]]
    assert lanes_of([Part("gone", "its folder is not in this checkout", ("gone",))], 2) == []
