"""What the README tells a stranger to write and type works as it stands there."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from supplierkit.rehearse import main

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
PROGRAM, OVER_HTTP, TEST = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)[:3]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    for name in ("plumber", "test_plumber"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    (tmp_path / "plumber.py").write_text(PROGRAM, encoding="utf-8")
    return tmp_path


def test_the_program_passes_the_rehearsal(folder: Path) -> None:
    assert main(["plumber:Plumber", "--wait", "0"]) == 0
    assert not (folder / "orders.sqlite3").exists()


def test_the_other_way_differs_in_its_last_lines_only(folder: Path) -> None:
    program = PROGRAM[: PROGRAM.index("if __name__")] + OVER_HTTP
    assert "Webhooks(" in program
    (folder / "plumber.py").write_text(program, encoding="utf-8")
    assert main(["plumber:Plumber", "--wait", "0"]) == 0


def test_the_test_passes(folder: Path) -> None:
    names: dict[str, object] = {}
    exec("from plumber import Plumber\n" + TEST, names)
    test = names["test_leaks_are_accepted"]
    assert callable(test)
    test()
