"""What is told of a test that failed."""

from __future__ import annotations

from pathlib import Path

import pytest
from deskcli.testing import evidence
from deskcli.testing.whole import MOST_LINES, complaints


class Neighbour:
    """Saw something, and took a picture."""

    tests = 0

    def begin(self) -> None:
        self.tests += 1

    def tell(self, folder: Path) -> str:
        folder.mkdir(parents=True)
        (folder / "picture.png").write_bytes(b"smoke")
        return f"smoke, at the {self.tests}. test"


class Asleep:
    def begin(self) -> None:
        """Sees nothing."""

    def tell(self, folder: Path) -> str:
        raise RuntimeError("what? where?")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(evidence, "FOLDER", tmp_path)
    monkeypatch.setattr(evidence, "_witnesses", [])  # those of a run that this one is part of
    return tmp_path


def test_all_who_saw_it_are_heard_and_one_who_cannot_tell_hides_nothing(folder: Path) -> None:
    with evidence.seen_by(Asleep()), evidence.seen_by(Neighbour()):
        evidence.begin()
        told = evidence.told("tests/fire/test_fire.py::test_it_burns[at night] call")
    kept = folder / "tests-fire-test_fire.py-test_it_burns-at-night-call"
    assert told == f"Asleep can't tell: RuntimeError('what? where?')\nsmoke, at the 1. test\nkept in {kept}"
    assert (kept / "picture.png").exists()


def test_nobody_tells_of_what_nobody_saw(folder: Path) -> None:
    with evidence.seen_by(Neighbour()):
        pass
    assert evidence.told("alone") == ""


def test_the_last_complaints_of_a_log_are_found_and_begin_with_what_happened() -> None:
    lines = [
        '{"level":"info","event":"called"}\n',
        *(f'{{"service":"intake","level":"error","event":"failed","number":{n}}}\n' for n in range(20)),
        "2026-11-26 14:42:09 UTC [7] FATAL:  the database system is starting up\n",
    ]
    found = complaints(lines)
    assert len(found) == MOST_LINES
    assert found[0] == "event=failed number=6 service=intake level=error"
    assert "FATAL" in found[-1]
