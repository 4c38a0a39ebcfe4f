from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from servicekit.clock import FixedClock, ShiftedClock
from servicekit.settings import Settings, SettingsError


def test_the_demo_clock_is_moved_by_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ShiftedClock, "LOOK_EVERY_SECONDS", 0.0)
    file = tmp_path / "clock"
    clock = ShiftedClock(file)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    file.write_text("28800")
    assert clock.now() - datetime.now(UTC) > timedelta(hours=7, minutes=59)


def test_a_broken_clock_file_leaves_the_last_offset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ShiftedClock, "LOOK_EVERY_SECONDS", 0.0)
    file = tmp_path / "clock"
    file.write_text("3600")
    clock = ShiftedClock(file)
    first = clock.now()
    file.write_text("half a num")
    assert clock.now() - first < timedelta(seconds=5)


def test_a_fixed_clock_moves_only_when_told() -> None:
    clock = FixedClock(datetime(2026, 11, 23, tzinfo=UTC))
    assert clock.now() == clock.now()
    clock.move(timedelta(hours=1))
    assert clock.now().hour == 1


ENOUGH = {"DATABASE_URL": "postgresql://x/y", "AMQP_URL": "amqp://x", "ACTOR_SECRET": "s"}


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENOUGH.items():
        monkeypatch.setenv(name, value)
    assert Settings.load().actor_secret == "s"


def test_a_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in ENOUGH.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "secret").write_text("from file\n")
    monkeypatch.setenv("ACTOR_SECRET_FILE", str(tmp_path / "secret"))
    assert Settings.load().actor_secret == "from file"


@pytest.mark.parametrize("missing", ENOUGH)
def test_a_missing_setting_is_named(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for name, value in ENOUGH.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv(missing)
    with pytest.raises(SettingsError, match=missing):
        Settings.load()
