"""The file of a backup."""

from __future__ import annotations

from pathlib import Path

import pytest
from deskcli.backup import archive
from servicekit.embedded.programs import EmbeddedError

COUNTS = {"intake": {"requests": 3}}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    (tmp_path / "dump").write_bytes(b"rows" * 1000)
    archive.write(
        tmp_path / "copy", "2026-11-25T20:00:00+00:00", COUNTS, {"databases/intake": tmp_path / "dump"}
    )
    return tmp_path / "copy"


def test_what_was_put_in_comes_out(made: Path, tmp_path: Path) -> None:
    manifest = archive.unpack(made, tmp_path / "out")
    assert (manifest.made_at, manifest.counts) == ("2026-11-25T20:00:00+00:00", COUNTS)
    assert (tmp_path / "out/databases/intake").read_bytes() == b"rows" * 1000


def test_nobody_else_may_read_it(made: Path) -> None:
    assert made.stat().st_mode & 0o777 == 0o600


def test_one_that_broke_off_is_refused(made: Path, tmp_path: Path) -> None:
    made.write_bytes(made.read_bytes()[:-40])
    with pytest.raises(EmbeddedError, match="not a whole backup"):
        archive.unpack(made, tmp_path / "out")


def test_a_changed_file_is_named(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_digest", lambda path: "other")
    with pytest.raises(EmbeddedError, match="databases/intake is not what was put in"):
        archive.unpack(made, tmp_path / "out")


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dump").touch()
    archive.write(tmp_path / "copy", "2026-11-25T20:00:00+00:00", {}, {"../outside": tmp_path / "dump"})
    with pytest.raises(EmbeddedError, match="not a whole backup"):
        archive.unpack(tmp_path / "copy", tmp_path / "out")
    assert not (tmp_path.parent / "outside").exists()


def test_one_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedError, match=r"nowhere is not there"):
        archive.unpack(tmp_path / "nowhere", tmp_path / "out")
